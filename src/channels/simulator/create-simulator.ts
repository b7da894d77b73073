import type { FastifyInstance } from 'fastify'
import type { Look } from '../../../flows/context.ts'
import type { Message } from '../../conversation/message.ts'
import type { Clock, Random } from '../../operations/environment.ts'
import { type Sensitive, sensitive } from '../../privacy/sensitive.ts'
import type { Channel, ReadVoice, Receive, SendOutcome } from '../channel.ts'
import { createEventStreams } from './event-stream.ts'
import { isLoopback } from './gate.ts'
import { faults } from './limits.ts'
import { createMailboxes } from './mailboxes.ts'
import { deletableTags, messageId } from './message-id.ts'
import { simulatorRoutes } from './routes.ts'
import type { PlaceOffered } from './wire.ts'

/**
 * A phone in the browser, with WhatsApp's or Telegram's look, limits and deletion rules, on the same side of `Channel` as
 * the real ones. It is for trying the conversation on one's own machine: it takes requests from loopback only, unless
 * told otherwise.
 */

/** The record of one conversation as it is kept, for the drawer. */
export interface Kept {
  state: string
  /** What the conversation remembers between two turns. */
  context: object
  /** Sealed bytes as they lie in the file, one entry for each row. */
  stored: readonly Uint8Array[]
  outboxWaiting: number
  revision: number
}
export type Inspect = (address: Sensitive<string>, look: Look) => Promise<Kept | undefined>

export interface SimulatorOptions {
  receive: Receive
  inspect: Inspect
  clock: Clock
  random: Random
  /** The address that the server listens on (HOST). */
  host: string
  /** Say so to serve it where other machines can reach it; `hosts` are the further names it is asked for by. */
  beyondLoopback?: { hosts: readonly string[] }
  /** The bytes of a recorded page; without it nothing is said aloud. */
  readVoice?: ReadVoice
  /** The name in the chat's header, default "Lantern". */
  contactName?: string
  /** Places that the page offers to share, besides any typed latitude and longitude. */
  places?: readonly PlaceOffered[]
  /** The page links to the desk. Default: there is none. */
  desk?: boolean
}

export interface Simulator {
  channel: Channel
  /** Adds `/simulator/` and the redirect from `/`. Throws when the server listens beyond loopback and nobody said so. */
  routes(fastify: FastifyInstance): void
  /** Ends the open streams; also done when the server closes. */
  stop(): void
}

const DAY = 24 * 60 * 60 * 1000

export function createSimulator(options: SimulatorOptions): Simulator {
  const { clock, random } = options
  const mailboxes = createMailboxes({ clock, random })
  const streams = createEventStreams(mailboxes)

  const channel: Channel = {
    name: 'simulator',

    async send(to, message) {
      const look = lookOf(to.reveal())
      if (look !== undefined && faults(message, look).length > 0) return { kind: 'refused' }
      return deliver(to.reveal(), message)
    },
    async say(to, voice) {
      if (options.readVoice?.(voice) === undefined) return { kind: 'refused' }
      return deliver(to.reveal(), { text: '', choices: [], layout: 'none', voice })
    },

    async forget(to, messageIds) {
      const phone = to.reveal()
      if (lookOf(phone) !== 'telegram') return 0
      const now = clock.now()
      const tags = deletableTags(
        messageIds.map((id) => id.reveal()),
        now,
      )
      if (tags.length > 0) mailboxes.post(phone, { kind: 'forgotten', tags, at: now })
      return tags.length
    },
  }

  function deliver(phone: string, message: Message): SendOutcome {
    const look = lookOf(phone)
    if (look === undefined) return { kind: 'gone' }
    const now = clock.now()
    if (look === 'whatsapp' && now - (mailboxes.wroteAt(phone) ?? now) > DAY) return { kind: 'refused' }
    // Telegram says that the bot is blocked; WhatsApp takes the message and never delivers it.
    if (mailboxes.blocked(phone)) return look === 'telegram' ? { kind: 'gone' } : { kind: 'sent' }

    const tag = Buffer.from(random.bytes(16)).toString('base64url')
    mailboxes.post(phone, { kind: 'message', tag, at: now, message })
    return { kind: 'sent', messageId: sensitive(messageId(now, tag)) }
  }

  return {
    channel,
    routes(fastify) {
      if (options.beyondLoopback === undefined && !isLoopback(options.host))
        throw new Error('simulator: the server listens beyond loopback')
      simulatorRoutes(fastify, { ...options, mailboxes, streams, hosts: options.beyondLoopback?.hosts ?? [] })
    },
    stop: () => streams.close(),
  }
}

function lookOf(phone: string): Look | undefined {
  const [look] = phone.split('/')
  return look === 'whatsapp' || look === 'telegram' ? look : undefined
}
