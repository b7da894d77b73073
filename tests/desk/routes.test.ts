import { randomBytes } from 'node:crypto'
import fastify from 'fastify'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LANGUAGES } from '../../src/desk/languages.ts'
import { FRESH_MS } from '../../src/desk/server/auth/sessions.ts'
import { serveDesk } from '../../src/desk/server/http/registrar.ts'
import type { Role } from '../../src/desk/wire.ts'
import { deskAuthor } from '../../src/directory/publishing/author.ts'
import { silentLog } from '../../src/operations/log.ts'
import type { CaseId } from '../../src/storage/cases.ts'
import { type Someone, startDesk, type Started } from './start-desk.ts'

/**
 * Every route that the desk serves, and what each kind of caller gets. The table is written by hand: a route without a
 * row, or a row without a route, fails. Columns: nobody, caseworker, supervisor, administrator, auditor.
 */
type Codes = [nobody: number, caseworker: number, supervisor: number, administrator: number, auditor: number]
interface Row {
  codes: Codes
  /** Where the case is somebody else's. */
  other?: number
  body?: (them: Them) => object
  query?: string
  /** How the case stands towards the caseworker at first. */
  case?: 'waiting' | 'offered'
}
interface Them {
  colleague: Someone
  id: CaseId
}

const ALL: Codes = [200, 200, 200, 200, 200]
const ANY_SESSION: Codes = [401, 200, 200, 200, 200]
const CASEWORKER: Codes = [401, 200, 403, 403, 403]
const TOKEN = 'A'.repeat(43)
const key = () => randomBytes(16).toString('base64url')
const passkey = { id: 'AA', rawId: 'AA', type: 'public-key' }
const assertion = {
  ...passkey,
  response: { clientDataJSON: 'AA', authenticatorData: 'AA', signature: 'AA' },
}
const attestation = { ...passkey, response: { clientDataJSON: 'AA', attestationObject: 'AA' } }
const password = { password: 'not the right one at all', code: '000000' }
const alike = (code: number): Codes => [code, code, code, code, code]
const signedIn = (code: number): Codes => [401, code, code, code, code]

