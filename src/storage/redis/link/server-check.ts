import { infos } from './info.ts'
import { bytesOf, listOf, RedisFailed, type RedisLink, type Reply } from './link.ts'
import { sentinelAddress } from './sentinel-address.ts'
import type { Use } from './server-mark.ts'

/**
 * Reads how the servers are set up, before anything is kept there. Each line names one setting that would lose what was
 * acknowledged, keep what was erased, or let others read along, and what to do; none: it may be used.
 */
export interface ServerAsked {
  /** The setting that names the server. */
  variable: 'STORAGE_URL' | 'VAULT_URL'
  url: string
  use: Use
}

const SETTINGS = [
  'appendonly',
  'appendfsync',
  'no-appendfsync-on-rewrite',
  'save',
  'maxmemory-policy',
  'slowlog-log-slower-than',
  'slowlog-max-len',
] as const
type Setting = (typeof SETTINGS)[number]
type Values = Readonly<Record<Setting, string>>

interface Rule {
  of: Setting
  /** For the vault alone. */
  vaultOnly?: true
  isSafe(values: Values): boolean
  why: string
  set: string
}

const RULES: readonly Rule[] = [
  {
    of: 'appendonly',
    isSafe: ({ appendonly }) => appendonly === 'yes',
    why: 'what was acknowledged would be gone after a restart',
    set: 'appendonly yes',
  },
  {
    of: 'appendfsync',
    isSafe: ({ appendfsync }) => appendfsync === 'always',
    why: 'what was acknowledged could be lost when the power fails',
    set: 'appendfsync always',
  },
  {
    of: 'no-appendfsync-on-rewrite',
    isSafe: (values) => values['no-appendfsync-on-rewrite'] === 'no',
    why: 'what was acknowledged while the log is written anew could be lost',
    set: 'no-appendfsync-on-rewrite no',
  },
  {
    of: 'save',
    vaultOnly: true,
    isSafe: ({ save }) => save === '',
    why: 'a snapshot would keep keys that were destroyed',
    set: 'save ""',
  },
  {
    of: 'maxmemory-policy',
    isSafe: (values) => values['maxmemory-policy'] === 'noeviction',
    why: 'a full server would throw out conversations or keys',
    set: 'maxmemory-policy noeviction',
  },
  {
    of: 'slowlog-log-slower-than',
    isSafe: (values) => Number(values['slowlog-log-slower-than']) < 0 || values['slowlog-max-len'] === '0',
    why: 'slow commands would be kept with their contents',
    set: 'slowlog-log-slower-than -1',
  },
]

export async function faultsOf(link: RedisLink, asked: ServerAsked): Promise<string[]> {
  try {
    const lines = await Promise.all([
      Promise.resolve(transport(asked)),
      settings(link, asked),
      server(link, asked),
      access(link, asked),
    ])
    return [...new Set(lines.flat())]
  } catch (error) {
    if (!(error instanceof RedisFailed) || error.code !== 'NOPERM') throw error
    return [
      `${asked.variable} is refused: its user may not read how the server is set up. Allow it +config|get +info +acl|getuser +bgrewriteaof.`,
    ]
  }
}

/** Names of one process cannot be told from another's: each server says a name of its own run. */
export async function runIds(link: RedisLink): Promise<string[]> {
  return (await infos(link, 'server')).map((info) => info.get('run_id') ?? '')
}

function transport({ variable, url }: ServerAsked): string[] {
  if (url.startsWith('unix:') || /^rediss(?:-sentinel)?:/u.test(url)) return []
  const hosts = sentinelAddress(url)?.sentinels.map(({ host }) => host) ?? [new URL(url).hostname]
  if (hosts.every((host) => LOOPBACK.test(host))) return []
  return [
    `${variable} is refused: the way to the server is open to whoever listens there. Use rediss:// (TLS; with sentinels rediss-sentinel://), or unix:// for a socket of this machine.`,
  ]
}
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/u

async function settings(link: RedisLink, { variable, use }: ServerAsked): Promise<string[]> {
  const all = await link.everywhere(['CONFIG', 'GET', ...SETTINGS])
  return all.flatMap((reply) => {
    const values = valuesIn(reply)
    return RULES.filter((rule) => (use === 'vault' || rule.vaultOnly !== true) && !rule.isSafe(values)).map(
      ({ of, why, set }) =>
        `${variable} is refused: ${of} is ${values[of] === '' ? 'not set' : values[of]}, so that ${why}. Set it in the server's configuration: ${set}`,
    )
  })
}

async function server(link: RedisLink, { variable, use }: ServerAsked): Promise<string[]> {
  const [servers, replications, clusters] = await Promise.all([
    infos(link, 'server'),
    infos(link, 'replication'),
    infos(link, 'cluster'),
  ])
  const lines: string[] = []
  if (servers.some((info) => Number.parseInt(info.get('redis_version') ?? '0', 10) < OLDEST))
    lines.push(
      `${variable} is refused: the server is older than version ${OLDEST}.0. Use Redis ${OLDEST}.0 or later, or Valkey.`,
    )
  if (replications.some((info) => info.get('role') !== 'master'))
    lines.push(`${variable} is refused: the server is a replica, which takes no writes. Name its primary.`)
  if (use === 'vault' && clusters.some((info) => info.get('cluster_enabled') === '1'))
    lines.push(`${variable} is refused: the vault cannot lie in a cluster. Give it one server of its own.`)
  return lines
}
const OLDEST = 7

async function access(link: RedisLink, { variable }: ServerAsked): Promise<string[]> {
  const users = await link.everywhere(['ACL', 'GETUSER', 'default'])
  const isOpen = users.some((user) => {
    const flags = listOf(listOf(user)[1]).map((flag) => bytesOf(flag).toString())
    return flags.includes('on') && flags.includes('nopass')
  })
  if (!isOpen) return []
  return [
    `${variable} is refused: the server asks for no password. Set "requirepass", or switch its user "default" off, and put the password into ${variable}.`,
  ]
}

function valuesIn(reply: Reply): Values {
  const flat = listOf(reply).map((one) => bytesOf(one).toString())
  const values: Record<string, string> = {}
  for (let at = 0; at < flat.length; at += 2) values[flat[at] ?? ''] = flat[at + 1] ?? ''
  return values as Values
}
