/**
 * `redis-sentinel://user:password@host:port,host:port/name`, or `rediss-sentinel://` for TLS: the sentinels to ask, and
 * the name under which they watch the primary. User and password are those of the data; sentinels that ask for a password
 * are given the same. A port that is left out is Sentinel's own.
 */
export interface SentinelAddress {
  sentinels: readonly Place[]
  name: string
  isTls: boolean
  username: string
  password: string
}
export interface Place {
  host: string
  port: number
}

const FORM =
  /^(?<scheme>rediss?)-sentinel:\/\/(?:(?<username>[^:@/\s]*)(?::(?<password>[^@/\s]*))?@)?(?<places>[^/@\s]+)\/(?<name>[\w.-]+)$/u
const PORT = 26_379

export const isSentinelAddress = (url: string) => /^rediss?-sentinel:/u.test(url)

/** Undefined where it has another form. */
export function sentinelAddress(url: string): SentinelAddress | undefined {
  const { scheme, username = '', password = '', places = '', name = '' } = FORM.exec(url)?.groups ?? {}
  const sentinels = places.split(',').map(placeIn)
  if (scheme === undefined || !sentinels.every((place) => place !== undefined)) return undefined
  try {
    return {
      sentinels,
      name,
      isTls: scheme === 'rediss',
      username: decodeURIComponent(username),
      password: decodeURIComponent(password),
    }
  } catch {
    return undefined
  }
}

/** As the address of one server with the same user and password. */
export function urlOf({ isTls, username, password }: SentinelAddress, { host, port }: Place): string {
  const who =
    username === '' && password === ''
      ? ''
      : `${encodeURIComponent(username)}:${encodeURIComponent(password)}@`
  return `${isTls ? 'rediss' : 'redis'}://${who}${host.includes(':') ? `[${host}]` : host}:${port}`
}

function placeIn(text: string): Place | undefined {
  const { host, port = String(PORT) } =
    /^(?<host>\[[\da-f:.]+\]|[\w.-]+)(?::(?<port>\d{1,5}))?$/iu.exec(text)?.groups ?? {}
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535) return undefined
  return { host: host.replaceAll(/[[\]]/gu, ''), port: Number(port) }
}