const TABLE: Readonly<Record<string, Row>> = {
  'GET /desk/': { codes: ALL },
  'GET /desk/page.js': { codes: ALL },
  'GET /desk/page.css': { codes: ALL },
  'GET /desk/parts/:name': { codes: alike(404) },
  ...Object.fromEntries(
    LANGUAGES.flatMap(({ tag }) => [
      [`GET /desk/words/${tag}.json`, { codes: ALL }],
      [`GET /desk/words/directory/${tag}.json`, { codes: ALL }],
    ]),
  ),
  'GET /desk/icon.svg': { codes: ALL },
  'GET /desk/api/events': { codes: ANY_SESSION },
  'POST /desk/api/sign-in/passkey/options': { codes: ALL },
  'POST /desk/api/sign-in/passkey': { codes: alike(401), body: () => ({ response: assertion }) },
  'POST /desk/api/sign-in/password': { codes: alike(401), body: () => ({ name: 'x', ...password }) },
  'POST /desk/api/sign-out': { codes: ANY_SESSION },
  'POST /desk/api/again/passkey/options': { codes: ANY_SESSION },
  'POST /desk/api/again/passkey': { codes: signedIn(403), body: () => ({ response: assertion }) },
  'POST /desk/api/again/password': { codes: signedIn(403), body: () => password },
  'POST /desk/api/invite': { codes: alike(404), body: () => ({ token: TOKEN }) },
  'POST /desk/api/invite/accept/passkey/options': { codes: alike(404), body: () => ({ token: TOKEN }) },
  'POST /desk/api/invite/accept/passkey': {
    codes: alike(400),
    body: () => ({ token: TOKEN, response: attestation }),
  },
  'POST /desk/api/invite/accept/password/options': { codes: alike(404), body: () => ({ token: TOKEN }) },
  'POST /desk/api/invite/accept/password': {
    codes: alike(404),
    body: () => ({ token: TOKEN, setup: TOKEN, ...password }),
  },
  'GET /desk/api/me': { codes: ANY_SESSION },
  'POST /desk/api/me': { codes: ANY_SESSION },
  'POST /desk/api/me/passkey/options': { codes: ANY_SESSION },
  'POST /desk/api/me/passkey': { codes: signedIn(400), body: () => ({ response: attestation }) },
  'POST /desk/api/me/passkey/remove': { codes: signedIn(404), body: () => ({ id: TOKEN }) },
  'GET /desk/api/me/access': { codes: ANY_SESSION },
  'POST /desk/api/me/session/end': { codes: signedIn(404), body: () => ({ id: TOKEN.slice(0, 22) }) },
  'POST /desk/api/me/session/end-all': { codes: ANY_SESSION },
  'POST /desk/api/me/password/options': { codes: ANY_SESSION },
  'POST /desk/api/me/password': { codes: signedIn(400), body: () => ({ setup: TOKEN, ...password }) },
  'GET /desk/api/queue': { codes: [401, 200, 200, 403, 403] },
  'GET /desk/api/board': { codes: [401, 403, 200, 403, 403] },
  'GET /desk/api/months': { codes: [401, 403, 200, 200, 403] },
  'GET /desk/api/phrases': { codes: [401, 200, 200, 403, 403], query: '?language=es' },
  'GET /desk/api/services': { codes: [401, 200, 200, 403, 403] },
  // A supervisor reads none without breaking the glass.
  'GET /desk/api/cases/:id': { codes: [401, 200, 404, 403, 403], other: 404 },
  'POST /desk/api/cases/:id/claim': { codes: CASEWORKER, other: 409, case: 'waiting' },
  'POST /desk/api/cases/:id/accept': { codes: CASEWORKER, other: 403, case: 'offered' },
  'POST /desk/api/cases/:id/reject': { codes: CASEWORKER, other: 403, case: 'offered' },
  'POST /desk/api/cases/:id/release': { codes: [401, 200, 200, 403, 403], other: 403 },
  'POST /desk/api/cases/:id/offer': {
    codes: [401, 200, 200, 403, 403],
    other: 403,
    body: ({ colleague }) => ({ to: colleague.id }),
  },
  'POST /desk/api/cases/:id/write': {
    codes: CASEWORKER,
    other: 403,
    body: () => ({ entry: key(), text: 'words' }),
  },
  'POST /desk/api/cases/:id/card': {
    codes: CASEWORKER,
    other: 403,
    body: () => ({ entry: key(), service: 'demo-1' }),
  },
  'POST /desk/api/cases/:id/note': {
    codes: CASEWORKER,
    other: 403,
    body: () => ({ entry: key(), text: 'words' }),
  },
  'POST /desk/api/cases/:id/close': { codes: CASEWORKER, other: 403, body: () => ({ outcome: 'helped' }) },
  'POST /desk/api/cases/:id/break-glass': {
    codes: [401, 403, 200, 403, 403],
    body: () => ({ reason: 'danger' }),
  },
  'GET /desk/api/directory': { codes: [401, 200, 200, 200, 403] },
  'GET /desk/api/directory/notice': { codes: [401, 200, 200, 403, 403] },
  'GET /desk/api/directory/due': { codes: [401, 200, 200, 403, 403] },
  'GET /desk/api/directory/services/:pack/:service': { codes: [401, 200, 200, 200, 403] },
  'POST /desk/api/directory/services/:pack/:service/checked': { codes: [401, 200, 200, 403, 403] },
  'POST /desk/api/directory/services/:pack/:service/correct': {
    codes: [401, 200, 200, 403, 403],
    body: () => ({ status: 'closed', note: '' }),
  },
  'POST /desk/api/directory/services/:pack/:service/stopped': { codes: [401, 200, 200, 403, 403] },
  'GET /desk/api/directory/proposals': { codes: [401, 403, 200, 403, 403] },
  'GET /desk/api/directory/proposals/:id': { codes: [401, 403, 200, 403, 403] },
  'POST /desk/api/directory/proposals/:id/approve': {
    codes: [401, 403, 200, 403, 403],
    body: () => ({ on: 0 }),
  },
  'POST /desk/api/directory/proposals/:id/refuse': { codes: [401, 403, 200, 403, 403] },
  'GET /desk/api/directory/editions': { codes: [401, 403, 200, 403, 403] },
  'POST /desk/api/directory/back': {
    codes: [401, 403, 200, 403, 403],
    body: () => ({ pack: 'demo', on: 0 }),
  },
  'GET /desk/api/accounts': { codes: [401, 403, 403, 200, 403] },
  'POST /desk/api/accounts/invite': {
    codes: [401, 403, 403, 200, 403],
    body: () => ({ name: 'Somebody', role: 'caseworker' }),
  },
  'POST /desk/api/accounts/:id/disable': { codes: [401, 403, 403, 200, 403] },
  'POST /desk/api/accounts/:id/enable': { codes: [401, 403, 403, 200, 403] },
  'POST /desk/api/accounts/:id/role': {
    codes: [401, 403, 403, 200, 403],
    body: () => ({ role: 'supervisor' }),
  },
  'POST /desk/api/accounts/:id/recover': { codes: [401, 403, 403, 200, 403] },
  'GET /desk/api/audit': { codes: [401, 403, 403, 200, 200] },
  'POST /desk/api/audit/export': { codes: [401, 403, 403, 200, 200] },
}

