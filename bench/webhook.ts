import { ratioRow, median, type Row } from './row.ts'
import { canPin } from './on-core.ts'
import type { Server } from './server.ts'
import { CONTESTANTS, type ContestantName } from './webhook/contestants.ts'
import type { Measured, Target } from './webhook/job.ts'
import { type Load, startLoad } from './webhook/start-load.ts'

/**
 * Whole turns over HTTP for each second of processor time that the server's process takes: signature or secret, parse,
 * dedupe, durable commit, reply posted to the platform. Beside ours stand the least that such a server can do (the
 * floor) and grammY with its two ways of keeping a dialogue. Every server runs alone on core 0 on fresh folders and is
 * warmed up; the people and the platform are on core 1. A message without exactly one reply fails the bench.
 */
const ROUNDS = 3
/** Code is compiled well only after it ran often: so long, and so many turns, whoever is slow. */
const WARM_SECONDS = 3
/** V8 goes on compiling ours for some twenty thousand turns. */
const WARM_TURNS = 30_000
const SECONDS = 4
const STEADY_SECONDS = 3
const PACED_WARM_PEOPLE = 300
/** People for each turn that the server did in a second of its core while it warmed up: each brings one a second. */
const PACED_EXCESS = 1
const LATE_MS = 100

interface Steady {
  perSecond: number
  p50: number
  p99: number
}

export async function webhookRows(): Promise<Row[]> {
  const measured: Record<ContestantName, Measured[]> = {
    whatsapp: [],
    floor: [],
    telegram: [],
    conversations: [],
    session: [],
  }
  const steady: Steady[] = []
  const load = await startLoad(1)
  try {
    for (let round = 0; round < ROUNDS; round += 1)
      for (const name of ['whatsapp', 'floor', 'telegram', 'conversations', 'session'] as const)
        await withServer(name, load, async (target) => {
          const one = await saturated(name, load, target)
          measured[name].push(one)
          if (name === 'whatsapp') steady.push(await atHalf(one, load, target))
        })
  } finally {
    load.stop()
  }
  const perCoreSecond = (name: ContestantName) =>
    measured[name].map(({ turns, cpuSeconds }) => turns / cpuSeconds)
  const compared = (ours: 'whatsapp' | 'telegram', other: ContestantName, goal?: number) =>
    ratioRow(
      `whole turns over ${PLATFORM[ours]}`,
      'turns per core second',
      perCoreSecond(ours),
      LABELS[other],
      perCoreSecond(other),
      goal,
    )
  return [
    compared('whatsapp', 'floor', 0.45),
    compared('whatsapp', 'conversations', 2),
    compared('whatsapp', 'session'),
    compared('telegram', 'floor'),
    compared('telegram', 'conversations'),
    compared('telegram', 'session'),
    acknowledgedRow(steady),
    ...Object.entries(measured).map(([name, rounds]) => loadRow(LABELS[name as ContestantName], rounds)),
  ]
}

const PLATFORM = { whatsapp: 'WhatsApp', telegram: 'Telegram' } as const

const LABELS: Readonly<Record<ContestantName, string>> = {
  whatsapp: 'ours, WhatsApp',
  telegram: 'ours, Telegram',
  floor: 'Fastify + SQLite + undici',
  session: 'grammY session',
  conversations: 'grammY conversations',
}

async function withServer(
  name: ContestantName,
  load: Load,
  measure: (target: Target) => Promise<void>,
): Promise<void> {
  const { wire, start } = CONTESTANTS[name]
  const server: Server = await start(load.address, 0)
  try {
    await measure({ wire, servers: [server] })
  } catch (error) {
    throw new Error(`${LABELS[name]}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  } finally {
    await server.stop()
  }
}

/** Ours on Telegram keeps to Telegram's pace for each person, so many people share the connections; nobody else does. */
async function saturated(name: ContestantName, load: Load, target: Target): Promise<Measured> {
  if (name === 'telegram') {
    const warm = await load.run({ kind: 'paced', target, people: PACED_WARM_PEOPLE })
    const people = Math.ceil((warm.turns / warm.cpuSeconds) * PACED_EXCESS)
    return load.run({ kind: 'paced', target, people })
  }
  await load.run({ kind: 'saturate', target, seconds: WARM_SECONDS, turns: WARM_TURNS })
  return load.run({ kind: 'saturate', target, seconds: SECONDS, turns: 0 })
}

async function atHalf(full: Measured, load: Load, target: Target): Promise<Steady> {
  const perSecond = full.turns / full.wallSeconds / 2
  const half = await load.run({ kind: 'steady', target, seconds: STEADY_SECONDS, perSecond })
  const within = (part: number) =>
    half.acknowledgements[Math.floor(half.acknowledgements.length * part)] ?? Number.NaN
  return { perSecond, p50: within(0.5), p99: within(0.99) }
}

function acknowledgedRow(rounds: readonly Steady[]): Row {
  const of = (part: (one: Steady) => number) => median(rounds.map(part))
  const p99 = of((one) => one.p99)
  return {
    measure: 'WhatsApp webhook call to its 200, at half of that load',
    value: `99 of 100 within ${p99.toFixed(1)} ms`,
    beside: `half of them within ${of((one) => one.p50).toFixed(1)} ms, at ${Math.round(of((one) => one.perSecond))} a second`,
    ratio: '',
    goal: `< ${LATE_MS} ms`,
    ok: p99 < LATE_MS,
  }
}

/** Whether the server was the one that could do no more. */
function loadRow(label: string, rounds: readonly Measured[]): Row {
  const of = (part: (one: Measured) => number) => median(rounds.map(part))
  const share = (part: (one: Measured) => number) =>
    `${Math.round(of((one) => part(one) / one.wallSeconds) * 100)} %`
  return {
    measure: `  ${label}`,
    value: `${Math.round(of(({ turns, wallSeconds }) => turns / wallSeconds)).toLocaleString('en')} turns/s`,
    beside: `server ${share(({ cpuSeconds }) => cpuSeconds)} of a core${canPin(1) ? '' : ' (not pinned)'}, load ${share(({ loadCpuSeconds }) => loadCpuSeconds)}; ${rounds.reduce((sum, { turns }) => sum + turns, 0).toLocaleString('en')} turns, as many replies`,
    ratio: '',
    goal: '',
    ok: true,
  }
}
