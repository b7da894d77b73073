import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Server, startServer } from '../server.ts'
import type { Row } from '../row.ts'
import { whatsappSettings } from '../webhook/wires.ts'
import type { Endured, Heard, Order } from './endurance-words.ts'
import { startPair } from './redis-contestants.ts'

/**
 * Half an hour at what WhatsApp brings a number of 80 messages a second: 320 calls. Three processes on Redis and Redis
 * itself share this machine with the people; every minute one process, each in its turn, is killed and started anew.
 */
const MINUTES = Number(process.env['MINUTES'] ?? 30)
const MESSAGES_PER_SECOND = 80
const CALLS_PER_MESSAGE = 4
const PROCESSES = 3
const KILL_EVERY_MS = 60_000
/** The send of a killed process is made again when its lease is over. */
const REPEATED_WITHIN_MS = 30_000
const P99_MS = 200

export async function enduranceRows(): Promise<Row[]> {
  const redis = await startPair()
  const people = await startPeople()
  const servers: Server[] = []
  const start = () =>
    startServer({ environment: { ...whatsappSettings(people.address), ...redis.environment } })
  const tellServers = () => people.tell({ kind: 'servers', addresses: servers.map(({ address }) => address) })
  try {
    for (let n = 0; n < PROCESSES; n += 1) servers.push(await start())
    tellServers()
    people.tell({ kind: 'learn' })
    await people.heard('learnt')
    const over = new AbortController()
    const begin = performance.now()
    const kills: number[] = []
    const killing = (async () => {
      for (let n = 0; ; n += 1) {
        await wait(KILL_EVERY_MS, undefined, { signal: over.signal })
        const place = n % PROCESSES
        kills.push(performance.now() - begin)
        await servers[place]?.kill()
        servers[place] = await start()
        tellServers()
      }
    })().catch((error: unknown) => {
      if (!over.signal.aborted) throw error
    })
    people.tell({ kind: 'run', seconds: MINUTES * 60, messagesPerSecond: MESSAGES_PER_SECOND })
    const heard = people.heard('done')
    await Promise.race([heard, killing])
    const { done } = await heard
    over.abort()
    await killing
    return rowsOf(done, kills)
  } finally {
    people.stop()
    await Promise.all(servers.map((server) => server.stop()))
    await redis.stop()
  }
}

function rowsOf(endured: Endured, kills: readonly number[]): Row[] {
  const { calls, messages, acknowledgements, answers, triedAgain, lost, reordered, repeated } = endured
  const perSecond = calls / (MINUTES * 60)
  const p99 = at(acknowledgements, 0.99)
  const unexplained = repeated.filter(
    (moment) => !kills.some((kill) => kill <= moment && moment - kill < REPEATED_WITHIN_MS),
  )
  const none = (measure: string, count: number, beside = ''): Row => ({
    measure: `  ${measure}`,
    value: String(count),
    beside,
    ratio: '',
    goal: '0',
    ok: count === 0,
  })
  const told = (measure: string, value: string, beside = ''): Row => ({
    measure: `  ${measure}`,
    value,
    beside,
    ratio: '',
    goal: '',
    ok: true,
  })
  const enough = MESSAGES_PER_SECOND * CALLS_PER_MESSAGE * 0.98
  return [
    {
      measure: `${MINUTES} min on Redis, ${PROCESSES} processes, ${kills.length} kills`,
      value: `${perSecond.toFixed(0)} calls/s`,
      beside: `${messages.toLocaleString('en')} messages, ${calls.toLocaleString('en')} calls`,
      ratio: '',
      goal: `>= ${Math.round(enough)}`,
      ok: perSecond >= enough,
    },
    {
      measure: '  acknowledged, p99',
      value: `${p99.toFixed(1)} ms`,
      beside: `p50 ${at(acknowledgements, 0.5).toFixed(1)} ms, slowest ${at(acknowledgements, 1).toFixed(0)} ms`,
      ratio: '',
      goal: `< ${P99_MS} ms`,
      ok: p99 < P99_MS,
    },
    told(
      'answered, p99',
      `${at(answers, 0.99).toFixed(0)} ms`,
      `p50 ${at(answers, 0.5).toFixed(1)} ms, slowest ${(at(answers, 1) / 1_000).toFixed(1)} s`,
    ),
    told('calls made again', String(triedAgain)),
    none('acknowledged and not answered', lost),
    none('out of order', reordered),
    none('repeated without a kill', unexplained.length, `${repeated.length} after a kill, or without one`),
  ]
}

const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN

interface People {
  /** The fake platform's. */
  address: string
  tell(order: Order): void
  heard<K extends 'learnt' | 'done'>(what: K): Promise<Extract<Heard, Record<K, unknown>>>
  stop(): void
}

async function startPeople(): Promise<People> {
  const child = fork(join(import.meta.dirname, 'endurance-people.ts'))
  const ended = new AbortController()
  child.once('exit', () => ended.abort())
  const next = async () => {
    const [heard] = (await once(child, 'message', { signal: ended.signal })) as [Heard]
    return heard
  }
  const first = await next()
  if (!('ready' in first)) throw new Error('the people did not come')
  return {
    address: first.ready,
    tell: (order) => void child.send(order),
    async heard<K extends 'learnt' | 'done'>(what: K) {
      const heard = await next()
      if (what in heard) return heard as Extract<Heard, Record<K, unknown>>
      throw new Error('failed' in heard ? heard.failed : 'the people said something else')
    },
    stop: () => child.disconnect(),
  }
}
