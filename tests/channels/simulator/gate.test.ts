import fastify from 'fastify'
import { describe, expect, test } from 'vitest'
import { createSimulator } from '../../../src/channels/simulator/create-simulator.ts'
import { isLoopback } from '../../../src/channels/simulator/gate.ts'
import { OWN_PAGE, startSimulator, WHATSAPP } from './start-simulator.ts'

const BODY = JSON.stringify({ tag: 'tag-of-the-test-0', content: { kind: 'text', text: 'hi' } })
const PAGES = ['/simulator/', '/simulator/page.js', '/simulator/page.css', '/simulator/icon.svg']

function post(
  server: ReturnType<typeof startSimulator>['server'],
  headers: Record<string, string>,
  payload = BODY,
) {
  return server.inject({
    method: 'POST',
    url: '/simulator/api/write',
    headers: { 'content-type': 'application/json', 'x-phone': WHATSAPP, ...headers },
    payload,
  })
}

describe('the page', () => {
  test.each(PAGES)('%s comes with every protecting header', async (url) => {
    const { statusCode, headers } = await startSimulator().server.inject({
      url,
      headers: { host: 'localhost:8080' },
    })
    expect(statusCode).toBe(200)
    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
    })
  })

  test('is less than 60 kB of script and styles, and asks nobody else for anything', async () => {
    const { server } = startSimulator()
    const files = await Promise.all(
      PAGES.map((url) => server.inject({ url, headers: { host: 'localhost' } }).then(({ body }) => body)),
    )
    const [, script = '', styles = ''] = files
    expect(script.length).toBeGreaterThan(10_000)
    expect(script.length + styles.length).toBeLessThan(60_000)
    for (const file of files)
      expect(file.replaceAll(/http:\/\/www\.w3\.org\/[\w/]+/gu, '')).not.toMatch(/https?:\/\//u)
  })

  test('has a title that says nothing', async () => {
    const { body } = await startSimulator().server.inject({
      url: '/simulator/',
      headers: { host: 'localhost' },
    })
    expect(body).toContain('<title>Phone</title>')
  })

  test('keeps a contact name from becoming markup', async () => {
    const { server } = startSimulator({ contactName: `"><script>'&` })
    const { body } = await server.inject({ url: '/simulator/', headers: { host: 'localhost' } })
    expect(body).not.toContain(`"><script>'&`)
    expect(body).not.toContain('<script>')
  })

  test.each(['/', '/simulator'])('%s leads to it', async (url) => {
    const { statusCode, headers } = await startSimulator().server.inject({
      url,
      headers: { host: '127.0.0.1:8080' },
    })
    expect([statusCode, headers.location]).toEqual([302, '/simulator/'])
  })
})

describe('the gate', () => {
  test.each(['localhost', 'localhost:8080', '127.0.0.1:1', '[::1]:8080', 'LOCALHOST:80'])(
    'lets in who asks for %s',
    async (host) => {
      const { statusCode } = await startSimulator().server.inject({ url: '/simulator/', headers: { host } })
      expect(statusCode).toBe(200)
    },
  )

  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example:8080',
    'evil.example:80@localhost',
  ])('refuses a name that was rebound to loopback: %s', async (host) => {
    const { server, received } = startSimulator()
    expect((await server.inject({ url: '/simulator/', headers: { host } })).statusCode).toBe(421)
    expect((await post(server, { ...OWN_PAGE, host })).statusCode).toBe(421)
    expect(received).toEqual([])
  })

  test('lets in a further name only when told', async () => {
    const ask = (told: ReturnType<typeof startSimulator>) =>
      told.server.inject({ url: '/simulator/', headers: { host: 'demo.example:8080' } })
    expect((await ask(startSimulator({ beyondLoopback: { hosts: ['demo.example'] } }))).statusCode).toBe(200)
    expect((await ask(startSimulator())).statusCode).toBe(421)
  })

  test.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site', origin: 'http://localhost' },
    {},
  ])('refuses what does not come from its own page: %o', async (headers) => {
    const { server, received } = startSimulator()
    expect((await post(server, { host: 'localhost', ...headers })).statusCode).toBe(403)
    expect(received).toEqual([])
  })

  test('refuses a foreign page that wants to read', async () => {
    const { server } = startSimulator()
    for (const url of ['/simulator/api/events', '/simulator/api/kept']) {
      const headers = { host: 'localhost', 'sec-fetch-site': 'cross-site', 'x-phone': WHATSAPP }
      expect((await server.inject({ url, headers })).statusCode).toBe(403)
    }
  })

  test.each([OWN_PAGE, { host: 'localhost:8080', origin: 'http://localhost:8080' }])(
    'takes what comes from its own page: %o',
    async (headers) => {
      const { server, received } = startSimulator()
      expect((await post(server, headers)).statusCode).toBe(200)
      expect(received).toHaveLength(1)
    },
  )

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
    'refuses a body of %s, which a form can send',
    async (type) => {
      const { server, received } = startSimulator()
      expect((await post(server, { ...OWN_PAGE, 'content-type': type })).statusCode).toBe(415)
      expect(received).toEqual([])
    },
  )

  test('refuses more than 256 kB', async () => {
    const { server } = startSimulator()
    const body = (length: number) =>
      JSON.stringify({ tag: 'tag-of-the-test-0', content: { kind: 'text', text: 'x'.repeat(length) } })
    expect((await post(server, OWN_PAGE, body(100 * 1024))).statusCode).toBe(200)
    expect((await post(server, OWN_PAGE, body(256 * 1024))).statusCode).toBe(413)
  })

  test.each([
    '',
    '{',
    '[]',
    'null',
    '{"tag":"tag-of-the-test-0"}',
    '{"tag":"short","content":{"kind":"blocked"}}',
  ])('refuses a body that is no writing: %s', async (body) => {
    const { server, received } = startSimulator()
    expect((await post(server, OWN_PAGE, body)).statusCode).toBe(400)
    expect(received).toEqual([])
  })

  test.each(['', 'telegram/', 'signal/wwwwwwwwwwwwwwwwwwwwww', `${WHATSAPP}/..`])(
    'refuses a phone that cannot be: %s',
    async (phone) => {
      const { server } = startSimulator()
      expect((await post(server, { ...OWN_PAGE, 'x-phone': phone })).statusCode).toBe(400)
    },
  )
})

describe('a server that other machines can reach', () => {
  const options = (host: string) => ({
    host,
    clock: { now: () => 0 },
    random: { bytes: (length: number) => new Uint8Array(length) },
    receive: async () => {},
    inspect: async () => undefined,
  })

  test.each(['0.0.0.0', '::', '192.0.2.1', '127.0.0.1.example', 'example.org'])(
    'gets no simulator on %s',
    (host) => {
      expect(() => createSimulator(options(host)).routes(fastify())).toThrow('beyond loopback')
    },
  )

  test('gets one when told', () => {
    const told = createSimulator({ ...options('0.0.0.0'), beyondLoopback: { hosts: [] } })
    expect(() => told.routes(fastify())).not.toThrow()
  })

  test.each(['localhost', '127.0.0.1', '127.1.2.3', '::1'])('is not one that listens on %s', (host) =>
    expect(isLoopback(host)).toBe(true),
  )
})
