import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { doneLines, erasedFindings, residueFindings, wipeFindings } from './checks.ts'
import type { Ill } from './failpoints/reach.ts'
import type { Served } from '../turns/served.ts'
import { arm, prepareScene, type Scene } from './scene.ts'
import { measured } from './table.ts'
import { lookAt, onImage } from './thief.ts'

/**
 * The real program, its ports wrapped from outside: it dies by SIGKILL before and after every call that writes or sends,
 * or such a call fails, while somebody erases, leaves, goes on or writes for the first time. The next process on the
 * same folder takes what the platform repeats, and everybody is looked at with every key in hand.
 */
const REGISTER = join(import.meta.dirname, 'failpoints/register.ts')
const MOST_POINTS = 30
const DONE = doneLines()

let scene: Scene
let diary: string
beforeAll(async () => {
  scene = await prepareScene({ reads: 24, leaves: 36, wipes: 36, wipesCase: 50 })
  diary = join(scene.folder, 'diary')
}, 240_000)
afterAll(() => scene.stop())

/** One person whose message meets a fault. */
interface Victim {
  person: number
  text: string
  /** `over`: the next process had its time too. */
  findings(folder: string, heard: readonly string[], over: boolean): Promise<string[]>
}

const startWatched = () =>
  scene.start({ node: ['--import', REGISTER] }, { FAILPOINT: order(), FAILPOINT_DIARY: diary })
const order = () => join(scene.folder, 'failpoint')

/** One message at one point. `reached` is empty when there are fewer points. */
async function strike(served: Served, victim: Victim, point: number, ill: Ill) {
  writeFileSync(order(), `${point} ${ill}`)
  await arm(served, diary)
  const heard = scene.heard(victim.person)
  scene.telegram.personWrites(victim.person, victim.text)
  await scene.quiet(served, diary)
  const reached = new RegExp(`^${point} (.+)$`, 'mu').exec(readFileSync(diary, 'utf8'))?.[1] ?? ''
  if (reached !== '' && ill === 'kill') await hasDied(served)
  const told = (found: string[]) => found.map((finding) => `${ill} ${reached}: ${finding}`)
  return {
    reached,
    atOnce: async (folder: string) => told(await victim.findings(folder, heard(), false)),
    inTheEnd: async () => told(await victim.findings(scene.folder, heard(), true)),
  }
}

async function hasDied({ process: child }: Served): Promise<void> {
  if (child.signalCode === null) await once(child, 'exit')
  expect(child.signalCode).toBe('SIGKILL')
}

/** Each process takes what the last one left, and dies at its own point. */
async function killAtEveryPoint(victim: () => Victim): Promise<{ runs: number; findings: string[] }> {
  const findings: string[] = []
  let check = () => Promise.resolve<string[]>([])
  for (let point = 1; point <= MOST_POINTS; point += 1) {
    const served = await startWatched()
    await scene.quiet(served)
    const struck = await strike(served, victim(), point, 'kill')
    await served.kill('SIGKILL')
    findings.push(...(await check()))
    if (struck.reached === '') return { runs: point - 1, findings }
    findings.push(...(await struck.atOnce(scene.folder)))
    check = struck.inTheEnd
  }
  throw new Error('it does not come to an end')
}

/** One process that lives through all of it, and another that takes what it left. */
async function failAtEveryPoint(victim: () => Victim): Promise<{ runs: number; findings: string[] }> {
  const findings: string[] = []
  const checks: (() => Promise<string[]>)[] = []
  const served = await startWatched()
  for (;;) {
    if (checks.length === MOST_POINTS) throw new Error('it does not come to an end')
    const struck = await strike(served, victim(), checks.length + 1, 'reject')
    expect(served.process.exitCode ?? served.process.signalCode).toBeNull()
    if (struck.reached === '') break
    findings.push(...(await onImage(scene.folder, struck.atOnce)))
    checks.push(struck.inTheEnd)
  }
  await served.kill('SIGKILL')
  const next = await scene.start()
  await scene.quiet(next)
  await next.kill('SIGTERM')
  for (const check of checks) findings.push(...(await check()))
  return { runs: checks.length, findings }
}

function wiping(role: 'wipes' | 'wipesCase'): Victim {
  const { person, hers } = scene.next(role)
  return {
    person,
    text: 'yes',
    async findings(folder, heard, over) {
      const outcome = { hers, folder, heard }
      if (!over) return wipeFindings(scene, outcome)
      return [...(await erasedFindings(scene, outcome)), ...residueFindings(folder, hers)]
    },
  }
}

/** She hears what she should at least once, and nothing else, and everything of her stays. */
function going(role: 'reads' | 'leaves', text: string, isIt: (heard: string) => boolean): Victim {
  const { person, hers } = scene.next(role)
  return {
    person,
    text,
    async findings(folder, heard, over) {
      const { after, bystander } = await lookAt(folder, hers, scene.bystander)
      const findings = heardFindings(heard, over, isIt)
      if (after !== 'whole') findings.push(`her conversation is ${after}`)
      if (bystander !== 'whole') findings.push(`somebody else's conversation is ${bystander}`)
      return findings
    },
  }
}

let strangers = 7_310_000_000
function meeting(): Victim {
  strangers += 1
  return {
    person: strangers,
    text: 'hi',
    findings: (_folder, heard, over) =>
      Promise.resolve(heardFindings(heard, over, (text) => text === scene.opening)),
  }
}

function heardFindings(heard: readonly string[], over: boolean, isIt: (text: string) => boolean): string[] {
  const other = heard.find((text) => !isIt(text))
  const findings = other === undefined ? [] : [`she heard "${other.slice(0, 60)}"`]
  return over && heard.length === 0 ? [...findings, 'she was never answered'] : findings
}

const CASES = [
  ['of a wipe', () => wiping('wipes')],
  ['of a wipe with a case at the desk', () => wiping('wipesCase')],
  ['of an exit', () => going('leaves', 'exit', (text) => DONE.has(text))],
  ['of a turn', () => going('reads', 'menu', (text) => text.startsWith('Here is what'))],
  ['of a first message', meeting],
] as const

describe('a process that dies by SIGKILL before and after every write and send', () => {
  it.for(CASES)('%s', async ([what, victim], context) => {
    const { runs, findings } = await killAtEveryPoint(victim)
    measured(context, {
      measure: `SIGKILL around every write and send ${what}`,
      runs,
      failures: findings.length,
    })
    expect(findings).toEqual([])
    expect(runs).toBeGreaterThanOrEqual(6)
  })
})

describe('a disk that fails once, at every call', () => {
  it.for(CASES)('%s', async ([what, victim], context) => {
    const { runs, findings } = await failAtEveryPoint(victim)
    measured(context, {
      measure: `every call to a store fails once ${what}`,
      runs,
      failures: findings.length,
    })
    expect(findings).toEqual([])
    expect(runs).toBeGreaterThanOrEqual(4)
  })
})
