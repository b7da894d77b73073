import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { onCore } from './on-core.ts'
import { atMostRow, median, ratioRow, type Row } from './row.ts'
import { fill } from './scale/fill.ts'
import { CONTESTANTS, type ContestantName, type RedisPair, startPair } from './scale/redis-contestants.ts'
import type { Server } from './server.ts'
import type { Measured } from './webhook/job.ts'
import { type Load, startLoad } from './webhook/start-load.ts'

/**
 * Whole turns on Redis for each second of processor time of the serving processes, beside the floor (HTTP, GET, SET and a
 * POST) and grammY's conversations on the same Redis; and in one process, without any server, beside Bot Framework's
 * waterfall: the same dialogue, the same run. Servers are on core 0; Redis, the people and the platform on core 1. Two
 * processes share core 0 as well, so what they do is compared by what a turn costs, not by how many get through; two of the
 * floor say what of that is the machine's.
 */
const ROUNDS = Number(process.env['ROUNDS'] ?? 3)
const WARM_SECONDS = 3
/** V8 goes on compiling ours for some twenty thousand turns, which a busy number has in five minutes. */
const WARM_TURNS = 30_000
const SECONDS = 4
/** Conversations that lie there while a turn's cost is measured. */
const FEW = 1_000
const MANY = Number(process.env['MANY'] ?? 1_000_000)
const FLAT = 1.15
const PEERS = join(import.meta.dirname, 'peers')

export async function scaleRows(): Promise<Row[]> {
  installPeers()
  const load = await startLoad(1)
  try {
    const measured = await contest(load)
    return [...contestRows(measured), inProcessRow(), ...(await flatRows(load))]
  } finally {
    load.stop()
  }
}

/** Exact versions from a lock file of their own, without install scripts: Lantern needs none of them. */
function installPeers(): void {
  if (existsSync(join(PEERS, 'node_modules/botbuilder-dialogs'))) return
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], { cwd: PEERS, stdio: 'inherit' })
  if (status !== 0) throw new Error('the peers of this bench could not be installed')
}

function inProcessRow(): Row {
  const rounds = (file: string) => Array.from({ length: ROUNDS }, () => inProcess(file))
  return ratioRow(
    'whole turns in one process, in memory',
    'turns per core second',
    rounds('scale/engine-in-process.ts'),
    'botbuilder waterfall',
    rounds('peers/waterfall.js'),
    3,
  )
}

function inProcess(file: string): number {
  const { program, args } = onCore(0, [process.execPath, join(import.meta.dirname, file)])
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${file}: ${stderr}`)
  return Number(stdout)
}

type Contest = Record<ContestantName, Measured[]>

async function contest(load: Load): Promise<Contest> {
  const measured: Contest = { ours: [], pair: [], floor: [], floorPair: [], conversations: [] }
  for (let round = 0; round < ROUNDS; round += 1)
    for (const name of Object.keys(measured) as ContestantName[])
      await withRedis(async (redis) => {
        measured[name].push(await saturated(name, load, redis))
      })
  return measured
}

async function withRedis<T>(use: (redis: RedisPair) => Promise<T>): Promise<T> {
  const redis = await startPair()
  try {
    return await use(redis)
  } finally {
    await redis.stop()
  }
}

async function saturated(name: ContestantName, load: Load, redis: RedisPair): Promise<Measured> {
  const { wire, processes, start } = CONTESTANTS[name]
  const servers: Server[] = []
  try {
    for (let n = 0; n < processes; n += 1) servers.push(await start(load.address, redis.environment))
    const target = { wire, servers: servers.map(({ address, pid }) => ({ address, pid })) }
    const turns = WARM_TURNS * processes
    await load.run({ kind: 'saturate', target, seconds: WARM_SECONDS, turns })
    return await load.run({ kind: 'saturate', target, seconds: SECONDS, turns: 0 })
  } catch (error) {
    const said = servers.map((server) => server.said()).join('\n')
    throw new Error(`${LABELS[name]}: ${error instanceof Error ? error.message : String(error)}\n${said}`, {
      cause: error,
    })
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
  }
}

const LABELS: Readonly<Record<ContestantName, string>> = {
  ours: 'ours',
  pair: 'ours, two processes',
  floor: 'Fastify + GET + SET + POST',
  floorPair: 'the floor, two processes',
  conversations: 'grammY conversations',
}

const perCoreSecond = (rounds: readonly Measured[]) =>
  rounds.map(({ turns, cpuSeconds }) => turns / cpuSeconds)

function contestRows(measured: Contest): Row[] {
  const ours = perCoreSecond(measured.ours)
  const compared = (name: ContestantName, goal: number) =>
    ratioRow(
      'whole turns over WhatsApp on Redis',
      'turns per core second',
      ours,
      LABELS[name],
      perCoreSecond(measured[name]),
      goal,
    )
  const twice = (rounds: readonly Measured[]) => perCoreSecond(rounds).map((value) => 2 * value)
  return [
    compared('floor', 0.45),
    compared('conversations', 2),
    ratioRow('two processes, a core each', 'turns a second', twice(measured.pair), 'one', ours, 1.7),
    ratioRow(
      'two processes of the floor',
      'turns a second',
      twice(measured.floorPair),
      'one',
      perCoreSecond(measured.floor),
    ),
    ...Object.entries(measured).map(([name, rounds]) => loadRow(LABELS[name as ContestantName], rounds)),
  ]
}

function loadRow(label: string, rounds: readonly Measured[]): Row {
  const share = (part: (one: Measured) => number) =>
    `${Math.round(median(rounds.map((one) => part(one) / one.wallSeconds)) * 100)} %`
  return {
    measure: `  ${label}`,
    value: `${Math.round(median(rounds.map(({ turns, wallSeconds }) => turns / wallSeconds)))} turns/s`,
    beside: `${share(({ cpuSeconds }) => cpuSeconds)} of a core; load ${share(({ loadCpuSeconds }) => loadCpuSeconds)}`,
    ratio: '',
    goal: '',
    ok: true,
  }
}

/** One after the other on the same servers: a thousand conversations lie there, then a million. */
async function flatRows(load: Load): Promise<Row[]> {
  return withRedis(async (redis) => {
    const costs: number[][] = []
    for (const many of [FEW, MANY - FEW]) {
      await fill(redis, many)
      const rounds: number[] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        const { turns, cpuSeconds } = await saturated('ours', load, redis)
        rounds.push((cpuSeconds / turns) * 1e6)
      }
      costs.push(rounds)
    }
    const [few = [], many = []] = costs
    const ratio = median(many) / median(few)
    return [
      {
        ...atMostRow(`a turn beside ${MANY.toLocaleString('en')} conversations`, 'µs of a core', many, 0),
        beside: `beside ${FEW.toLocaleString('en')}: ${Math.round(median(few)).toLocaleString('en')} µs`,
        ratio: ratio.toFixed(2),
        goal: `<= ${FLAT} of it`,
        ok: ratio <= FLAT,
      },
    ]
  })
}
