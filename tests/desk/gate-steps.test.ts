import fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { guard } from '../../src/desk/server/http/gate.ts'
import { DESK_HEADERS, HSTS } from '../../src/desk/server/http/headers.ts'
import type { Origin } from '../../src/desk/server/http/origin.ts'
import { createLog } from '../../src/operations/log.ts'

/** The gate before a scope of its own, whose routes let everything through and show what reached them. */

const PLAIN: Origin = { origin: 'http://localhost:8080', secure: false }
const SECURE: Origin = { origin: 'https://desk.example.org', secure: true }
const OWN = { 'sec-fetch-site': 'same-origin' }
const JSON_TYPE = { 'content-type': 'application/json' }

let server: FastifyInstance
let at: Origin | undefined
let hosts: (string | undefined)[]
let thrown: unknown
/** Those that are left behind the gate. */
let parsers: string[]
const lines: string[] = []

beforeEach(() => {
  server = fastify()
  at = PLAIN
  hosts = []
  lines.length = 0
  server.register(
    async (scope) => {
      guard(scope, {
        originOf: (host) => {
          hosts.push(host)
          return at
        },
        log: createLog({ write: (line: string) => void lines.push(line) }),
      })
      parsers = ['application/json', 'text/plain'].filter((type) => scope.hasContentTypeParser(type))
      // Whatever the gate lets through arrives, so that what is refused was refused by the gate.
      scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, { body }))
      scope.get('/', () => 'page')
      scope.get('/api/it', () => 'read')
      scope.get('/page/api/it', () => 'page')
      scope.post('/api/it', ({ body }) => ({ got: body ?? 'nothing' }))
      scope.put('/api/it', () => 'put')
      scope.post('/elsewhere', () => 'sent')
      scope.get('/fails', () => Promise.reject(thrown as Error))
    },
    { prefix: '/desk' },
  )
})
afterEach(() => server.close())

async function ask(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  headers: object,
  payload?: string,
) {
  const answer = await server.inject({
    method,
    url,
    headers: { host: 'localhost:8080', ...headers },
    ...(payload === undefined ? {} : { payload }),
  })
  return { code: answer.statusCode, body: answer.body, headers: answer.headers }
}
const post = (headers: object, payload = '{"a":1}') => ask('POST', '/desk/api/it', headers, payload)
const refused = (why: string, code: number) => ({ code, body: JSON.stringify({ refused: why }) })

describe('every answer of the gate', () => {
  test.each([
    ['a page', '/desk/', {}, 200],
    ['an answer', '/desk/api/it', OWN, 200],
    ['a refusal', '/desk/api/it', { 'sec-fetch-site': 'cross-site' }, 403],
    ['what is not there', '/desk/nothing', OWN, 404],
    ['a failure', '/desk/fails', OWN, 500],
  ])('has all headers: %s', async (_, url, headers, code) => {
    const answer = await ask('GET', url, headers)
    expect(answer.code).toBe(code)
    expect(answer.headers).toMatchObject(DESK_HEADERS)
    expect(answer.headers['strict-transport-security']).toBeUndefined()
    at = SECURE
    expect((await ask('GET', url, headers)).headers).toMatchObject({ ...DESK_HEADERS, ...HSTS })
  })

  test('for a host that is not ours is that there is no desk, with the headers and no word on https', async () => {
    at = undefined
    for (const [method, url] of [
      ['GET', '/desk/'],
      ['POST', '/desk/api/it'],
      ['GET', '/desk/nothing'],
    ] as const) {
      const answer = await ask(method, url, { ...OWN, ...JSON_TYPE, host: 'evil.example' })
      expect(answer).toMatchObject(refused('unavailable', 421))
      expect(answer.headers).toMatchObject(DESK_HEADERS)
      expect(answer.headers['strict-transport-security']).toBeUndefined()
    }
    expect(hosts).toEqual(['evil.example', 'evil.example', 'evil.example'])
  })
})

