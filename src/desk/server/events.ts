import type { FastifyReply } from 'fastify'
import type { Clock, Instant } from '../../operations/environment.ts'
import type { AccountId } from '../../storage/cases.ts'
import type { DeskEvent, Role } from '../wire.ts'
import type { Session } from './auth/sessions.ts'

/**
 * What happened, told to the pages that are open: kinds and ids, never content. A page that comes back with the last id
 * that it saw gets what came after; one that was away for too long, or comes from another process, is told to fetch everything
 * anew, and once more what nobody could fetch: the notices of the last minute. A stream ends with
 * its session, at once where a process of ours ended it, and within half a minute where the command line did.
 */
export interface Audience {
  roles?: readonly Role[]
  accounts?: ReadonlySet<string>
}
export interface Listener {
  session: Session
  role: Role
  /** Whether the session still lives. */
  lives(session: Session): Promise<boolean>
}
export interface Events {
  tell(event: DeskEvent, to: Audience): void
  open(reply: FastifyReply, listener: Listener, last: string | undefined): void
  /** Sessions of this account ended: its streams are looked at now. `secret`: only that one. */
  ended(account: AccountId, secret?: Uint8Array): void
  /** Some sessions of this account may have ended elsewhere: its streams are looked at now. */
  look(account: AccountId): void
  /** The same session goes on under another secret, and so do its streams. */
  renewed(before: Session, session: Session): void
  close(): void
}

const MOST_KEPT = 500
const HEARTBEAT_MS = 15_000
const LOOK_MS = 30_000
/** A reader that is this far behind is cut off; it comes back and asks for what it missed. */
const MOST_UNREAD_BYTES = 64 * 1024
const MOST_STREAMS_EACH = 6
/** Longer than a stream goes on with a session that has ended elsewhere, and that a page takes to come back. */
const AGAIN_MS = 60_000
const NOTICES: ReadonlySet<DeskEvent['kind']> = new Set(['alarm', 'glass', 'tripwire'])

interface Kept {
  id: number
  at: Instant
  event: DeskEvent
  to: Audience
}
interface Stream extends Listener {
  send(kept: Pick<Kept, 'id' | 'event' | 'to'>): Promise<void>
  end(): void
}

export function createEvents(firstId: number, clock: Clock): Events {
  const kept: Kept[] = []
  const streams = new Set<Stream>()
  let lastId = firstId

  /** undefined: not all of what came after is still here. */
  function missed(last: string | undefined): Kept[] | undefined {
    if (last === undefined) return []
    const from = Number(last)
    const oldest = kept[0]?.id ?? lastId + 1
    return Number.isSafeInteger(from) && from >= oldest - 1 && from <= lastId
      ? kept.filter(({ id }) => id > from)
      : undefined
  }

  return {
    tell(event, to) {
      const item = { id: (lastId += 1), at: clock.now(), event, to }
      kept.push(item)
      if (kept.length > MOST_KEPT) kept.shift()
      for (const stream of streams) void stream.send(item)
    },

    open(reply, listener, last) {
      reply.hijack()
      const { raw } = reply
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) raw.setHeader(name, value)
      raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' })
      const write = (text: string) => {
        raw.write(text)
        if (raw.writableLength > MOST_UNREAD_BYTES) stream.end()
      }
      let turn = Promise.resolve()
      const stream: Stream = {
        ...listener,
        send(item) {
          // One after the other, each after a look at the session.
          turn = turn.then(async () => {
            if (!streams.has(stream) || !isFor(item.to, stream)) return
            if (await isOver(stream)) stream.end()
            else write(`id: ${item.id}\ndata: ${JSON.stringify(item.event)}\n\n`)
          })
          return turn
        },
        end() {
          streams.delete(stream)
          clearInterval(heartbeat)
          clearInterval(look)
          raw.end()
        },
      }
      const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS)
      const look = setInterval(() => {
        void isOver(stream).then((over) => (over ? stream.end() : undefined))
      }, LOOK_MS)
      heartbeat.unref()
      look.unref()
      raw.once('close', () => stream.end())
      raw.once('error', () => stream.end())

      const own = [...streams].filter(({ session }) => session.account === listener.session.account)
      if (own.length >= MOST_STREAMS_EACH) own[0]?.end()
      streams.add(stream)
      write(': here\n\n')
      const late = missed(last)
      if (late !== undefined) for (const item of late) void stream.send(item)
      else {
        const since = clock.now() - AGAIN_MS
        for (const item of kept) if (NOTICES.has(item.event.kind) && item.at > since) void stream.send(item)
        for (const kind of ['queue', 'me'] as const) void stream.send({ id: lastId, event: { kind }, to: {} })
      }
    },

    ended(account, secret) {
      for (const stream of streams)
        if (stream.session.account === account && (secret === undefined || isSame(stream, secret)))
          stream.end()
    },
    look(account) {
      for (const stream of streams)
        if (stream.session.account === account)
          void isOver(stream).then((over) => (over ? stream.end() : undefined))
    },
    renewed({ secret }, session) {
      for (const stream of streams) if (isSame(stream, secret)) stream.session = session
    },
    close() {
      for (const stream of streams) stream.end()
    },
  }
}

async function isOver({ session, lives }: Listener): Promise<boolean> {
  try {
    return !(await lives(session))
  } catch {
    return true
  }
}

function isFor({ roles, accounts }: Audience, { session, role }: Listener): boolean {
  if (roles !== undefined && !roles.includes(role)) return accounts?.has(session.account) === true
  return accounts === undefined || roles !== undefined || accounts.has(session.account)
}

function isSame({ session }: Stream, secret: Uint8Array): boolean {
  return Buffer.from(secret).equals(session.secret)
}
