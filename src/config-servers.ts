import { REMEDIES } from './config-variables.ts'
import type { Fault } from './config.ts'
import { sentinelAddress } from './storage/redis/link/sentinel-address.ts'
import { type Sensitive, sensitive } from './privacy/sensitive.ts'

/** The settings that name servers: one for the data, and another one for the keys, or none. */
export interface RedisSettings {
  /** Addresses with their passwords. */
  storage: Sensitive<string>
  vault: Sensitive<string>
}

interface Servers {
  STORAGE_URL: string
  VAULT_URL?: string | undefined
}

export function redisOf({ STORAGE_URL: storage, VAULT_URL: vault }: Servers): RedisSettings | undefined {
  if (storage === 'sqlite:' || vault === undefined) return undefined
  return { storage: sensitive(storage), vault: sensitive(vault) }
}

/** Data without a server for its keys, or keys without one for the data; or one server for both. */
export function serverFaults({ STORAGE_URL: storage, VAULT_URL: vault }: Servers): Fault[] {
  const remedy = REMEDIES.VAULT_URL
  if (storage === 'sqlite:')
    return vault === undefined
      ? []
      : [
          {
            variable: 'VAULT_URL',
            problem: 'is set beside a STORAGE_URL that names no server',
            remedy: REMEDIES.STORAGE_URL,
          },
        ]
  if (vault === undefined)
    return [{ variable: 'VAULT_URL', problem: 'is missing beside a STORAGE_URL that names a server', remedy }]
  return serversOf(storage).includes(serverOf(vault))
    ? [
        {
          variable: 'VAULT_URL',
          problem: 'names the same server as STORAGE_URL, so that one backup would hold both',
          remedy,
        },
      ]
    : []
}

/** Sentinels stand for the servers that they watch, which are known only when they are asked. */
function serversOf(address: string): string[] {
  const sentinels = sentinelAddress(address)?.sentinels
  return sentinels?.map(({ host, port }) => `${host}:${port}`) ?? [serverOf(address)]
}

/** Without user, password and number of a database. */
function serverOf(address: string): string {
  if (address.startsWith('unix:'))
    return address.replace(/^unix:\/\/(?:[^/@]*@)?/u, '').replace(/[?#].*$/u, '')
  const { hostname, port } = new URL(address)
  return `${hostname}:${port === '' ? '6379' : port}`
}