describe('a request that changes something', () => {
  test('comes in from our own page, by what the browser says of its site or of its origin', async () => {
    expect(await post({ ...JSON_TYPE, ...OWN })).toMatchObject({ code: 200, body: '{"got":{"a":1}}' })
    expect((await post({ ...JSON_TYPE, origin: PLAIN.origin })).code).toBe(200)
    at = SECURE
    expect((await post({ ...JSON_TYPE, origin: SECURE.origin })).code).toBe(200)
    expect((await post({ ...JSON_TYPE, origin: PLAIN.origin })).code).toBe(403)
  })

  test.each([
    ['says nothing of where it is from', {}],
    ['is from a sibling site', { 'sec-fetch-site': 'same-site' }],
    ['is from another site with our origin', { 'sec-fetch-site': 'cross-site', origin: PLAIN.origin }],
    ['was typed by hand', { 'sec-fetch-site': 'none' }],
    ['says an empty site', { 'sec-fetch-site': '', origin: PLAIN.origin }],
    ['is from a page without an origin', { origin: 'null' }],
    ['has another scheme', { origin: 'https://localhost:8080' }],
  ])('is forbidden when it %s', async (_, from) => {
    expect(await post({ ...JSON_TYPE, ...from })).toMatchObject(refused('forbidden', 403))
  })

  test('is refused by whichever method it comes', async () => {
    const foreign = { ...JSON_TYPE, 'sec-fetch-site': 'cross-site' }
    expect(await ask('PUT', '/desk/api/it', foreign)).toMatchObject(refused('forbidden', 403))
    expect(await ask('PUT', '/desk/api/it', OWN)).toMatchObject(refused('invalid', 415))
    expect((await ask('PUT', '/desk/api/it', { ...OWN, ...JSON_TYPE }, '{}')).body).toBe('put')
    expect(await ask('DELETE', '/desk/api/it', { ...OWN, ...JSON_TYPE }, '{}')).toMatchObject(
      refused('gone', 404),
    )
  })

  test.each([
    'application/json',
    'Application/JSON',
    'application/json;charset=utf-8',
    'application/json; charset=UTF-8',
  ])('may say that it is %s', async (type) => {
    expect(await post({ ...OWN, 'content-type': type })).toMatchObject({ code: 200, body: '{"got":{"a":1}}' })
  })

  test('is refused under whichever path it comes', async () => {
    const send = (headers: object) => ask('POST', '/desk/elsewhere', { ...JSON_TYPE, ...headers }, '{}')
    expect(await send({ 'sec-fetch-site': 'cross-site' })).toMatchObject(refused('forbidden', 403))
    expect((await send(OWN)).body).toBe('sent')
  })

  test('is read by nothing but the parser for JSON', async () => {
    await server.ready()
    expect(parsers).toEqual(['application/json'])
  })

  test('must say what it is', async () => {
    expect(await post(OWN)).toMatchObject(refused('invalid', 415))
  })

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'application/json; charset=utf-16',
    'application/json; charset=utf-8; x=y',
    'application/json;  charset=utf-8',
    'text/application/json',
    'text/plain; x=application/json',
  ])('may not say that it is %s', async (type) => {
    expect(await post({ ...OWN, 'content-type': type })).toMatchObject(refused('invalid', 415))
  })

  test('has 32 kB of body and no byte more', async () => {
    const json = (bytes: number) => JSON.stringify('x'.repeat(bytes - 2))
    expect((await post({ ...OWN, ...JSON_TYPE }, json(32 * 1024))).code).toBe(200)
    const long = await post({ ...OWN, ...JSON_TYPE }, json(32 * 1024 + 1))
    expect(long).toMatchObject(refused('invalid', 413))
    expect(lines).toEqual([])
  })

  test('that is broken JSON arrives as nothing, and fails nothing', async () => {
    expect(await post({ ...OWN, ...JSON_TYPE }, '{"a":')).toMatchObject({
      code: 200,
      body: '{"got":"nothing"}',
    })
    expect(lines).toEqual([])
  })
})

describe('a request that reads', () => {
  test('of the api comes from our own page, or says nothing as old browsers do', async () => {
    for (const headers of [OWN, {}, { origin: PLAIN.origin }])
      expect(await ask('GET', '/desk/api/it', headers)).toMatchObject({ code: 200, body: 'read' })
    for (const site of ['cross-site', 'same-site', 'none'])
      for (const url of ['/desk/api/it', '/desk/%61pi/it'])
        expect(await ask('GET', url, { 'sec-fetch-site': site })).toMatchObject(refused('forbidden', 403))
    const foreign = { origin: 'https://evil.example' }
    expect(await ask('GET', '/desk/api/it', foreign)).toMatchObject(refused('forbidden', 403))
  })

  test('of the page may come from anywhere: a link leads there', async () => {
    for (const url of ['/desk/', '/desk/page/api/it'])
      expect(await ask('GET', url, { 'sec-fetch-site': 'cross-site' })).toMatchObject({
        code: 200,
        body: 'page',
      })
  })

  test('of what is not there is gone for our page, and forbidden for another', async () => {
    expect(await ask('GET', '/desk/nothing', OWN)).toMatchObject(refused('gone', 404))
    const foreign = { 'sec-fetch-site': 'cross-site' }
    expect(await ask('GET', '/desk/nothing', foreign)).toMatchObject(refused('forbidden', 403))
  })
})

describe('what goes wrong behind the gate', () => {
  const failed = (statusCode: unknown) => Object.assign(new RangeError('words of hers'), { statusCode })

  test.each([400, 404, 499])(
    'is the fault of the request where it says %d, and is not logged',
    async (code) => {
      thrown = failed(code)
      expect(await ask('GET', '/desk/fails', OWN)).toMatchObject(refused('invalid', code))
      expect(lines).toEqual([])
    },
  )

  test.each([
    ['an error', () => new RangeError('words of hers')],
    ['an error that says 500', () => failed(500)],
    ['an error that says 302', () => failed(302)],
    ['an error that says 399', () => failed(399)],
    ['an error that says it in words', () => failed('404')],
  ])('is our own fault, told in one word and logged without a word of it: %s', async (_, make) => {
    thrown = make()
    expect(await ask('GET', '/desk/fails', OWN)).toMatchObject(refused('unavailable', 500))
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { event: 'desk.failed', error: { class: 'RangeError' } },
    ])
    expect(lines.join('')).not.toContain('words of hers')
  })

  test('is our own fault when it is no error at all, whatever it says', async () => {
    thrown = { statusCode: 404, message: 'words of hers' }
    expect(await ask('GET', '/desk/fails', OWN)).toMatchObject(refused('unavailable', 500))
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { event: 'desk.failed', error: { class: 'object' } },
    ])
  })
})
