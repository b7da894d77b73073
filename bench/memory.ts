import { setTimeout as wait } from 'node:timers/promises'
import { atMostRow, median, type Row } from './row.ts'
import { type Phone, phoneOf, startServer } from './server.ts'

/**
 * Resident memory of a server process after 10,000 people each held a conversation over HTTP, reading every answer
 * before the next message: nobody left and nobody wiped, so every record and every key is still there.
 */
const PEOPLE = 10_000
const AT_ONCE = 16
const ROUNDS = 3
const WORDS = ['hello', 'yes', 'I understand', 'health', 'yes'] as const
const ENDS_AT = 'health.howLong'
const SAMPLE = 50

export async function memoryRows(): Promise<Row[]> {
  const rounds: Round[] = []
  for (let n = 0; n < ROUNDS; n += 1) rounds.push(await round())
  const of = (part: (one: Round) => number) => rounds.map(part)
  const before = median(of((one) => one.before))
  const resident = median(of((one) => one.resident))
  return [
    {
      ...atMostRow(
        'resident memory after 10,000 conversations',
        'MiB',
        of((one) => one.resident),
        150,
      ),
      beside: `before the first: ${before.toFixed(0)} MiB; at the highest: ${Math.max(...of((one) => one.highest)).toFixed(0)} MiB`,
      ratio: (resident / before).toFixed(2),
    },
    {
      measure: 'the same conversations over HTTP',
      value: `${Math.round((PEOPLE * WORDS.length) / median(of((one) => one.seconds))).toLocaleString('en')} turns/s`,
      beside: `${AT_ONCE} people at once, each waiting for the answer to arrive`,
      ratio: '',
      goal: '',
      ok: true,
    },
  ]
}

interface Round {
  /** MiB before the first conversation, after the last, and at the highest. */
  before: number
  resident: number
  highest: number
  seconds: number
}

async function round(): Promise<Round> {
  const server = await startServer()
  try {
    const before = server.memory().resident
    const sample: Phone[] = []
    let begun = 0
    const begin = performance.now()
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (begun < PEOPLE) {
          begun += 1
          const phone = phoneOf(server, begun % 2 === 0 ? 'whatsapp' : 'telegram')
          if (begun % (PEOPLE / SAMPLE) === 0) sample.push(phone)
          for (const text of WORDS) await phone.ask(text)
          phone.hangUp()
        }
      }),
    )
    const seconds = (performance.now() - begin) / 1000
    await allDelivered(sample)
    return { before, seconds, ...server.memory() }
  } finally {
    await server.stop()
  }
}

/** Every sampled conversation is where its words lead, and nothing waits to be sent. */
async function allDelivered(sample: readonly Phone[]): Promise<void> {
  for (const phone of sample)
    for (let tries = 0; ; tries += 1) {
      const kept = await phone.kept()
      if (kept?.state !== ENDS_AT) throw new Error(`a conversation ended at ${kept?.state ?? 'nothing'}`)
      if (kept.outboxWaiting === 0) break
      if (tries === 100) throw new Error('a message was not delivered within ten seconds')
      await wait(100)
    }
}
