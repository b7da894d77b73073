import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startDesk, type Started } from './start-desk.ts'

let started: Started
beforeEach(() => {
  started = startDesk()
})
afterEach(() => started.stop())

describe('a request that changes something', () => {
  const HOST = { host: 'localhost:8080' }
  const JSON_TYPE = { 'content-type': 'application/json' }
  test.each<[string, Record<string, string>, number]>([
    ['from the page itself', { ...HOST, ...JSON_TYPE, 'sec-fetch-site': 'same-origin' }, 200],
    ['by an old browser with our origin', { ...HOST, ...JSON_TYPE, origin: 'http://localhost:8080' }, 200],
    ['from another site', { ...HOST, ...JSON_TYPE, 'sec-fetch-site': 'cross-site' }, 403],
    ['from a sibling site', { ...HOST, ...JSON_TYPE, 'sec-fetch-site': 'same-site' }, 403],
    ['typed by hand', { ...HOST, ...JSON_TYPE, 'sec-fetch-site': 'none' }, 403],
    [
      'from another site that adds our origin',
      { ...HOST, ...JSON_TYPE, 'sec-fetch-site': 'cross-site', origin: 'http://localhost:8080' },
      403,
    ],
    ['from another port', { ...HOST, ...JSON_TYPE, origin: 'http://localhost:8081' }, 403],
    ['from a page without an origin', { ...HOST, ...JSON_TYPE, origin: 'null' }, 403],
    ['that does not say where from', { ...HOST, ...JSON_TYPE }, 403],
    ['as a form', { ...HOST, 'sec-fetch-site': 'same-origin', 'content-type': 'text/plain' }, 415],
    ['without a type', { ...HOST, 'sec-fetch-site': 'same-origin' }, 415],
    ['under a foreign name', { ...JSON_TYPE, host: 'evil.example', 'sec-fetch-site': 'same-origin' }, 421],
  ])('%s', async (_, headers, code) => {
    const { cookie } = await started.someone('caseworker')
    const answer = await started.server.inject({
      method: 'POST',
      url: '/desk/api/me',
      headers: { ...headers, cookie },
      payload: '{}',
    })
    expect(answer.statusCode).toBe(code)
    if (code !== 200) expect(Object.keys(answer.json<object>())).toEqual(['refused'])
  })

  test('is refused when it is longer than 32 kB, or is not JSON', async () => {
    const { cookie } = await started.someone('caseworker')
    const long = await started.post('/api/me', { language: 'x'.repeat(33_000) }, cookie)
    expect([long.statusCode, long.json()]).toEqual([413, { refused: 'invalid' }])
    const broken = await started.server.inject({
      method: 'POST',
      url: '/desk/api/me',
      headers: {
        host: 'localhost:8080',
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/json',
        cookie,
      },
      payload: '{"onShift":',
    })
    expect([broken.statusCode, broken.json()]).toEqual([400, { refused: 'invalid' }])
  })

  test('a foreign page reads nothing either, however the address is written', async () => {
    const { cookie } = await started.someone('caseworker')
    for (const path of ['/api/me', '/%61pi/me', '/api/%6de']) {
      const answer = await started.get(path, cookie, { 'sec-fetch-site': 'cross-site' })
      expect(answer.statusCode).toBe(403)
    }
    expect((await started.get('/', undefined, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(200)
  })

  test('another method or an unknown path finds nothing, with the same headers', async () => {
    for (const [method, url] of [
      ['PUT', '/desk/api/me'],
      ['DELETE', '/desk/api/me'],
      ['HEAD', '/desk/api/me'],
      ['GET', '/desk/api/nothing'],
      ['GET', '/desk//api/me'],
      ['GET', '/desk/../desk/api/secret'],
    ] as const) {
      const answer = await started.server.inject({
        method,
        url,
        headers: {
          host: 'localhost:8080',
          'sec-fetch-site': 'same-origin',
          'content-type': 'application/json',
        },
      })
      expect(answer.statusCode).toBe(404)
      if (method !== 'HEAD') expect(answer.json()).toEqual({ refused: 'gone' })
      expect(answer.headers['cache-control']).toBe('no-store')
    }
  })
})

describe('every answer', () => {
  test('carries the headers of the security reference, page, file, answer and refusal alike', async () => {
    const { cookie } = await started.someone('caseworker')
    const answers = [
      await started.get('/'),
      await started.get('/page.js'),
      await started.get('/api/me', cookie),
      await started.get('/api/me'),
      await started.get('/api/nothing'),
    ]
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'content-security-policy':
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      })
      expect(headers['permissions-policy']).toContain('camera=()')
      expect(headers['strict-transport-security']).toBeUndefined()
    }
  })

  test('behind https has HSTS and the __Host- cookie, whatever Host a proxy writes', async () => {
    await started.stop()
    started = startDesk({ publicUrl: 'https://desk.example.org' })
    const { cookie } = await started.someone('caseworker')
    const secure = cookie.replace('desk=', '__Host-desk=')
    const answer = await started.post('/api/me', {}, secure, { host: '127.0.0.1:8080' })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['strict-transport-security']).toContain('max-age=')
    const plain = await started.post('/api/me', {}, cookie)
    expect(plain.statusCode).toBe(401)
    const out = await started.post('/api/sign-out', {}, secure)
    expect(out.headers['set-cookie']).toBe(
      '__Host-desk=; Secure; HttpOnly; SameSite=Strict; Path=/; Max-Age=0',
    )
    const origin = (own: string) =>
      started.server.inject({
        method: 'POST',
        url: '/desk/api/sign-in/passkey/options',
        headers: { 'content-type': 'application/json', origin: own },
        payload: '{}',
      })
    expect((await origin('https://desk.example.org')).json()).toMatchObject({
      options: { rpId: 'desk.example.org', userVerification: 'required' },
    })
    expect((await origin('http://desk.example.org')).statusCode).toBe(403)
  })

  test('under an address without its slash leads to the page', async () => {
    const answer = await started.get('')
    expect([answer.statusCode, answer.headers.location]).toEqual([302, '/desk/'])
  })

  test('over plain http away from this machine there is no desk', async () => {
    await started.stop()
    started = startDesk({ publicUrl: 'http://desk.example.org' })
    expect((await started.get('/')).statusCode).toBe(421)
  })
})
