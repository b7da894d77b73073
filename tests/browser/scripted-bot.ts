import fastify from 'fastify'
import { randomBytes } from 'node:crypto'
import type { Inbound } from '../../src/channels/channel.ts'
import { createSimulator } from '../../src/channels/simulator/create-simulator.ts'
import type { Message } from '../../src/conversation/message.ts'
import type { Sensitive } from '../../src/privacy/sensitive.ts'

/**
 * The simulator on a real port, with a script instead of the conversation, so that a test of the page depends on no flow.
 * It can be ended and started anew on the same port, which forgets what a killed process forgets.
 */

export interface ScriptedBot {
  address: string
  /** Kinds and texts of what came, in order, over all runs. */
  heard: string[]
  end(): Promise<void>
  startAgain(): Promise<void>
}

const ANSWERS: Record<string, Message> = {
  list: {
    text: 'What do you need?',
    layout: 'list',
    listLabel: 'Choose',
    choices: ['Health care', 'Rights', 'Exit'].map((label, number) => ({ id: `row-${number}`, label })),
  },
  where: { text: 'Where are you?', layout: 'none', choices: [], placeLabel: 'Share my place' },
  arabic: {
    text: 'مرحبا. هل هذا وقت مناسب؟',
    layout: 'buttons',
    choices: [
      { id: 'yes', label: 'نعم' },
      { id: 'no', label: 'ليس الآن' },
    ],
  },
  exit: { text: 'Fog often lifts before noon.', layout: 'none', choices: [] },
}

const ASK: Message = {
  text: 'Is this a good moment?',
  layout: 'buttons',
  choices: [
    { id: 'list', label: 'Go on' },
    { id: 'exit', label: 'Not now' },
  ],
}

export async function startScriptedBot(): Promise<ScriptedBot> {
  const heard: string[] = []
  const records = new Map<string, number>()
  const ids = new Map<string, Sensitive<string>[]>()
  let port = 0
  let end = async () => {}

  async function start(): Promise<string> {
    // A browser opens spare connections that never ask anything; an end must not wait for them.
    const server = fastify({ forceCloseConnections: true })
    const simulator = createSimulator({
      host: '127.0.0.1',
      clock: { now: () => Date.now() },
      random: { bytes: (length) => new Uint8Array(randomBytes(length)) },
      places: [{ name: 'Harbour', lat: 12.34, lon: 56.78 }],
      async inspect(address) {
        const revision = records.get(address.reveal())
        if (revision === undefined) return undefined
        const context = { language: 'en', area: '', trail: [] }
        return {
          state: 'menu.start',
          context,
          stored: [Uint8Array.of(0xca, 0xfe)],
          outboxWaiting: 0,
          revision,
        }
      },
      async receive(inbound) {
        const said = saidIn(inbound)
        heard.push(said)
        const phone = inbound.address.reveal()
        const known = ids.get(phone) ?? []
        ids.set(phone, known)
        if (inbound.messageId !== undefined) known.push(inbound.messageId)
        if (said === 'blocked') return
        if (said === 'exit' || said === 'erase')
          await simulator.channel.forget(inbound.address, known.splice(0))
        if (said === 'erase') records.delete(phone)
        else records.set(phone, (records.get(phone) ?? 0) + 1)
        const outcome = await simulator.channel.send(inbound.address, ANSWERS[said] ?? ASK)
        if (outcome.kind === 'sent' && outcome.messageId !== undefined) known.push(outcome.messageId)
      },
    })
    simulator.routes(server)
    const address = await server.listen({ host: '127.0.0.1', port })
    port = Number(new URL(address).port)
    end = async () => server.close()
    return address
  }

  const address = await start()
  return {
    address,
    heard,
    end: () => end(),
    async startAgain() {
      await start()
    },
  }
}

function saidIn({ content }: Inbound): string {
  if (content.kind === 'text') return content.text.reveal()
  if (content.kind === 'choice') return content.id
  return content.kind === 'place' ? `${content.place.lat}, ${content.place.lon}` : content.kind
}
