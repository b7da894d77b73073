import fastify from 'fastify'
import { randomBytes } from 'node:crypto'
import { createSessions } from '../../src/desk/server/auth/sessions.ts'
import { type Registrar, type RegistrarParts, serveDesk } from '../../src/desk/server/http/registrar.ts'
import type { Member } from '../../src/desk/server/staff.ts'
import { createLog } from '../../src/operations/log.ts'
import type { AccountRole } from '../../src/storage/accounts.ts'
import type { AccountId } from '../../src/storage/cases.ts'
import { memoryAccounts } from '../../src/storage/sqlite/sqlite-accounts.ts'
import { addAccount } from './add-account.ts'

/** The registrar with real sessions over the real tables, and routes that the test declares. */
export type Door = ReturnType<typeof startDoor>

export function startDoor(declare: (registrar: Registrar) => void, more: Partial<RegistrarParts> = {}) {
  let time = Date.UTC(2030, 0, 15, 12)
  const clock = { now: () => time }
  const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) }
  const accounts = memoryAccounts()
  const sessions = createSessions(accounts, { clock, random })
  const forbidden: { me: Member; path: string }[] = []
  const counted: string[] = []
  const lines: string[] = []
  /** What the limits say of the next call, and which page the server gives out. */
  const says: { mayCall: boolean; build: string | undefined } = { mayCall: true, build: undefined }
  const server = fastify()
  const routes = serveDesk(
    server,
    {
      sessions,
      staff: {
        read: ({ sealed: _sealed, nameTag: _nameTag, ...stored }) => ({ ...stored, name: 'Somebody' }),
      } as Pick<RegistrarParts['staff'], 'read'> as RegistrarParts['staff'],
      limits: {
        calls(account) {
          counted.push(account)
          return says.mayCall
        },
      },
      originOf: () => ({ origin: 'http://localhost:8080', secure: false }),
      forbidden: async (me, path) => void forbidden.push({ me, path }),
      log: createLog({ write: (line: string) => void lines.push(line) }),
      build: async () => says.build,
      ...more,
    },
    declare,
  )

  async function ask(method: 'GET' | 'POST' | 'HEAD', url: string, headers: object = {}, payload = '{}') {
    const answer = await server.inject({
      method,
      url,
      headers: {
        host: 'localhost:8080',
        'sec-fetch-site': 'same-origin',
        ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(method === 'POST' ? { payload } : {}),
    })
    return { code: answer.statusCode, body: answer.body, headers: answer.headers }
  }

  return {
    server,
    routes,
    accounts,
    sessions,
    forbidden,
    counted,
    lines,
    says,
    clock,
    pass: (ms: number) => void (time += ms),
    get: (url: string, headers?: object) => ask('GET', url, headers),
    head: (url: string, headers?: object) => ask('HEAD', url, headers),
    post: (url: string, headers?: object, body?: unknown) =>
      ask('POST', url, headers, body === undefined ? undefined : JSON.stringify(body)),
    async someone(
      role: AccountRole,
    ): Promise<{ id: AccountId; cookie: string; headers: { cookie: string } }> {
      const { id, passkey } = await addAccount(accounts, role)
      const begun = await sessions.start(id, { passkey }, undefined)
      if (begun === undefined) throw new Error('no session began')
      return { id, cookie: begun.cookie, headers: { cookie: `desk=${begun.cookie}` } }
    },
    async stop() {
      await server.close()
      await accounts.close()
    },
  }
}

export const refused = (why: string, code: number) => ({ code, body: JSON.stringify({ refused: why }) })
