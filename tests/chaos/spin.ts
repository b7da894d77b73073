import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { C_COMPILER, makeSureOfSystemPrograms, FOR_MODEL, pathOf, SPIN } from '../system-programs.ts'

/** Has spin try every order of steps of the model, with the given names defined. */
export interface Asked {
  define: readonly string[]
  /** Name of an `ltl` formula; without one, the promises inside the model and that it never stands still too early. */
  formula?: string
  /** Many states: worth a better compilation. */
  long?: boolean
}

export interface Answer {
  errors: number
  states: number
  /** Of the promise that did not hold. */
  broken: number | undefined
}

export const MODEL = join(import.meta.dirname, '../../docs/model/turns.pml')
const DEEPEST = 10_000

export function makeSureOfSpin(): void {
  if (!makeSureOfSystemPrograms(process.env, undefined, FOR_MODEL)) throw new Error('spin is missing')
}

export async function check({ define, formula, long = false }: Asked): Promise<Answer> {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-model-'))
  try {
    copyFileSync(MODEL, join(folder, 'turns.pml'))
    await run(folder, needed(SPIN), [...define.map((name) => `-D${name}`), '-a', 'turns.pml'])
    // Eight processes and a formula: fairness needs three words of flags.
    const how = formula === undefined ? ['-DSAFETY', '-DNOCLAIM'] : ['-DNFAIR=3']
    await run(folder, needed(C_COMPILER), [
      '-w',
      long ? '-O1' : '-O0',
      '-DNOREDUCE',
      ...how,
      '-o',
      'pan',
      'pan.c',
    ])
    const way = formula === undefined ? [] : ['-a', '-f', '-N', formula]
    return answerIn(await run(folder, join(folder, 'pan'), [`-m${DEEPEST}`, ...way]))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function needed(program: typeof SPIN): string {
  const path = pathOf(program)
  if (path === undefined) throw new Error(`missing: ${program.what}`)
  return path
}

async function run(cwd: string, program: string, words: readonly string[]): Promise<string> {
  const child = spawn(program, words, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [status] = (await once(child, 'close')) as [number | null]
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${said.slice(-500)}`)
  return said
}

/** A search that was cut off, or that went deeper than it may, has no answer. */
function answerIn(said: string): Answer {
  const errors = /errors: (\d+)$/mu.exec(said)?.[1]
  const states = /^ *(\d+) states, stored/mu.exec(said)?.[1]
  const isWhole = !said.includes('max search depth too small') && !said.includes('pan: out of memory')
  if (errors === undefined || states === undefined || !isWhole) throw new Error(`no answer: ${said}`)
  const broken = /assertion violated \(\((\d+)!=\1\)/u.exec(said)?.[1]
  return {
    errors: Number(errors),
    states: Number(states),
    broken: broken === undefined ? undefined : Number(broken),
  }
}
