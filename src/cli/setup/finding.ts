import type { Problem } from '../check/problem.ts'

/**
 * What a look at a platform found wrong, and who mends it. `lantern check --online` prints it as a problem; `lantern
 * setup` carries out the steps that the findings name. Nothing in it was written by a platform: fixed words and numbers.
 */
export interface Finding extends Problem {
  mend: Mend
}

export type Mend =
  /** Setup can do it, by the step of this name. */
  | { by: 'setup'; step: string }
  /** Only a person can, in the platform's own pages. */
  | { by: 'hand' }
  /** Nothing can be set before it is mended. */
  | { by: 'hand first' }

/** What was seen of one channel: sentences to show, and what is wrong. */
export interface Look {
  seen: readonly string[]
  findings: readonly Finding[]
}

const SETUP = 'Run "npm run -s lantern -- setup".'

export function forSetup(step: string, key: string, problem: string): Finding {
  return { file: 'online', key, problem, remedy: SETUP, mend: { by: 'setup', step } }
}

export function byHand(key: string, problem: string, remedy: string): Finding {
  return { file: 'online', key, problem, remedy, mend: { by: 'hand' } }
}

export function first(key: string, problem: string, remedy: string): Finding {
  return { file: 'online', key, problem, remedy, mend: { by: 'hand first' } }
}

export function inOneLine({ key, problem, remedy }: Problem): string {
  return `${key} ${problem}. ${remedy}`
}

/** In the order found, each once. */
export function stepsOf(findings: readonly Finding[]): string[] {
  return [...new Set(findings.flatMap(({ mend }) => (mend.by === 'setup' ? [mend.step] : [])))]
}

export function blockersOf(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ mend }) => mend.by === 'hand first')
}
