import type { Channel, ChannelName } from '../src/channels/channel.ts'
import { silentLog } from '../src/operations/log.ts'
import { sensitive } from '../src/privacy/sensitive.ts'
import type { KeyId, Vault } from '../src/privacy/vault/vault.ts'
import { createCourier } from '../src/turns/courier/courier.ts'
import { createFence } from '../src/turns/leaving/fence.ts'
import { createTurns } from '../src/turns/handle.ts'
import { benchEngine, MOMENT } from './parts.ts'
import type { Row } from './row.ts'
import { openScratch, random } from './scratch.ts'

/**
 * How long a wipe takes until it is durable (the key is destroyed on the disk), counted from her "yes", and until she is
 * told, while 200 messages a second come in from others: the real turns, courier, vault and files in one process, over a
 * platform that answers at once. At the end every wiped person must be gone and every other one there.
 */
const PER_SECOND = Number(process.env['R'] ?? 200)
const SECONDS = Number(process.env['S'] ?? 30)
const WIPES_PER_SECOND = 5
const PEOPLE = 2_000
const WORDS = ['hello', 'yes', 'I understand', 'menu', 'health', 'menu', 'rights', 'menu']
const P50_MS = 50
const P99_MS = 1_000

export async function wipeRows(): Promise<Row[]> {
  const house = await openHouse()
  try {
    const leaving = Array.from({ length: SECONDS * WIPES_PER_SECOND }, (_, n) => `leaves-${n}`)
    process.stderr.write(`  ${leaving.length} people who will leave ...\n`)
    for (const person of leaving) for (const text of ['hello', 'erase']) await house.say(person, text)
    await house.drain()
    process.stderr.write(`  ${PER_SECOND} messages/s for ${SECONDS} s ...\n`)
    const begin = performance.now()
    const flood: Promise<number>[] = []
    const told: Promise<number>[] = []
    for (let sent = 0; sent < SECONDS * PER_SECOND; ) {
      const due = Math.min(SECONDS * PER_SECOND, ((performance.now() - begin) / 1000) * PER_SECOND)
      for (; sent < due; sent += 1) {
        const round = Math.floor(sent / PEOPLE)
        flood.push(house.say(`stays-${sent % PEOPLE}`, WORDS[round % WORDS.length] ?? 'menu'))
        const person = leaving[sent / (PER_SECOND / WIPES_PER_SECOND)]
        if (person !== undefined) told.push(house.say(person, 'yes'))
      }
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    const turns = sorted(await Promise.all(flood))
    const answered = sorted(await Promise.all(told))
    const seconds = (performance.now() - begin) / 1000
    await house.drain()
    const durable = sorted(house.durable)
    const left = await house.kept()
    if (durable.length !== leaving.length || left !== Math.min(PEOPLE, flood.length))
      throw new Error(`${durable.length} were wiped and ${left} are kept`)
    const beside = `${Math.round(flood.length / seconds)} messages/s came in, each taken after p50 ${ms(turns, 0.5)}, p99 ${ms(turns, 0.99)}`
    return [
      row(`a wipe is durable, p50 of ${durable.length}`, durable, 0.5, P50_MS, beside),
      row('  p99', durable, 0.99, P99_MS, `she is told: p50 ${ms(answered, 0.5)}, p99 ${ms(answered, 0.99)}`),
    ]
  } finally {
    await house.close()
  }
}

function row(measure: string, values: readonly number[], part: number, goal: number, beside: string): Row {
  const value = within(values, part)
  return {
    measure,
    value: ms(values, part),
    beside,
    ratio: '',
    goal: `< ${goal} ms`,
    ok: value < goal,
  }
}

const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b)
const within = (values: readonly number[], part: number) =>
  values[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN
const ms = (values: readonly number[], part: number) => `${within(values, part).toFixed(1)} ms`

async function openHouse() {
  const engine = await benchEngine()
  const scratch = openScratch()
  const { vault: real, conversations } = scratch
  const durable: number[] = []
  const asked = new Map<KeyId, number>()
  const vault: Vault = {
    ...real,
    async destroy(id) {
      await real.destroy(id)
      const begin = asked.get(id)
      if (begin !== undefined) durable.push(performance.now() - begin)
    },
  }
  let ids = 0
  const platform: Channel = {
    name: 'telegram',
    send: () => Promise.resolve({ kind: 'sent', messageId: sensitive(String(++ids)) }),
    forget: (_to, messages) => Promise.resolve(messages.length),
  }
  const channels = new Map<ChannelName, Channel>([['telegram', platform]])
  const clock = { now: () => MOMENT.now + Math.floor(performance.now()) }
  const fence = createFence()
  const parts = { clock, random, conversations, vault, channels, fence, log: silentLog }
  const courier = createCourier({ ...parts, personGone: (one) => turns.erase(one) })
  const turns = createTurns({
    ...parts,
    engine,
    entrance: 'open',
    desk: () => 'open',
    caseMs: 7 * 24 * 3_600_000,
    wait: (time) => new Promise((resolve) => void setTimeout(resolve, time).unref()),
    wake: () => courier.wake(),
    express: () => courier.express(),
    compactLater: () => {},
  })
  courier.start()
  let events = 0
  /** Which key is hers, noted before her "yes" so that the moment of its destruction is known. */
  const keyOf = new Map<string, KeyId>()
  const known = new Set<KeyId>()

  return {
    durable,
    /** Milliseconds until it was taken. */
    async say(person: string, text: string): Promise<number> {
      const begin = performance.now()
      const leaves = person.startsWith('leaves-')
      if (leaves && text === 'yes') asked.set(keyOf.get(person) as KeyId, begin)
      await turns.receive({
        channel: 'telegram',
        look: 'telegram',
        address: sensitive(person),
        eventId: sensitive(`event-${++events}`),
        messageId: sensitive(`hers-${events}`),
        at: clock.now(),
        content: { kind: 'text', text: sensitive(text) },
      })
      if (leaves && text === 'hello')
        for await (const { keyId } of conversations.keyIds())
          if (!known.has(keyId)) {
            known.add(keyId)
            keyOf.set(person, keyId)
          }
      return performance.now() - begin
    },
    drain: () => courier.drain(),
    async kept(): Promise<number> {
      let count = 0
      for await (const _row of conversations.keyIds()) count += 1
      return count
    },
    async close() {
      await courier.stop()
      await scratch.close()
    },
  }
}