/** These need a fresh touch; by hand as well. */
const FRESH = [
  'POST /desk/api/me/passkey/options',
  'POST /desk/api/me/passkey',
  'POST /desk/api/me/passkey/remove',
  'POST /desk/api/me/password/options',
  'POST /desk/api/me/password',
  'POST /desk/api/cases/:id/break-glass',
  'POST /desk/api/directory/proposals/:id/approve',
  'POST /desk/api/directory/proposals/:id/refuse',
  'POST /desk/api/directory/back',
  'POST /desk/api/accounts/invite',
  'POST /desk/api/accounts/:id/disable',
  'POST /desk/api/accounts/:id/enable',
  'POST /desk/api/accounts/:id/role',
  'POST /desk/api/accounts/:id/recover',
  'POST /desk/api/audit/export',
]

const CALLERS: (Role | undefined)[] = [undefined, 'caseworker', 'supervisor', 'administrator', 'auditor']

describe('every route of the desk', () => {
  let started: Started
  beforeEach(async () => {
    started = startDesk()
    await started.server.ready()
  })
  afterEach(() => started.stop())

  async function call(route: string, caller: Someone | undefined, row: Row, isOwn: boolean): Promise<number> {
    const [method = '', path = ''] = route.split(' ')
    const colleague = await started.someone('caseworker')
    const holder = isOwn && caller !== undefined ? caller : colleague
    const states = {
      waiting: isOwn ? {} : { holder: colleague.id },
      offered: { holder: colleague.id, offeredTo: holder.id, state: 'offered' as const },
    }
    const id = started.cases.add(row.case === undefined ? { holder: holder.id } : states[row.case])
    const isCase = path.includes('/cases/')
    const proposal = path.includes('/proposals/:id') ? await aProposal() : undefined
    const url =
      path
        .replace('/desk', '')
        .replace(':pack/:service', 'demo/portavel-clinic')
        .replace(':name', 'nothing-OF2THIS.js')
        .replace(':id', proposal ?? (isCase ? id : colleague.id)) + (row.query ?? '')
    const body = {
      ...(isCase && !path.endsWith('glass') ? { after: 0 } : {}),
      ...row.body?.({ colleague, id }),
    }
    if (path === '/desk/api/events') return statusOfStream(caller?.cookie)
    const answer =
      method === 'GET' ? started.get(url, caller?.cookie) : started.post(url, body, caller?.cookie)
    return (await answer).statusCode
  }

  /** A correction by a colleague, for each caller a new one. */
  async function aProposal(): Promise<string> {
    const made = await started.directory.publishing.proposeCorrection({
      pack: 'demo',
      service: 'portavel-talk',
      changes: { status: 'closed' },
      note: '',
      by: deskAuthor('colleague'),
    })
    return 'id' in made ? String(made.id) : made.kind
  }

  /** A stream does not end, so it is asked over a socket and dropped. */
  async function statusOfStream(cookie: string | undefined): Promise<number> {
    const address = await started.listening()
    const stop = new AbortController()
    const response = await fetch(`${address}/desk/api/events`, {
      headers: { 'sec-fetch-site': 'same-origin', ...(cookie === undefined ? {} : { cookie }) },
      signal: stop.signal,
    })
    stop.abort()
    return response.status
  }

  test('stands in the table, and the table holds nothing else', () => {
    const served = started.routes.map(({ method, path }) => `${method} ${path}`)
    expect(served.toSorted()).toEqual(Object.keys(TABLE).toSorted())
    const fresh = started.routes.filter((one) => one.fresh).map(({ method, path }) => `${method} ${path}`)
    expect(fresh.toSorted()).toEqual(FRESH.toSorted())
  })

  test.each(Object.keys(TABLE))('%s answers each role as the table says', async (route) => {
    const row = TABLE[route] ?? { codes: ALL }
    const got: number[] = []
    for (const role of CALLERS) {
      const caller = role === undefined ? undefined : await started.someone(role)
      // A supervisor moves the case of a caseworker, and reads none.
      got.push(await call(route, caller, row, role === 'caseworker'))
    }
    expect(got).toEqual(row.codes)
    if (row.other !== undefined)
      expect(await call(route, await started.someone('caseworker'), row, false)).toBe(row.other)
  })

  test.each(FRESH)('%s asks for a fresh touch', async (route) => {
    const row = TABLE[route] ?? { codes: ALL }
    const role = CALLERS[row.codes.findIndex((code, at) => at > 0 && code < 403)] ?? 'caseworker'
    const caller = await started.someone(role)
    started.clock.pass(FRESH_MS)
    expect(await call(route, caller, row, true)).toBe(403)
  })

  test('a body, a query or a path with anything more than is published is refused', async () => {
    const { cookie } = await started.someone('caseworker')
    expect((await started.post('/api/me', { role: 'administrator' }, cookie)).statusCode).toBe(400)
    expect((await started.post('/api/me', { onShift: 'yes' }, cookie)).statusCode).toBe(400)
    expect((await started.get('/api/queue?all=1', cookie)).statusCode).toBe(400)
    expect((await started.get('/api/cases/12', cookie)).statusCode).toBe(400)
    const polluted = await started.server.inject({
      method: 'POST',
      url: '/desk/api/me',
      headers: {
        host: 'localhost:8080',
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/json',
        cookie,
      },
      payload: '{"__proto__":{"role":"administrator"}}',
    })
    expect(polluted.statusCode).toBe(400)
  })
})

describe('the registrar', () => {
  const parts = {
    sessions: {} as never,
    staff: {} as never,
    limits: {} as never,
    originOf: () => undefined,
    forbidden: async () => {},
    build: async () => undefined,
    log: silentLog,
  }
  const nothing = () => ({ kind: 'answer', value: {} }) as const

  test.each([undefined, []])('stops the start for a route whose roles are %j', async (roles) => {
    const server = fastify()
    serveDesk(server, parts, ({ route }) =>
      route({ method: 'GET', path: '/x', roles: roles as never, handler: nothing }),
    )
    await expect(server.ready()).rejects.toThrow('who may use it')
  })

  test('stops the start for a route under /desk that came past it', () => {
    const server = fastify()
    serveDesk(server, parts, () => {})
    expect(() => server.get('/desk/api/secret', () => 'all of it')).toThrow('not registered through the desk')
    expect(() => server.get('/elsewhere', () => 'fine')).not.toThrow()
  })
})
