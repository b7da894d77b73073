import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Look } from '../../../flows/context.ts'
import type { Clock } from '../../operations/environment.ts'
import { sensitive } from '../../privacy/sensitive.ts'
import type { Inbound, InboundContent, ReadVoice, Receive } from '../channel.ts'
import type { Inspect } from './create-simulator.ts'
import type { EventStreams } from './event-stream.ts'
import { guard } from './gate.ts'
import type { Mailboxes } from './mailboxes.ts'
import { messageId } from './message-id.ts'
import { bundle, ICON, shell } from './page.ts'
import {
  type KeptAnswer,
  type KeptShown,
  phoneName,
  type PlaceOffered,
  type Taken,
  writing,
  type Writing,
} from './wire.ts'

/**
 * The simulator's address space. What a phone writes is answered only after `receive` resolved, as a platform's webhook
 * is: a phone that got no answer sends the same tag again, and the second one is no second event.
 */

const MAX_BODY = 256 * 1024

interface Parts {
  receive: Receive
  inspect: Inspect
  clock: Clock
  mailboxes: Mailboxes
  streams: EventStreams
  hosts: readonly string[]
  readVoice?: ReadVoice
  contactName?: string
  places?: readonly PlaceOffered[]
  /** Default: there is none. */
  desk?: boolean
}

export function simulatorRoutes(fastify: FastifyInstance, parts: Parts): void {
  const { mailboxes, streams } = parts
  const files = bundle()
  // The failure, if any, is told to whoever asks for the files.
  files.catch(() => {})
  fastify.addHook('preClose', async () => streams.close())

  fastify.register(async (scope) => {
    guard(scope, parts.hosts)
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: MAX_BODY },
      (_, body, done) => {
        done(null, parsed(String(body)))
      },
    )

    scope.get('/', async (_, reply) => reply.redirect('/simulator/', 302))
    scope.get('/simulator', async (_, reply) => reply.redirect('/simulator/', 302))
    scope.get('/simulator/', async (_, reply) =>
      reply.type('text/html; charset=utf-8').send(
        shell({
          contactName: parts.contactName ?? 'Lantern',
          places: parts.places ?? [],
          desk: parts.desk ?? false,
        }),
      ),
    )
    scope.get('/simulator/page.js', async (_, reply) =>
      reply.type('text/javascript; charset=utf-8').send((await files).script),
    )
    scope.get('/simulator/page.css', async (_, reply) =>
      reply.type('text/css; charset=utf-8').send((await files).styles),
    )
    scope.get('/simulator/icon.svg', async (_, reply) => reply.type('image/svg+xml').send(ICON))

    scope.get<{ Params: { language: string; page: string } }>(
      '/simulator/voice/:language/:page',
      async ({ params: { language, page } }, reply) => {
        const sound = parts.readVoice?.(`${language}/${page}`)
        return sound === undefined ? reply.code(404).send() : reply.type('audio/ogg').send(Buffer.from(sound))
      },
    )

    scope.get('/simulator/api/events', (request, reply) => {
      const phone = phoneIn(request)
      if (phone === undefined) void bad(reply)
      else streams.open(reply, phone, lastEventIn(request))
    })

    scope.get('/simulator/api/kept', async (request, reply) => {
      const phone = phoneIn(request)
      if (phone === undefined) return bad(reply)
      const kept = await parts.inspect(sensitive(phone), lookIn(phone))
      const shown: KeptShown | null =
        kept === undefined
          ? null
          : {
              ...kept,
              context: { ...kept.context },
              stored: kept.stored.map((bytes) => Buffer.from(bytes).toString('hex')),
            }
      return reply.send({ at: parts.clock.now(), kept: shown } satisfies KeptAnswer)
    })

    scope.post('/simulator/api/write', async (request, reply) => {
      const phone = phoneIn(request)
      const { success, data } = writing.safeParse(request.body)
      if (phone === undefined || !success) return bad(reply)
      mailboxes.received(phone, lastEventIn(request))
      const at = parts.clock.now()
      const inbound = inboundOf(phone, data, at)
      if (data.content.kind === 'blocked' || data.content.kind === 'unblocked')
        mailboxes.block(phone, data.content.kind === 'blocked')
      else mailboxes.wrote(phone)
      if (inbound !== undefined) await parts.receive(inbound)
      return reply.send({ at } satisfies Taken)
    })
  })
}

/** undefined where the platform tells a bot nothing: unblocking, and on WhatsApp blocking too. */
function inboundOf(phone: string, { tag, content }: Writing, at: number): Inbound | undefined {
  const look = lookIn(phone)
  const taken = contentOf(content, look)
  if (taken === undefined) return undefined
  const deletable = look === 'telegram' && taken.kind !== 'choice' && taken.kind !== 'blocked'
  return {
    channel: 'simulator',
    look,
    address: sensitive(phone),
    eventId: sensitive(tag),
    ...(deletable ? { messageId: sensitive(messageId(at, tag)) } : {}),
    at,
    content: taken,
  }
}

function contentOf(content: Writing['content'], look: Look): InboundContent | undefined {
  switch (content.kind) {
    case 'text':
      return { kind: 'text', text: sensitive(content.text) }
    case 'place':
      return { kind: 'place', place: { lat: rounded(content.lat), lon: rounded(content.lon) } }
    case 'blocked':
      return look === 'telegram' ? content : undefined
    case 'unblocked':
      return undefined
    default:
      return content
  }
}

function rounded(degrees: number): number {
  return Math.round(degrees * 100) / 100
}

function phoneIn({ headers }: FastifyRequest): string | undefined {
  return phoneName.safeParse(headers['x-phone']).data
}

function lookIn(phone: string): Look {
  return phone.startsWith('telegram/') ? 'telegram' : 'whatsapp'
}

function lastEventIn({ headers }: FastifyRequest): string | undefined {
  const last = headers['last-event-id']
  return typeof last === 'string' ? last : undefined
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function bad(reply: FastifyReply): FastifyReply {
  return reply.code(400).send({ refused: true })
}
