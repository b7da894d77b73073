import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { FRESH_MS, IDLE_MS } from '../../src/desk/server/auth/sessions.ts'
import type { SignedCall } from '../../src/desk/server/http/registrar.ts'
import { answer } from '../../src/desk/server/http/reply.ts'
import { type Door, refused, startDoor } from './start-door.ts'

/** What a call passes before its handler sees it, and in which order. */

type Seen = Omit<SignedCall<unknown, unknown, unknown>, 'session' | 'me'> &
  Partial<Pick<SignedCall<unknown, unknown, unknown>, 'session' | 'me'>>

let door: Door
let seen: Seen[]

beforeEach(() => {
  seen = []
  const shown = (call: Seen) => {
    seen.push(call)
    return answer({ got: [call.body, call.params, call.query] })
  }
  door = startDoor(({ open, route }) => {
    open({ method: 'GET', path: '/', roles: 'public', handler: shown })
    open({ method: 'POST', path: '/api/open', roles: 'public', handler: shown })
    open({ method: 'POST', path: '/api/typed', roles: 'public', olderPages: true, handler: shown })
    route({ method: 'GET', path: '/api/any', roles: 'anySession', handler: shown })
    route({ method: 'POST', path: '/api/any', roles: 'anySession', handler: shown })
    route({ method: 'GET', path: '/api/boss', roles: ['supervisor', 'auditor'], handler: shown })
    route({
      method: 'POST',
      path: '/api/fresh/:id',
      ...FORM,
      roles: ['supervisor'],
      fresh: true,
      handler: shown,
    })
  })
})
afterEach(() => door.stop())

const FORM = {
  body: z.strictObject({ word: z.string() }),
  params: z.strictObject({ id: z.string().regex(/^\d+$/u) }),
  query: z.strictObject({ after: z.coerce.number().optional() }),
}
const COOKIE_OVER = 'desk=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0'

describe('a public route', () => {
  test('is open to nobody in particular, and counts for no one', async () => {
    expect(await door.post('/desk/api/open')).toMatchObject({ code: 200, body: '{"got":[{},{},{}]}' })
    expect(door.counted).toEqual([])
    expect(seen).toHaveLength(1)
    expect(Object.keys(seen[0] ?? {}).toSorted()).toEqual(
      ['at', 'body', 'cookie', 'params', 'query', 'reply', 'request'].toSorted(),
    )
    expect(seen[0]).toMatchObject({
      at: { origin: 'http://localhost:8080', secure: false },
      cookie: undefined,
      request: { method: 'POST', url: '/desk/api/open' },
      reply: { statusCode: 200 },
    })
  })

  test('sees the cookie that the browser came with, and takes none away', async () => {
    const reply = await door.get('/desk/', { cookie: 'desk=planted' })
    expect([reply.code, reply.headers['set-cookie']]).toEqual([200, undefined])
    expect(seen[0]?.cookie).toBe('planted')
  })

  test('takes nothing more than is published', async () => {
    expect(await door.post('/desk/api/open', {}, { x: 1 })).toMatchObject(refused('invalid', 400))
    expect(await door.post('/desk/api/open?x=1')).toMatchObject(refused('invalid', 400))
    expect(await door.get('/desk/?x=1')).toMatchObject(refused('invalid', 400))
    expect(seen).toEqual([])
  })
})

describe('a route for those who are signed in', () => {
  test('asks whoever has no cookie to sign in, and leaves the browser as it is', async () => {
    const reply = await door.get('/desk/api/any')
    expect(reply).toMatchObject(refused('signIn', 401))
    expect(reply.headers['set-cookie']).toBeUndefined()
    expect(seen).toEqual([])
  })

  test('takes a cookie away that opens nothing', async () => {
    const { headers } = await door.someone('caseworker')
    door.pass(IDLE_MS)
    for (const cookie of [headers.cookie, 'desk=', `desk=${'A'.repeat(43)}`]) {
      const reply = await door.get('/desk/api/any', { cookie })
      expect(reply).toMatchObject(refused('signIn', 401))
      expect(reply.headers['set-cookie']).toBe(COOKIE_OVER)
    }
  })

  test('hands its handler the session and whose it is, with the cookie and what was asked', async () => {
    const { id, cookie, headers } = await door.someone('supervisor')
    const reply = await door.post('/desk/api/fresh/12?after=3', headers, { word: 'x' })
    expect(reply).toMatchObject({ code: 200, body: '{"got":[{"word":"x"},{"id":"12"},{"after":3}]}' })
    const found = await door.sessions.find(cookie, false)
    expect(seen[0]).toMatchObject({
      cookie,
      session: found?.session,
      me: { id, role: 'supervisor', name: 'Somebody' },
      at: { secure: false },
      request: { method: 'POST' },
    })
  })

  test('takes a call that sends something as a sign of its person, and one that reads as none', async () => {
    const { id, headers } = await door.someone('caseworker')
    const lastSeen = async () => (await door.accounts.sessions(id))[0]?.lastSeen
    const began = door.clock.now()
    door.pass(60_000)
    await door.get('/desk/api/any', headers)
    expect(await lastSeen()).toBe(began)
    await door.post('/desk/api/any', headers)
    expect(await lastSeen()).toBe(began + 60_000)
  })

  test('counts what an account sends, and not what it reads', async () => {
    const { id, headers } = await door.someone('caseworker')
    await door.get('/desk/api/any', headers)
    expect(door.counted).toEqual([])
    await door.post('/desk/api/any', headers)
    expect(door.counted).toEqual([id])
    door.says.mayCall = false
    expect(await door.post('/desk/api/any', headers)).toMatchObject(refused('tooMany', 429))
    expect((await door.get('/desk/api/any', headers)).code).toBe(200)
    expect(seen).toHaveLength(3)
  })
})

