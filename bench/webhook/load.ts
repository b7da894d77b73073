import { setTimeout as wait } from 'node:timers/promises'
import { cpuSeconds } from '../on-core.ts'
import { type Arrivals, type Crowd, createArrivals, isThrough, type Person } from './crowd.ts'
import { startFakePlatform } from './fake-platform.ts'
import type { Heard, Job, Measured, Target } from './job.ts'

/** The load process: it holds the fake platform and the people, and measures the server while they write. */
const AT_ONCE = 16
/** Enough that a message never waits for a connection while the server keeps up at all. */
const STEADY_CONNECTIONS = 128
const FREE_REPLIES = 3
const PACE_MS = 1_020

async function done(job: Job, arrivals: Arrivals): Promise<Measured> {
  const { target } = job
  const crowd = arrivals.crowd(target, job.kind === 'steady' ? STEADY_CONNECTIONS : AT_ONCE)
  const own = process.cpuUsage()
  const cpu = used(target)
  const begin = performance.now()
  const acknowledgements: number[] = []
  switch (job.kind) {
    case 'saturate':
      await saturate(crowd, job.seconds, job.turns)
      break
    case 'paced':
      await paced(crowd, job.people)
      break
    case 'steady':
      acknowledgements.push(...(await steady(crowd, job.seconds, job.perSecond)))
      break
  }
  const wallSeconds = (performance.now() - begin) / 1000
  const { user, system } = process.cpuUsage(own)
  const measured = {
    turns: crowd.turns(),
    wallSeconds,
    cpuSeconds: used(target) - cpu,
    loadCpuSeconds: (user + system) / 1e6,
    acknowledgements,
  }
  await crowd.close()
  return measured
}

/** Seconds of processor time of all its processes. */
const used = ({ servers }: Target) => servers.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0)

const atOnce = (lane: () => Promise<void>) => Promise.all(Array.from({ length: AT_ONCE }, lane))

async function saturate(crowd: Crowd, seconds: number, turns: number): Promise<void> {
  const until = performance.now() + seconds * 1000
  await atOnce(async () => {
    while (performance.now() < until || crowd.turns() < turns) {
      const person = crowd.begin()
      while (!isThrough(person)) await crowd.turn(person)
    }
  })
}

async function paced(crowd: Crowd, people: number): Promise<void> {
  const resting: { person: Person; until: number }[] = []
  let begun = 0

  async function next(): Promise<Person | undefined> {
    const [first] = resting
    if (first !== undefined && (first.until <= performance.now() || begun === people)) {
      resting.shift()
      await wait(Math.max(0, first.until - performance.now()))
      return first.person
    }
    if (begun === people) return undefined
    begun += 1
    return crowd.begin()
  }

  await atOnce(async () => {
    for (let person = await next(); person !== undefined; person = await next()) {
      do await crowd.turn(person)
      while (person.done < FREE_REPLIES)
      if (!isThrough(person)) resting.push({ person, until: performance.now() + PACE_MS })
    }
  })
}

/** From the moment it was due, so that a server that stands still is charged for everyone who had to wait. */
async function steady(crowd: Crowd, seconds: number, perSecond: number): Promise<number[]> {
  const idle: Person[] = []
  const under: Promise<void>[] = []
  const took: number[] = []

  async function one(due: number): Promise<void> {
    const person = idle.shift() ?? crowd.begin()
    took.push((await crowd.turn(person)) - due)
    if (!isThrough(person)) idle.push(person)
  }

  const begin = performance.now()
  const all = Math.round(seconds * perSecond)
  for (let n = 0; n < all; ) {
    for (const now = performance.now(); n < all; n += 1) {
      const due = begin + (n * 1000) / perSecond
      if (due > now) break
      under.push(one(due))
    }
    await wait(1)
  }
  await Promise.all(under)
  return took.toSorted((a, b) => a - b)
}

const say = (heard: Heard) => process.send?.(heard)
const arrivals = createArrivals()
const { address } = await startFakePlatform(arrivals.arrived)
process.on('message', (job: Job) => {
  done(job, arrivals).then(
    (measured) => say({ done: measured }),
    (error: unknown) => say({ failed: error instanceof Error ? error.message : String(error) }),
  )
})
process.once('disconnect', () => process.exit(0))
say({ ready: address })
