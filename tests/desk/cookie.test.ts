import { describe, expect, test } from 'vitest'
import { cookieFor, cookieIn, noCookie } from '../../src/desk/server/http/cookie.ts'

/** The session's cookie as it is written to a browser and read back. */

const SECRET = 'A'.repeat(43)

describe.each([
  { where: 'over https', secure: true, name: '__Host-desk', other: 'desk' },
  { where: 'over http on loopback', secure: false, name: 'desk', other: '__Host-desk' },
])('the cookie $where', ({ secure, name, other }) => {
  test('is set with every attribute that keeps it on this host and out of scripts', () => {
    expect(cookieFor(SECRET, secure)).toBe(
      secure
        ? `__Host-desk=${SECRET}; Secure; HttpOnly; SameSite=Strict; Path=/`
        : `desk=${SECRET}; HttpOnly; SameSite=Strict; Path=/`,
    )
  })

  test('is taken back by an empty one with the same attributes that is over at once', () => {
    expect(noCookie(secure)).toBe(
      secure
        ? '__Host-desk=; Secure; HttpOnly; SameSite=Strict; Path=/; Max-Age=0'
        : 'desk=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0',
    )
  })

  test('is read by its own name alone, wherever it stands among others', () => {
    expect(cookieIn(`${name}=${SECRET}`, secure)).toBe(SECRET)
    expect(cookieIn(`a=1;  ${name}=${SECRET} ;b=2`, secure)).toBe(SECRET)
    expect(cookieIn(`${other}=${SECRET}`, secure)).toBeUndefined()
    expect(cookieIn(`${name}x=${SECRET}; x${name}=${SECRET}; ${name}`, secure)).toBeUndefined()
    expect(cookieIn(`${other}=theirs; ${name}=ours`, secure)).toBe('ours')
  })

  test('keeps a value with an equals sign whole, and an empty one empty', () => {
    expect(cookieIn(`${name}=a=b=`, secure)).toBe('a=b=')
    expect(cookieIn(`${name}=`, secure)).toBe('')
  })

  test('is none when there are two of its name, even alike, and none when there is no header', () => {
    expect(cookieIn(`${name}=one; ${name}=two`, secure)).toBeUndefined()
    expect(cookieIn(`${name}=one; ${name}=one`, secure)).toBeUndefined()
    expect(cookieIn('', secure)).toBeUndefined()
    expect(cookieIn(undefined, secure)).toBeUndefined()
  })
})
