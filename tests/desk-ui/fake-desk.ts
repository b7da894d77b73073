import fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import type { ServerResponse } from 'node:http'
import type { Delivery, Entry, QueueEntry } from '../../src/handoff/handoff.ts'
import { buildDeskPage } from '../../src/desk/page.ts'
import { type DeskEvent, type Me, type OwnAccess, PAGE_HEADER, type Refused } from '../../src/desk/wire.ts'
import { DESK_HEADERS } from '../../src/desk/server/http/headers.ts'
import type { AccountId } from '../../src/storage/cases.ts'
import * as data from './fake-data.ts'
import { type FakeDirectory, fakeDirectory } from './fake-directory.ts'

/**
 * The desk's server as the page sees it, in memory, with levers: a person writes, withdraws, leaves; a session ends; the
 * line breaks. It serves the real page under the real headers. It checks nothing: that is the server's own tests' work.
 */

export interface FakeDesk {
  address: string
  me: Me
  queue: QueueEntry[]
  signedIn: boolean
  /** The next POSTs to this verb are refused so. */
  refuse: Map<string, Refused>
  access: OwnAccess
  directory: FakeDirectory
  /** The server was renewed: as the server, it refuses an older page all but typed words. */
  renewed: boolean
  /** For how long a broken glass lets its supervisor read. */
  glassMs: number
  /** Every POST, as `path`, with what came. */
  heard: { path: string; body: Record<string, unknown> }[]
  entries(id: string): Entry[]
  newCase(one: QueueEntry): void
  personWrites(id: string, text: string): void
  presence(id: string, presence: QueueEntry['presence']): void
  withdraw(id: string): void
  tell(event: DeskEvent): void
  sessionEnds(): void
  /** Nothing comes through, and open streams break. */
  offline(on: boolean): void
  /** The next answer is cut off after the server did its work. */
  loseNextAnswer(): void
  close(): Promise<void>
}

const page = buildDeskPage()
const TAKEN_FROM_OLDER = /\/api\/(?:me|sign-out|me\/session\/end-all|cases\/\d+\/(?:write|note))$/u

function isRefusedToOlder({ method, url, headers }: FastifyRequest): boolean {
  const isTaken = method === 'POST' && TAKEN_FROM_OLDER.test(url)
  return headers[PAGE_HEADER] !== undefined && !isTaken
}