describe('a route for some roles', () => {
  test.each(['supervisor', 'auditor'] as const)('lets in %s', async (role) => {
    const { headers } = await door.someone(role)
    expect((await door.get('/desk/api/boss', headers)).code).toBe(200)
    expect([door.forbidden, door.counted]).toEqual([[], []])
  })

  test.each(['caseworker', 'administrator'] as const)('is forbidden to %s, and it is told', async (role) => {
    const { id, headers } = await door.someone(role)
    expect(await door.get('/desk/api/boss', headers)).toMatchObject(refused('forbidden', 403))
    expect(await door.post('/desk/api/fresh/12', headers)).toMatchObject(refused('forbidden', 403))
    expect(door.forbidden).toMatchObject([
      { me: { id, role, name: 'Somebody' }, path: 'GET /desk/api/boss' },
      { me: { id }, path: 'POST /desk/api/fresh/:id' },
    ])
    expect(door.counted).toEqual([id, id])
    expect(seen).toEqual([])
  })

  test('tells nobody any more of one who keeps asking', async () => {
    const { headers } = await door.someone('caseworker')
    door.says.mayCall = false
    expect(await door.get('/desk/api/boss', headers)).toMatchObject(refused('tooMany', 429))
    expect(door.forbidden).toEqual([])
  })
})

describe('a route that needs a fresh touch', () => {
  test('asks for one again after five minutes, before it looks at what was sent', async () => {
    const { headers } = await door.someone('supervisor')
    const send = (body: object) => door.post('/desk/api/fresh/12', headers, body)
    door.pass(FRESH_MS - 1)
    expect((await send({ word: 'x' })).code).toBe(200)
    expect(await send({})).toMatchObject(refused('invalid', 400))
    door.pass(1)
    expect(await send({ word: 'x' })).toMatchObject(refused('again', 403))
    expect(await send({})).toMatchObject(refused('again', 403))
    expect((await door.post('/desk/api/any', headers)).code).toBe(200)
  })
})

describe('what was sent', () => {
  test.each([
    ['a body that lacks a word', '/desk/api/fresh/12', {}],
    ['a body with a word too many', '/desk/api/fresh/12', { word: 'x', more: 1 }],
    ['another path', '/desk/api/fresh/twelve', { word: 'x' }],
    ['another query', '/desk/api/fresh/12?before=3', { word: 'x' }],
  ])('is refused with %s', async (_, url, body) => {
    const { headers } = await door.someone('supervisor')
    expect(await door.post(url, headers, body)).toMatchObject(refused('invalid', 400))
    expect(seen).toEqual([])
  })
})

describe('a page that is older than the server', () => {
  test('is told so before it is asked who it is, except with what people typed', async () => {
    door.says.build = 'new'
    const page = { 'x-desk-page': 'old' }
    for (const url of ['/desk/api/open', '/desk/api/any'])
      expect(await door.post(url, page)).toMatchObject(refused('stale', 409))
    expect((await door.post('/desk/api/typed', page)).code).toBe(200)
  })

  test('is none that has the page of now, says nothing, or that nobody can tell', async () => {
    door.says.build = 'new'
    expect((await door.post('/desk/api/open', { 'x-desk-page': 'new' })).code).toBe(200)
    expect((await door.post('/desk/api/open')).code).toBe(200)
    door.says.build = undefined
    expect((await door.post('/desk/api/open', { 'x-desk-page': 'old' })).code).toBe(200)
  })
})

describe('an address', () => {
  test('without its slash leads to the page, and answers nothing by HEAD', async () => {
    const reply = await door.get('/desk')
    expect([reply.code, reply.headers.location]).toEqual([302, '/desk/'])
    expect((await door.get('/desk/')).code).toBe(200)
    const { headers } = await door.someone('caseworker')
    for (const url of ['/desk', '/desk/', '/desk/api/any'])
      expect((await door.head(url, headers)).code).toBe(404)
  })
})
