import { describe, expect, test } from 'vitest'
import { baseOf, createOriginOf } from '../../src/desk/server/http/origin.ts'

/** Under which origin a request is for this desk, and what a link to it begins with. */

describe('a desk without a public address', () => {
  const originOf = (host: string | undefined) => createOriginOf(undefined)(host)

  test.each([
    ['localhost', 'http://localhost'],
    ['localhost:8080', 'http://localhost:8080'],
    ['LocalHost:8080', 'http://localhost:8080'],
    ['127.0.0.1:65535', 'http://127.0.0.1:65535'],
    ['[::1]:80', 'http://[::1]'],
  ])('answers %s in plain http', (host, origin) => {
    expect(originOf(host)).toEqual({ origin, secure: false })
  })

  test.each([
    undefined,
    '',
    'evil.example',
    'localhost.evil.example',
    'evil.localhost',
    '127.0.0.1.evil.example',
    '127.0.0.2',
    'localhost:',
    'localhost:123456',
    'localhost:8080/x',
    '10.0.0.1:8080',
    '[::2]',
  ])('answers nothing for the host %s', (host) => {
    expect(originOf(host)).toBeUndefined()
  })
})

describe('a desk with a public address', () => {
  test('has that one origin, whatever a proxy writes into Host', () => {
    const originOf = createOriginOf('https://desk.example.org/some/path')
    for (const host of [undefined, 'localhost:8080', 'evil.example'])
      expect(originOf(host)).toEqual({ origin: 'https://desk.example.org', secure: true })
  })

  test('keeps its port', () => {
    expect(createOriginOf('https://desk.example.org:8443/')('x')?.origin).toBe(
      'https://desk.example.org:8443',
    )
  })

  test('is plain on this machine alone, and nowhere else at all', () => {
    expect(createOriginOf('http://localhost:8080')('evil.example')).toEqual({
      origin: 'http://localhost:8080',
      secure: false,
    })
    expect(createOriginOf('http://desk.example.org')('desk.example.org')).toBeUndefined()
    expect(createOriginOf('http://localhost.example.org')('localhost')).toBeUndefined()
  })
})

describe('a link', () => {
  test('begins with the public address, without its path', () => {
    expect(baseOf('https://desk.example.org/x?y#z', 'http://127.0.0.1:8080')).toBe('https://desk.example.org')
    expect(baseOf('http://127.0.0.1:8080', 'http://10.0.0.1')).toBe('http://127.0.0.1:8080')
  })

  test.each([
    ['http://127.0.0.1:8080', 'http://localhost:8080'],
    ['http://127.9.9.9:8080', 'http://localhost:8080'],
    ['http://0.0.0.0:8080', 'http://localhost:8080'],
    ['http://[::1]:8080', 'http://localhost:8080'],
    ['http://[::]:8080', 'http://localhost:8080'],
    ['http://10.127.0.1:8080', 'http://10.127.0.1:8080'],
    ['http://10.0.0.0:8080', 'http://10.0.0.0:8080'],
    ['http://0.0.0.0.example:8080', 'http://0.0.0.0.example:8080'],
    ['http://[::1:1]:8080', 'http://[::1:1]:8080'],
    ['http://desk.example:8080/x', 'http://desk.example:8080'],
  ])('from a desk that listens at %s begins with %s', (address, base) => {
    expect(baseOf(undefined, address)).toBe(base)
  })
})
