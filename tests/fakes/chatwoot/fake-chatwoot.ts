import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text as readBody } from 'node:stream/consumers'
import { type Account, createAccount, type FakeMessage } from './account.ts'
import { createRoutes, type Happened, type Secrets } from './routes.ts'
import { createWebhooks, type Webhooks } from './webhooks.ts'

/**
 * A Chatwoot on a loopback port: an account with one API inbox, agents who can be directed, and faults on order. It
 * follows what was read of chatwoot/chatwoot (develop, 2026) and keeps every request, so that a test can search it.
 */
export type Fault =
  /** Nothing was done. */
  | { status: number; html?: true }
  | 'cut'
  /** All was done, and nobody is told. */
  | 'cutAfter'

export interface FakeChatwoot {
  url: string
  account: Account
  webhooks: Webhooks
  agent: Agent
  /** Everything that came in: method, path with query, headers, body. */
  recorded: string[]
  /** For the next calls that match; undefined ends it. */
  fault(fault: Fault | undefined, matching?: RegExp, times?: number): void
  /** The next call that matches is answered when the returned function is called. */
  slow(matching: RegExp): { came: Promise<void>; release(): void }
  /** A deleted conversation is seen for so many looks more. */
  linger(looks: number): void
  stop(): Promise<void>
}

export interface Agent {
  replies(conversation: number, text: string, more?: Partial<FakeMessage>): FakeMessage
  notes(conversation: number, text: string): FakeMessage
  resolves(conversation: number): void
  reopens(conversation: number): void
  assigns(conversation: number, agent: number): void
}

export async function startFakeChatwoot(
  secrets: Secrets & { webhookSecret: string },
  clock: { now(): number },
): Promise<FakeChatwoot> {
  const account = createAccount()
  const webhooks = createWebhooks(secrets.webhookSecret, clock)
  const recorded: string[] = []
  let lingers = 0
  let faulty: { fault: Fault; matching: RegExp; times: number } | undefined
  const slowed: { matching: RegExp; came(): void; released: Promise<void> }[] = []
  const event = (happening: Happened) => tell(happening, account, webhooks, secrets.accountId)
  const route = createRoutes({ account, secrets, lingers: () => lingers, happened: event })

  function faultFor(line: string): Fault | undefined {
    if (faulty === undefined || faulty.times < 1 || !faulty.matching.test(line)) return undefined
    faulty.times -= 1
    return faulty.fault
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request)
    const line = `${request.method} ${request.url}`
    recorded.push(`${line}\n${request.rawHeaders.join('\n')}\n\n${body}`)
    const at = slowed.findIndex(({ matching }) => matching.test(line))
    const [wait] = at < 0 ? [] : slowed.splice(at, 1)
    wait?.came()
    await wait?.released
    const fault = faultFor(line)
    if (fault === 'cut') return void response.destroy()
    if (typeof fault === 'object') {
      const page = fault.html === true ? '<html><body>502</body></html>' : '{"error":"no"}'
      response.writeHead(fault.status, { 'content-type': 'text/html' })
      return void response.end(page)
    }
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const token = request.headers['api_access_token']
    const answer = route({
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      token: typeof token === 'string' ? token : undefined,
      body: body === '' ? {} : (JSON.parse(body) as Record<string, unknown>),
    })
    if (fault === 'cutAfter') return void response.destroy()
    response.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8' })
    response.end(answer.body === undefined ? '' : JSON.stringify(answer.body))
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    account,
    webhooks,
    agent: agentOf(account, event),
    recorded,
    fault: (fault, matching = /./u, times = Infinity) =>
      void (faulty = fault === undefined ? undefined : { fault, matching, times }),
    slow(matching) {
      const came = Promise.withResolvers<void>()
      const released = Promise.withResolvers<void>()
      slowed.push({ matching, came: () => came.resolve(), released: released.promise })
      return { came: came.promise, release: () => released.resolve() }
    },
    linger: (looks) => void (lingers = looks),
    async stop() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
      server.closeAllConnections()
      await closed
    },
  }
}

function agentOf(account: Account, event: (what: Happened) => void): Agent {
  const change = (
    id: number,
    apply: (one: NonNullable<ReturnType<Account['conversations']['get']>>) => void,
  ) => {
    const one = account.conversations.get(id)
    if (one === undefined) throw new Error('there is no such conversation')
    apply(one)
    event({ changed: id })
  }
  const write = (conversation: number, content: string, more: Partial<FakeMessage> = {}) => {
    const message = account.say({ conversation, content, type: 1, ...more })
    event({ message })
    return message
  }
  return {
    replies: write,
    notes: (conversation, text) => write(conversation, text, { private: true }),
    resolves: (id) => change(id, (one) => void (one.status = 'resolved')),
    reopens: (id) => change(id, (one) => void (one.status = 'open')),
    assigns: (id, agent) => change(id, (one) => void (one.assignee = agent)),
  }
}

const TYPES = ['incoming', 'outgoing', 'activity', 'template'] as const

/** message.rb webhook_data, conversations/event_data_presenter.rb */
function tell({ message, changed }: Happened, account: Account, webhooks: Webhooks, accountId: number): void {
  const id = message?.conversation ?? changed
  const conversation = id === undefined ? undefined : account.conversations.get(id)
  if (conversation === undefined) return
  const shown = {
    id: conversation.id,
    inbox_id: 7,
    status: conversation.status,
    custom_attributes: conversation.attributes,
    contact_inbox: { source_id: conversation.source },
    meta: { assignee: conversation.assignee === undefined ? null : { id: conversation.assignee } },
  }
  if (message === undefined) {
    const event = 'conversation_updated'
    webhooks.enqueue({ ...shown, event })
    webhooks.enqueue({ ...shown, event: 'conversation_status_changed', changed_attributes: [] })
    return
  }
  webhooks.enqueue({
    event: 'message_created',
    account: { id: accountId, name: 'Desk' },
    id: message.id,
    content: message.content,
    content_type: message.contentType,
    content_attributes: message.attributes,
    message_type: TYPES[message.type],
    private: message.private,
    sender: message.sender ?? null,
    conversation: shown,
  })
}
