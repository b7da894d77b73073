import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastify, { type FastifyServerOptions, type LightMyRequestResponse } from 'fastify'
import { createSessions } from '../../src/desk/server/auth/sessions.ts'
import { createDesk, type DeskParts } from '../../src/desk/server/create-desk.ts'
import { deskKeys } from '../../src/desk/server/keys.ts'
import { createStaff } from '../../src/desk/server/staff.ts'
import { deskDirectory } from '../../src/main/desk/desk-directory.ts'
import { serveEditions } from '../../src/main/publishing.ts'
import type { Role } from '../../src/desk/wire.ts'
import { createLog } from '../../src/operations/log.ts'
import type { AccountId } from '../../src/storage/cases.ts'
import { memoryPublications } from '../../src/storage/memory-publications.ts'
import { openSqliteAccounts } from '../../src/storage/sqlite/sqlite-accounts.ts'
import { demoPack } from '../directory/demo.ts'
import { type StubCases, stubCases } from './stub-cases.ts'

/** A desk on a real file behind a server without a socket, with a clock that the test owns. */
export const ORIGIN = 'http://localhost:8080'
export const OWN_PAGE = { host: 'localhost:8080', 'sec-fetch-site': 'same-origin' }

export interface Someone {
  id: AccountId
  passkey: string
  cookie: string
}
const pack = demoPack()
export type Started = ReturnType<typeof startDesk>
interface TestClock {
  now(): number
  pass(ms: number): void
}

/** `beside`: another process of the same house, with its clock, its cases and its root. */
export function startDesk(
  more: Partial<DeskParts> = {},
  serverOptions: FastifyServerOptions = {},
  beside?: { clock: TestClock; root: KeyObject; cases: StubCases },
) {
  const folder = mkdtempSync(join(tmpdir(), 'desk-'))
  let time = Date.UTC(2030, 0, 15, 12)
  const clock: TestClock = beside?.clock ?? { now: () => time, pass: (ms: number) => void (time += ms) }
  const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) }
  const root = beside?.root ?? createSecretKey(randomBytes(32))
  const accounts = more.accounts ?? openSqliteAccounts(folder)
  const cases = beside?.cases ?? stubCases(clock.now)
  const lines: string[] = []
  const log = createLog({ write: (line: string) => void lines.push(line) })
  const publications = memoryPublications()
  const editions = serveEditions({ packs: [pack], publications, clock, log })
  const directory = deskDirectory(editions, publications)
  const desk = createDesk({
    directory,
    clock,
    random,
    accounts,
    root,
    publicUrl: undefined,
    log,
    cases,
    phrases: async () => [],
    services: async () => [],
    days: async () => [],
    months: async () => ({ months: [], tables: [], contacts: [] }),
    page: async () => ({ html: '<!doctype html>', script: '//', style: '/**/', icon: '<svg/>', words: {} }),
    ...more,
  })
  const server = fastify({ ...serverOptions, logger: false, forceCloseConnections: true })
  const routes = desk.routes(server)
  const keys = deskKeys(root)
  const staff = createStaff(accounts, keys, { clock, random })
  const sessions = createSessions(accounts, { clock, random })
  let named = 0

  /** An account with a session, made past the front door. */
  async function someone(role: Role, name = `${role} ${(named += 1)}`): Promise<Someone> {
    const { token } = await staff.invite({ purpose: 'invite', role, name })
    const id = staff.newAccountId()
    const passkey = {
      id: randomBytes(16).toString('base64url'),
      account: id,
      publicKey: new Uint8Array(1),
      counter: 0,
      transports: [],
    }
    await staff.accept(token, id, { kind: 'passkey', passkey }, 'en')
    return { id, passkey: passkey.id, cookie: await cookieOf(id) }
  }
  async function cookieOf(id: AccountId): Promise<string> {
    const [first] = await accounts.passkeys(id)
    const begun = await sessions.start(id, { passkey: first?.id ?? '' }, undefined)
    if (begun === undefined) throw new Error('the account may not sign in')
    return `desk=${begun.cookie}`
  }

  /** Its address; listens at the first call. */
  let address: Promise<string> | undefined
  const listening = () => (address ??= server.listen({ host: '127.0.0.1', port: 0 }))

  function get(path: string, cookie?: string, headers: Record<string, string> = {}) {
    return server.inject({
      method: 'GET',
      url: `/desk${path}`,
      headers: { ...OWN_PAGE, ...(cookie === undefined ? {} : { cookie }), ...headers },
    })
  }
  function post(path: string, body: unknown, cookie?: string, headers: Record<string, string> = {}) {
    return server.inject({
      method: 'POST',
      url: `/desk${path}`,
      headers: {
        ...OWN_PAGE,
        'content-type': 'application/json',
        ...(cookie === undefined ? {} : { cookie }),
        ...headers,
      },
      payload: JSON.stringify(body),
    })
  }

  return {
    folder,
    clock,
    random,
    root,
    keys,
    accounts,
    cases,
    directory,
    lines,
    desk,
    server,
    routes,
    staff,
    sessions,
    someone,
    cookieOf,
    get,
    post,
    listening,
    async stop() {
      desk.stop()
      await server.close()
      await accounts.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The cookie that an answer sets, as the browser sends it back. */
export function cookieIn(response: LightMyRequestResponse): string {
  return String(response.headers['set-cookie'] ?? '').split(';')[0] ?? ''
}

/** The audit log as lines of actor, verb, subject and outcome. */
export async function audited({ accounts }: Started): Promise<string[]> {
  const lines = await accounts.auditFrom(1, 1_000)
  return lines.map(({ actor, verb, subject, outcome }) => [actor, verb, subject, outcome].join(' '))
}
