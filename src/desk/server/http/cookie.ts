/**
 * The session's cookie. `__Host-` ties it to this very host and to https; over plain http on loopback browsers would
 * refuse that name, so it is `desk` there.
 */
export function cookieIn(header: string | undefined, secure: boolean): string | undefined {
  const name = nameOf(secure)
  const values = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
  // Two of one name: somebody has planted one, and which is ours cannot be told.
  return values.length === 1 ? values[0] : undefined
}

export function cookieFor(secret: string, secure: boolean): string {
  return `${nameOf(secure)}=${secret}; ${secure ? 'Secure; ' : ''}HttpOnly; SameSite=Strict; Path=/`
}

export function noCookie(secure: boolean): string {
  return `${cookieFor('', secure)}; Max-Age=0`
}

function nameOf(secure: boolean): string {
  return secure ? '__Host-desk' : 'desk'
}
