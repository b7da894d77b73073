import type { Dialogue } from './dialogue.ts'
import { blockersOf, inOneLine, type Look, stepsOf } from './finding.ts'

/**
 * The same course for every channel: say what was seen, say what will be set, ask once, set it step by step, and give
 * back what is done, what failed and what is left to a person. Nothing is set unless the answer was yes.
 */
export interface Steps {
  channel: string
  look: Look
  /** What a step sets, in words that complete "Telegram: ... done". */
  named(step: string): string
  /** Resolves to one line that says what to do where it failed. */
  run(step: string): Promise<'done' | { failed: string; stop: boolean }>
}

export interface Outcome {
  done: readonly string[]
  failed: readonly string[]
  byHand: readonly string[]
}

export async function carryOut(
  { channel, look, named, run }: Steps,
  { tell, agrees }: Dialogue,
): Promise<Outcome> {
  tell('')
  for (const line of look.seen) tell(`${channel}: ${line}`)
  const byHand = look.findings.flatMap((found) =>
    found.mend.by === 'hand' ? [`${channel}: ${inOneLine(found)}`] : [],
  )
  const blockers = blockersOf(look.findings).map((found) => `${channel}: ${inOneLine(found)}`)
  if (blockers.length > 0) return { done: [], failed: blockers, byHand }
  const steps = stepsOf(look.findings)
  if (steps.length === 0) {
    tell(`${channel}: everything is set already; nothing was changed.`)
    return { done: [], failed: [], byHand }
  }
  tell(`${channel}: still to be set:`)
  for (const step of steps) tell(`  - ${named(step)}`)
  const answer = await agrees(`${channel}: set these now?`)
  if (answer !== true) {
    const why =
      answer === undefined
        ? 'nothing was changed, because nobody is at a terminal to agree. Run it there, or again with --yes.'
        : 'nothing was changed, as you answered. Run setup again when you are ready.'
    return { done: [], failed: [`${channel}: ${why}`], byHand }
  }
  const done: string[] = []
  const failed: string[] = []
  for (const step of steps) {
    const result = await run(step)
    if (result === 'done') {
      tell(`${channel}: ${named(step)} ... done`)
      done.push(`${channel}: ${named(step)}`)
      continue
    }
    tell(`${channel}: ${named(step)} ... failed`)
    failed.push(`${channel}: ${result.failed}`)
    if (result.stop) break
  }
  return { done, failed, byHand }
}
