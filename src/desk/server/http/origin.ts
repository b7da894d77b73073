/**
 * Under which origin this desk is asked for. With PUBLIC_URL there is one, whatever a proxy writes into Host; without it
 * the desk answers on this machine alone, so that a foreign name that resolves to loopback gets nothing. Plain http
 * is for loopback only: anywhere else a session would travel readable.
 */
export interface Origin {
  origin: string
  secure: boolean
}

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/u

/** Reads PUBLIC_URL once; the function answers undefined for a request that is not for this desk. */
export function createOriginOf(
  publicUrl: string | undefined,
): (host: string | undefined) => Origin | undefined {
  if (publicUrl === undefined)
    return (host) =>
      host !== undefined && LOOPBACK.test(host.toLowerCase())
        ? { origin: new URL(`http://${host.toLowerCase()}`).origin, secure: false }
        : undefined
  const { origin, protocol, host: ours } = new URL(publicUrl)
  const secure = protocol === 'https:'
  const only = secure || LOOPBACK.test(ours) ? { origin, secure } : undefined
  return () => only
}

/** For a link that somebody opens: passkeys need a name, and 127.0.0.1 is none. */
export function baseOf(publicUrl: string | undefined, address: string): string {
  if (publicUrl !== undefined) return new URL(publicUrl).origin
  const url = new URL(address)
  if (/^(?:127\.|0\.0\.0\.0$|\[::1?\]$)/u.test(url.hostname)) url.hostname = 'localhost'
  return url.origin
}
