import fastify from 'fastify'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { NewSession } from '../../src/desk/server/auth/sessions.ts'
import { DESK_HEADERS } from '../../src/desk/server/http/headers.ts'
import { type RegistrarParts, serveDesk, type SignedCall } from '../../src/desk/server/http/registrar.ts'
import { answer, refuse, type Reply } from '../../src/desk/server/http/reply.ts'
import { type Door, refused, startDoor } from './start-door.ts'

/** What becomes of a handler's answer, and which routes stop the start. */

let door: Door
let reply: (call: Pick<SignedCall<object, object, object>, 'reply'>) => Reply | Promise<Reply>
let at: ReturnType<RegistrarParts['originOf']>[]
const PLAIN = { origin: 'http://localhost:8080', secure: false }
const SECURE = { origin: 'https://desk.example.org', secure: true }
const SECRET = 'A'.repeat(43)

beforeEach(() => {
  at = []
  door = startDoor(
    ({ open, route }) => {
      open({ method: 'GET', path: '/api/open', roles: 'public', handler: (call) => reply(call) })
      route({ method: 'GET', path: '/api/any', roles: 'anySession', handler: (call) => reply(call) })
    },
    // One for each time that it is asked; the last one stays.
    { originOf: () => (at.length > 1 ? at.shift() : at[0]) },
  )
})
afterEach(() => door.stop())

const session: NewSession = {
  cookie: SECRET,
  session: {
    secret: new Uint8Array(32).fill(7),
    account: 'x' as NewSession['session']['account'],
    created: 1,
    lastSeen: 2,
    freshUntil: 3,
    until: 4,
  },
}

describe.each(['/desk/api/open', '/desk/api/any'])('what the handler of %s answers', (url) => {
  const asked = async (origin: NonNullable<(typeof at)[number]> = PLAIN) => {
    at = [origin]
    const { cookie } = await door.someone('caseworker')
    return door.get(url, { cookie: `${origin.secure ? '__Host-desk' : 'desk'}=${cookie}` })
  }

  test('is JSON with no cookie', async () => {
    reply = () => Promise.resolve(answer({ a: 1 }))
    const got = await asked()
    expect(got).toMatchObject({ code: 200, body: '{"a":1}' })
    expect(got.headers['content-type']).toContain('application/json')
    expect([got.headers['set-cookie'], got.headers['clear-site-data']]).toEqual([undefined, undefined])
  })

  test('sets the cookie of a session that began, and nothing else of it leaves', async () => {
    reply = () => answer({}, session)
    const plain = await asked()
    expect(plain).toMatchObject({ code: 200, body: '{}' })
    expect(plain.headers['set-cookie']).toBe(`desk=${SECRET}; HttpOnly; SameSite=Strict; Path=/`)
    expect(plain.headers['clear-site-data']).toBeUndefined()
    expect((await asked(SECURE)).headers['set-cookie']).toBe(
      `__Host-desk=${SECRET}; Secure; HttpOnly; SameSite=Strict; Path=/`,
    )
  })

  test('takes the cookie and all that the browser keeps away after a sign-out', async () => {
    reply = () => answer({}, 'forget')
    const got = await asked()
    expect(got.headers['set-cookie']).toBe('desk=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0')
    expect(got.headers['clear-site-data']).toBe('"cache", "cookies", "storage"')
  })

  test('is a refusal in one word', async () => {
    reply = () => refuse('full')
    expect(await asked()).toMatchObject(refused('full', 409))
    reply = () => refuse('gone')
    expect(await asked()).toMatchObject(refused('gone', 404))
  })

  test('is a file of its own type', async () => {
    reply = () => ({ kind: 'file', type: 'text/css; charset=utf-8', text: 'a{}' })
    const got = await asked()
    expect(got).toMatchObject({ code: 200, body: 'a{}' })
    expect(got.headers['content-type']).toBe('text/css; charset=utf-8')
    expect(got.headers).toMatchObject(DESK_HEADERS)
  })

  test('is left alone once the handler took the connection over', async () => {
    reply = ({ reply: its }) => {
      its.hijack()
      its.raw.end('its own words')
      return { kind: 'stream' }
    }
    expect((await asked()).body).toBe('its own words')
  })
})

describe('a call whose host is ours no more when its turn comes', () => {
  test('gets what any other host gets', async () => {
    reply = () => answer({})
    at = [PLAIN, undefined]
    expect(await door.get('/desk/api/open')).toMatchObject(refused('unavailable', 421))
  })
})

describe('the start', () => {
  const nothing = () => answer({})

  test('tells which routes there are, who may use each, and which ask for a fresh touch', async () => {
    const another = startDoor(({ open, route }) => {
      open({ method: 'GET', path: '/', roles: 'public', handler: nothing })
      route({ method: 'POST', path: '/api/x', roles: ['auditor'], fresh: true, handler: nothing })
      route({ method: 'GET', path: '/api/y', roles: 'anySession', fresh: false, handler: nothing })
    })
    await another.server.ready()
    expect(another.routes).toEqual([
      { method: 'GET', path: '/desk/', roles: 'public', fresh: false },
      { method: 'POST', path: '/desk/api/x', roles: ['auditor'], fresh: true },
      { method: 'GET', path: '/desk/api/y', roles: 'anySession', fresh: false },
    ])
    await another.stop()
  })

  test.each([undefined, null, [], '', 'everybody', { length: 1 }, { includes: () => true }])(
    'is stopped by a route that says %j of who may use it',
    async (roles) => {
      const another = startDoor(({ route }) =>
        route({ method: 'GET', path: '/x', roles: roles as never, handler: nothing }),
      )
      await expect(another.server.ready()).rejects.toThrow('a route of the desk does not say who may use it')
      expect(another.routes).toEqual([])
      await another.accounts.close()
    },
  )

  test('is stopped by a public route that asks for a fresh touch', async () => {
    const another = startDoor(({ open }) =>
      open({ method: 'GET', path: '/x', roles: 'public', fresh: true, handler: nothing }),
    )
    await expect(another.server.ready()).rejects.toThrow('a public route has no touch that could be fresh')
    expect(another.routes).toEqual([])
    await another.accounts.close()
  })

  test.each(['/desk', '/desk/', '/desk/api/secret', '/DESK/x', '//desk/x', '///Desk'])(
    'is stopped by a route at %s that came past the registrar',
    (path) => {
      const server = fastify()
      serveDesk(server, {} as RegistrarParts, () => {})
      const past = 'a route under /desk was not registered through the desk'
      expect(() => server.get(path, nothing)).toThrow(past)
      expect(() => server.get(path, { config: { mark: 'registered by the desk' } }, nothing)).toThrow(past)
    },
  )

  test.each(['/elsewhere', '/desktop', '/x/desk', '/x/desk/y', '/des'])(
    'is not stopped by a route of somebody else at %s',
    (path) => {
      const server = fastify()
      serveDesk(server, {} as RegistrarParts, () => {})
      expect(() => server.get(path, nothing)).not.toThrow()
    },
  )
})
