import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as passes } from 'node:timers/promises'
import { acceptInvite, invite } from '../desk/sign-up.ts'
import { startRedis } from '../redis-server.ts'
import { check, type Verdict } from './checker.ts'
import { endsWithUs } from './ends-with-us.ts'
import { recordTo } from './history.ts'
import { openLastLook } from './last-look.ts'
import { startNemesis } from './nemesis.ts'
import { restarting, throughProxy } from './one-primary.ts'
import { type Crowd, startCrowd } from './people.ts'
import { startPlatforms } from './platforms.ts'
import { createReplica, lifeAt, type Replica } from './processes.ts'
import { startProxy } from './proxy.ts'
import { chanceOf } from './seeded.ts'
import type { Topology } from './topology.ts'

/** One topology for its minutes, until all has healed and everyone has what she waits for; judged by what was noted. */
export interface Run {
  topology: Topology
  minutes: number
  seed: number
  people: number
  /** The history is kept here. */
  reports: string
}

const REPLICAS = 3
const PACE_MS = { from: 1_500, to: 6_000 }
/** Leases of a minute, then tries with growing pauses. */
const HEALING_MS = 240_000
/** A shift that begins is known to every process after three seconds. */
const SHIFT_MS = 4_000

export async function runOne({ topology, minutes, seed, people, reports }: Run): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-chaos-'))
  mkdirSync(reports, { recursive: true })
  const history = recordTo(join(reports, 'history.jsonl'))
  const rootFile = join(folder, 'root.key')
  writeFileSync(rootFile, randomBytes(32), { mode: 0o600 })
  const keys = await startRedis()
  endsWithUs(keys.pid)
  const replicas: Replica[] = []
  const backends = Array.from({ length: REPLICAS }, (_, at) => ({
    address: () => replicas[at]?.address ?? '',
    life: () => replicas[at]?.life() ?? '',
  }))
  const platforms = await startPlatforms({ history, chance: chanceOf(seed + 1), backends, lifeAt })
  const portOf = (url: string) => Number(new URL(url).port)
  for (let at = 1; at <= REPLICAS; at += 1) {
    const { storageUrl, data } = await topology.forProcess()
    const toKeys = await startProxy({ to: () => ({ host: '127.0.0.1', port: keys.port }) })
    replicas.push(
      await createReplica({
        at,
        folder,
        history,
        settings: {
          ...platforms.settings,
          STORAGE_URL: storageUrl,
          VAULT_URL: throughProxy(keys.url, toKeys.port),
          ROOT_KEY_FILE: rootFile,
        },
        platforms: {
          telegram: portOf(platforms.telegram.apiRoot),
          whatsapp: portOf(platforms.whatsapp.apiUrl),
        },
        lines: { ...(data === undefined ? {} : { data }), keys: toKeys },
        library: libraryOfFaketime(),
      }),
    )
  }
  // Each start without an account makes a new invitation, and the one before it means nothing any more.
  await replicas[0]?.start()
  await openTheDesk(replicas)
  await Promise.all(replicas.slice(1).map((replica) => replica.start()))
  const look = await openLastLook({ data: topology.url, keys: keys.url, rootFile })
  const { beforeWipe } = look
  const crowd = startCrowd(
    { history, platforms, chance: chanceOf(seed + 2), beforeWipe, paceMs: PACE_MS },
    people,
  )
  const nemesis = startNemesis({
    history,
    chance: chanceOf(seed),
    replicas,
    shared: topology.shared,
    acts: [...topology.acts, restarting(keys, 'keys')],
  })
  await passes(minutes * 60_000)
  await nemesis.end()
  await healed(crowd, platforms.taken())
  history.note({ kind: 'ended', isWaiting: await look.isWaiting() })
  await look.note(history, { everybody: crowd.everybody(), gone: crowd.gone() })
  await look.close()
  for (const refusal of new Set(platforms.refusals()))
    process.stdout.write(`refused by a platform: ${refusal}\n`)
  for (const replica of replicas) await replica.stop()
  await platforms.stop()
  await topology.stop()
  await keys.stop()
  history.close()
  for (const { name } of replicas)
    writeFileSync(join(reports, `${name}.log`), readFileSync(join(folder, name, 'log.txt')))
  rmSync(folder, { recursive: true, force: true })
  return check(history.events)
}

async function healed(crowd: Crowd, taken: Promise<void>): Promise<void> {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), HEALING_MS)
  const aborted = new Promise<void>((resolve) => {
    late.signal.addEventListener('abort', () => resolve(), { once: true })
  })
  await crowd.end(late.signal)
  await Promise.race([taken, aborted])
  // What nobody waits for: answers that an exit cancelled, and what a dead process had leased.
  if (!late.signal.aborted) await passes(SETTLING_MS)
  clearTimeout(timer)
}
const SETTLING_MS = 65_000

/** Its administrator, and a caseworker whose shift begins. */
async function openTheDesk(replicas: readonly Replica[]): Promise<void> {
  const [first] = replicas
  const link = /\S+\/desk\/#invite=\S+/u.exec(first?.log() ?? '')?.[0]
  if (first === undefined || link === undefined) throw new Error('there is no invitation to the desk')
  const administrator = await acceptInvite(first.address, link)
  const caseworker = await acceptInvite(first.address, await invite(administrator, 'Caseworker'))
  await caseworker.post('me', { onShift: true })
  administrator.close()
  caseworker.close()
  await passes(SHIFT_MS)
}

function libraryOfFaketime(): string {
  const found = readdirSync('/usr/lib')
    .map((name) => `/usr/lib/${name}/faketime/libfaketime.so.1`)
    .find((path) => spawnSync('test', ['-f', path]).status === 0)
  if (found === undefined) throw new Error("faketime's library is not there")
  return found
}
