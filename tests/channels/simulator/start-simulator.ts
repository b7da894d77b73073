import fastify, { type FastifyInstance, type LightMyRequestResponse } from 'fastify'
import type { Inbound } from '../../../src/channels/channel.ts'
import {
  createSimulator,
  type Kept,
  type Simulator,
  type SimulatorOptions,
} from '../../../src/channels/simulator/create-simulator.ts'
import { createEventReader, type Arrived } from '../../../src/channels/simulator/ui/event-lines.ts'
import type { Message } from '../../../src/conversation/message.ts'

/** A simulator behind a server without a socket, with a clock and a random source that the test owns. */

export const WHATSAPP = `whatsapp/${'w'.repeat(22)}`
export const TELEGRAM = `telegram/${'t'.repeat(22)}`
export const OWN_PAGE = { host: 'localhost', 'sec-fetch-site': 'same-origin' }
export const HOUR = 60 * 60 * 1000

export interface Started {
  simulator: Simulator
  server: FastifyInstance
  clock: { now: () => number; pass: (ms: number) => void }
  received: Inbound[]
  /** Set it to make `receive` fail. */
  failing: { receive: boolean }
  kept: { record: Kept | undefined }
  write(phone: string, content: unknown, tag?: string): Promise<LightMyRequestResponse>
  /** What has come on a new stream of this phone, after `last`. */
  events(phone: string, last?: string): Promise<Arrived[]>
}

export function startSimulator(more: Partial<SimulatorOptions> = {}): Started {
  let now = Date.UTC(2030, 0, 15, 12)
  let drawn = 0
  const clock = { now: () => now, pass: (ms: number) => void (now += ms) }
  const received: Inbound[] = []
  const failing = { receive: false }
  const kept: Started['kept'] = { record: undefined }
  const simulator = createSimulator({
    clock,
    random: {
      bytes(length) {
        drawn += 1
        const bytes = new Uint8Array(length)
        new DataView(bytes.buffer).setUint32(0, drawn)
        return bytes
      },
    },
    host: '127.0.0.1',
    inspect: async () => kept.record,
    async receive(inbound) {
      if (failing.receive) throw new Error('not committed')
      received.push(inbound)
    },
    ...more,
  })
  const server = fastify()
  simulator.routes(server)
  let written = 0
  return {
    simulator,
    server,
    clock,
    received,
    failing,
    kept,
    write: (phone, content, tag = `tag-of-the-test-${(written += 1)}`) =>
      server.inject({
        method: 'POST',
        url: '/simulator/api/write',
        headers: { ...OWN_PAGE, 'x-phone': phone },
        payload: { tag, content },
      }),
    events: async (phone, last) => {
      const response = await openStream(server, phone, last)
      const stream = response.stream()
      let text = ''
      stream.on('data', (piece: Buffer) => (text += piece.toString()))
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
      stream.destroy()
      return createEventReader()(text)
    },
  }
}

export function openStream(server: FastifyInstance, phone: string, last?: string) {
  return server.inject({
    url: '/simulator/api/events',
    headers: { ...OWN_PAGE, 'x-phone': phone, ...(last === undefined ? {} : { 'last-event-id': last }) },
    payloadAsStream: true,
  })
}

export function plain(text: string): Message {
  return { text, choices: [], layout: 'none' }
}
