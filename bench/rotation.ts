import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Engine } from '../src/conversation/engine.ts'
import type { RotatingVault } from '../src/privacy/vault/vault.ts'
import type { ConversationId, Conversations } from '../src/storage/conversations.ts'
import { openConversation, sealConversation } from '../src/turns/written/records.ts'
import { benchEngine, MOMENT } from './parts.ts'
import { median, type Row } from './row.ts'
import { openScratch } from './scratch.ts'

/**
 * A rotation of 100,000 keys on real files, while people begin and go on with conversations under the same vault in the
 * same process: how long it takes, and how long the slowest of their turns. Beside it the same turns without a rotation.
 */
const KEYS = Number(process.env['K'] ?? 100_000)
const EVERY_MS = 20
const MOST_SECONDS = 10
const MOST_TURN_MS = 250

export async function rotationRows(): Promise<Row[]> {
  const engine = await benchEngine()
  const scratch = openScratch()
  const { vault, conversations } = scratch
  try {
    process.stderr.write(`  ${KEYS.toLocaleString('en')} keys ...\n`)
    for (let made = 0; made < KEYS; made += 1_000)
      await Promise.all(Array.from({ length: Math.min(1_000, KEYS - made) }, () => vault.create()))
    const house = { engine, vault, conversations }
    const alone = await turnsDuring(house, () => wait(3_000))
    let seconds = 0
    let cpuSeconds = 0
    const beside = await turnsDuring(house, async () => {
      const begin = performance.now()
      const cpu = process.cpuUsage()
      await vault.rotate({ at: MOMENT.now })
      const { user, system } = process.cpuUsage(cpu)
      seconds = (performance.now() - begin) / 1000
      cpuSeconds = (user + system) / 1e6
    })
    const slowest = Math.max(...beside)
    return [
      {
        measure: `rotation of ${KEYS.toLocaleString('en')} keys, with turns beside it`,
        value: `${seconds.toFixed(2)} s`,
        beside: `${Math.round(KEYS / seconds).toLocaleString('en')} keys/s; ${cpuSeconds.toFixed(1)} s of a core, turns included`,
        ratio: '',
        goal: `< ${MOST_SECONDS} s`,
        ok: seconds < MOST_SECONDS,
      },
      {
        measure: '  the slowest turn meanwhile (new key, commit, load, commit)',
        value: `${slowest.toFixed(0)} ms`,
        beside: `p50 ${median(beside).toFixed(0)} ms of ${beside.length}; without a rotation: p50 ${median(alone).toFixed(0)} ms, slowest ${Math.max(...alone).toFixed(0)} ms`,
        ratio: (slowest / Math.max(...alone)).toFixed(1),
        goal: `< ${MOST_TURN_MS} ms`,
        ok: slowest < MOST_TURN_MS,
      },
    ]
  } finally {
    await scratch.close()
  }
}

interface BenchHouse {
  engine: Engine
  vault: RotatingVault
  conversations: Conversations
}

/** One person every 20 ms for as long as it takes; each waits for nobody. Milliseconds of each. */
async function turnsDuring(house: BenchHouse, work: () => Promise<unknown>): Promise<number[]> {
  const took: number[] = []
  const all: Promise<void>[] = []
  const timer = setInterval(() => {
    const begin = performance.now()
    all.push(twoTurns(house).then(() => void took.push(performance.now() - begin)))
  }, EVERY_MS)
  await work()
  clearInterval(timer)
  await Promise.all(all)
  return took
}

/** Somebody new, and her next message. */
async function twoTurns({ engine, vault, conversations }: BenchHouse): Promise<void> {
  const id = randomBytes(32).toString('base64url') as ConversationId
  const key = await vault.create()
  let conversation = engine.step(engine.fresh('whatsapp'), { type: 'hello' }, MOMENT).conversation
  for (const expected of [0, 1]) {
    if (expected === 1) {
      const stored = await conversations.load(id)
      const known = stored === undefined ? undefined : await vault.open(stored.keyId)
      const opened = stored === undefined || known === undefined ? undefined : openConversation(known, stored)
      if (opened === undefined) throw new Error('a turn found nothing')
      conversation = opened
    }
    const outcome = await conversations.commit({
      id,
      keyId: key.id,
      expected,
      sealed: sealConversation(key, id, expected + 1, conversation),
      at: MOMENT.now,
      seen: randomBytes(16),
      cancelWaiting: false,
      outbox: [],
      marks: [],
      counts: [],
    })
    if (outcome !== 'committed') throw new Error(outcome)
  }
}