export async function startFakeDesk(me: Me = data.meAs('caseworker')): Promise<FakeDesk> {
  const server = fastify({ forceCloseConnections: true })
  const streams = new Set<ServerResponse>()
  const threads = new Map<string, Entry[]>()
  let down = false
  let cut = false
  let ids = 0

  const { directory, reads, acts } = fakeDirectory(() => desk.me)
  const find = (id: string) => desk.queue.find((one) => one.id === id)
  const change = (id: string, what: Partial<QueueEntry>) => {
    desk.queue = desk.queue.map((one) => (one.id === id ? { ...one, ...what } : one))
  }
  function add(id: string, entry: object, wanted?: string): void {
    const entries = desk.entries(id)
    if (wanted !== undefined && entries.some((one) => one.id === wanted)) return
    const seq = (entries.at(-1)?.seq ?? 0) + 1
    entries.push({ id: wanted ?? `entry-${(ids += 1)}`, seq, at: Date.now(), ...entry } as unknown as Entry)
  }

  const desk: FakeDesk = {
    address: '',
    me,
    queue: data.aQueue(),
    signedIn: true,
    refuse: new Map(),
    access: data.anAccess(),
    directory,
    renewed: false,
    glassMs: 30 * data.MINUTE,
    heard: [],
    entries(id) {
      const known = threads.get(id) ?? []
      threads.set(id, known)
      return known
    },
    newCase(one) {
      desk.queue = [...desk.queue, one]
      desk.tell({ kind: 'queue' })
    },
    personWrites(id, text) {
      add(id, { kind: 'person', text })
      change(id, { unanswered: (find(id)?.unanswered ?? 0) + 1 })
      desk.tell({ kind: 'case', id })
    },
    presence(id, presence) {
      change(id, { presence })
      if (presence === 'left') add(id, { kind: 'happened', what: 'left' })
      desk.tell({ kind: 'case', id })
    },
    withdraw(id) {
      desk.queue = desk.queue.filter((one) => one.id !== id)
      threads.delete(id)
      desk.tell({ kind: 'withdrawn', id })
    },
    tell(event) {
      for (const stream of streams) stream.write(`data: ${JSON.stringify(event)}\n\n`)
    },
    sessionEnds() {
      desk.signedIn = false
      for (const stream of streams) stream.end()
    },
    offline(on) {
      down = on
      if (on) for (const stream of streams) stream.destroy()
    },
    loseNextAnswer() {
      cut = true
    },
    async close() {
      for (const stream of streams) stream.end()
      await server.close()
    },
  }

  server.addHook('onRequest', async (request, reply) => {
    void reply.headers(DESK_HEADERS)
    if (down && request.url.startsWith('/desk/api')) {
      reply.hijack()
      request.raw.destroy()
    } else if (desk.renewed && isRefusedToOlder(request)) await refused(reply, 'stale')
  })
  server.addHook('onSend', async (request, reply, payload) => {
    if (cut && request.method === 'POST') {
      cut = false
      reply.hijack()
      request.raw.destroy()
    }
    return payload
  })
  server.get('/desk/', async (_, reply) => reply.type('text/html').send((await page).html))
  server.get('/desk/page.js', async (_, reply) => reply.type('text/javascript').send((await page).script))
  server.get('/desk/page.css', async (_, reply) => reply.type('text/css').send((await page).style))
  server.get<{ Params: { name: string } }>('/desk/parts/:name', async ({ params }, reply) =>
    reply.type('text/javascript').send((await page).parts[params.name]),
  )
  server.get<{ Params: { file: string } }>('/desk/words/directory/:file', async ({ params }, reply) =>
    reply.type('application/json').send((await page).words[`directory/${params.file.replace('.json', '')}`]),
  )
  server.get<{ Params: { file: string } }>('/desk/words/:file', async ({ params }, reply) =>
    reply.type('application/json').send((await page).words[params.file.replace('.json', '')]),
  )
  server.get('/desk/icon.svg', async (_, reply) => reply.type('image/svg+xml').send((await page).icon))

  server.get('/desk/api/events', (_, reply) => {
    if (!desk.signedIn) return refused(reply, 'signIn')
    reply.hijack()
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream' })
    reply.raw.write(': here\n\n')
    streams.add(reply.raw)
    reply.raw.once('close', () => streams.delete(reply.raw))
    return reply
  })
  get('me', () => desk.me)
  get('queue', () => ({ queue: desk.queue, accounts: data.COLLEAGUES }))
  get('phrases', ({ query }) => ({
    phrases: (query as { language: string }).language === 'ar' ? data.ARABIC_PHRASES : data.PHRASES,
  }))
  get('services', ({ query }) => {
    const { text = '', area = '', id } = query as Record<string, string>
    const matches = data.SERVICES.filter(
      ({ id: known, name, area: place }) =>
        (id === undefined || id.endsWith(`/${known}`)) &&
        name.toLowerCase().includes(text.toLowerCase()) &&
        (area === '' || area === place),
    )
    return { services: matches }
  })
  get('board', () => data.aBoard())
  get('months', ({ query }) => data.someMonths((query as { month?: string }).month))
  get('accounts', () => data.ACCOUNTS)
  get('audit', ({ query }) => {
    const { before } = query as { before?: string }
    return {
      lines: before === undefined ? data.AUDIT.slice(0, 8) : data.AUDIT.slice(8),
      intact: true,
      first: 1,
    }
  })
  get('me/access', () => desk.access)
  for (const [path, answer] of Object.entries(reads))
    get(path, ({ params, query }, reply) => {
      const found = answer({ params: params as never, query: query as never, body: {} })
      return found ?? refused(reply, 'gone')
    })
  for (const [path, answer] of Object.entries(acts))
    post(path, (body, reply, { params }) => {
      const found = answer({ params: params as never, query: {}, body })
      desk.tell({ kind: 'directory' })
      return found ?? refused(reply, 'gone')
    })
  get('cases/:id', ({ params, query }, reply) => {
    const { id } = params as { id: string }
    return find(id) === undefined
      ? refused(reply, 'gone')
      : news(id, Number((query as { after: string }).after))
  })

  post('me', (body) => (desk.me = { ...desk.me, ...body }))
  post('sign-out', () => {
    desk.signedIn = false
    return {}
  })
  post('sign-in/password', ({ password }, reply) => {
    if (password !== 'right') return refused(reply, 'signIn')
    desk.signedIn = true
    return desk.me
  })
  post('again/password', () => {
    desk.refuse.clear()
    return desk.me
  })
  post('invite', ({ token }, reply) =>
    token === 'good' ? { name: 'Emeka', role: 'caseworker' } : refused(reply, 'gone'),
  )
  post('invite/accept/password/options', () => ({ setup: 'setup', secret: 'JBSWY3DPEHPK3PXP' }))
  post('invite/accept/password', () => {
    desk.signedIn = true
    return desk.me
  })
  post('accounts/invite', () => ({ link: `${desk.address}/desk/#invite=fresh`, until: Date.now() }))
  for (const verb of ['disable', 'enable', 'role']) post(`accounts/:id/${verb}`, () => ({}))
  post('accounts/:id/recover', () => ({ link: `${desk.address}/desk/#invite=again` }))

  post('audit/export', ({ from }) => {
    const lines = data.AUDIT.toReversed().map(({ seal, ...line }) => ({ ...line, mac: seal }))
    return { lines: lines.filter(({ seq }) => seq >= Number(from)), next: 13, isLast: true }
  })
  post('me/passkey/remove', ({ id }) => {
    desk.access = { ...desk.access, passkeys: desk.access.passkeys.filter((one) => one.id !== id) }
    return desk.me
  })
  post('me/password/options', () => ({ setup: 'setup', secret: 'JBSWY3DPEHPK3PXP' }))
  post('me/password', () => {
    desk.access = { ...desk.access, hasPassword: true }
    return desk.me
  })
  post('me/session/end', ({ id }) => {
    desk.access = { ...desk.access, sessions: desk.access.sessions.filter((one) => one.id !== id) }
    return {}
  })
  post('me/session/end-all', () => {
    desk.signedIn = false
    return {}
  })
  post('cases/:id/break-glass', (_, __, { params }) => {
    const { id } = params as { id: string }
    const until = Date.now() + desk.glassMs
    desk.me = { ...desk.me, glass: [{ id, until }] }
    return { until }
  })

  const mine = () => desk.me.id as AccountId
  act('claim', (id) => {
    change(id, { state: 'active', holder: mine() })
    add(id, { kind: 'happened', what: 'claimed', by: mine() })
  })
  act('release', (id) => change(id, { state: 'waiting', holder: undefined, offeredTo: undefined }))
  act('offer', (id, { to }) => {
    change(id, { state: 'offered', offeredTo: String(to) as AccountId })
    add(id, { kind: 'happened', what: 'offered', by: mine() })
  })
  act('accept', (id) => {
    change(id, { state: 'active', holder: mine(), offeredTo: undefined })
    add(id, { kind: 'happened', what: 'accepted', by: mine() })
  })
  act('reject', (id) => change(id, { state: 'active', offeredTo: undefined }))
  act('write', (id, { text, entry }) => {
    change(id, { unanswered: 0 })
    add(id, { kind: 'caseworker', by: mine(), text, delivery: delivery(id) }, String(entry))
  })
  act('card', (id, { service, entry }) => {
    const title = data.SERVICES.find((one) => one.id === service)?.name ?? ''
    add(id, { kind: 'card', by: mine(), service, title, delivery: delivery(id) }, String(entry))
  })
  act('note', (id, { text, entry }) => add(id, { kind: 'note', by: mine(), text }, String(entry)))
  act('close', (id) => change(id, { state: 'closed', holder: undefined }))

  function delivery(id: string): Delivery {
    return find(id)?.presence === 'here' ? 'shown' : 'waiting'
  }
  function news(id: string, after: number) {
    return { case: find(id), entries: desk.entries(id).filter(({ seq }) => seq > after) }
  }
  function refused(reply: FastifyReply, why: Refused) {
    return reply.code(why === 'signIn' ? 401 : 409).send({ refused: why })
  }
  function get(path: string, answer: (request: FastifyRequest, reply: FastifyReply) => unknown): void {
    server.get(`/desk/api/${path}`, async (request, reply) =>
      desk.signedIn ? answer(request, reply) : refused(reply, 'signIn'),
    )
  }
  function post(
    path: string,
    answer: (body: Record<string, unknown>, reply: FastifyReply, request: FastifyRequest) => unknown,
  ): void {
    server.post(`/desk/api/${path}`, async (request, reply) => {
      const body = request.body as Record<string, unknown>
      desk.heard.push({ path: request.url.replace('/desk/api/', ''), body })
      const why = desk.refuse.get(path)
      if (why !== undefined) return refused(reply, why)
      if (!desk.signedIn && !/^(?:sign-in|invite)/u.test(path)) return refused(reply, 'signIn')
      return answer(body, reply, request)
    })
  }
  function act(verb: string, work: (id: string, body: Record<string, unknown>) => void): void {
    post(`cases/:id/${verb}`, (body, reply, { params }) => {
      const { id } = params as { id: string }
      if (find(id) === undefined) return refused(reply, 'gone')
      work(id, body)
      const answer = news(id, Number(body['after']))
      desk.queue = desk.queue.filter(({ state }) => state !== 'closed')
      desk.tell({ kind: 'queue' })
      return answer
    })
  }

  desk.address = await server.listen({ host: '127.0.0.1', port: 0 })
  return desk
}
