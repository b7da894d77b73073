import { type Step } from '../src/conversation/engine.ts'
import { benchEngine, MOMENT } from './parts.ts'
import { atLeastRow, type Row } from './row.ts'

/** understand + step + render on one core, over dialogues as people hold them: typed words, numbers, places, exits. */
const DIALOGUE = [
  'yes',
  'I understand',
  'health',
  'yes',
  '2',
  'find a clinic',
  'portavel',
  '1',
  'menu',
  'my husband beats me',
  'carry on',
  'rights and papers',
  '3',
  '1',
  'where can i find a doctor',
  '1',
  'back',
  'exit',
  'hello',
  'blue cup',
] as const
const ROUNDS = 7
const TURNS = 20_000

export async function engineRows(): Promise<Row[]> {
  const engine = await benchEngine()
  const rounds: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const begin = process.hrtime.bigint()
    let turns = 0
    while (turns < TURNS) {
      let step: Step = engine.step(engine.fresh('whatsapp'), { type: 'hello' }, MOMENT)
      turns += 1
      for (const text of DIALOGUE) {
        const happening = engine.understand(text, step.conversation, MOMENT)
        if (happening.type === 'wordGiven') throw new Error('not in this dialogue')
        step = engine.step(step.conversation, happening, MOMENT)
        turns += 1
      }
      if (step.page !== 'welcome.safeNow') throw new Error(`the dialogue ended on ${String(step.page)}`)
    }
    // The first round warms up.
    if (round > 0) rounds.push(turns / (Number(process.hrtime.bigint() - begin) / 1e9))
  }
  return [atLeastRow('understand + step + render, one core', 'turns/s', rounds, 20_000)]
}
