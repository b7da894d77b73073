import { alarmIn } from './alarm.ts'
import type { Lexicon, Reading } from './lexicon.ts'
import { commandOf } from './understand.ts'

/**
 * One text read without a conversation around it, for the door `lantern understand --json`: what kind it is, and the
 * language of the list that knew it. The text itself is not in the answer.
 */
export interface LineUnderstood {
  kind: 'danger' | 'disclosure' | 'command' | 'text'
  tier?: 1 | 2 | 3
  command?: 'exit' | 'wipe' | 'menu' | 'back' | 'help' | 'language' | 'talk'
  lang?: string
}

export function understandLine(text: string, lexicon: Lexicon): LineUnderstood {
  const reading = lexicon.read(text)
  const wipe = langOf(reading, ['wipe'])
  if (wipe !== undefined) return { kind: 'command', command: 'wipe', lang: wipe }
  const exit = langOf(reading, ['exit'])
  if (exit !== undefined) return { kind: 'command', command: 'exit', lang: exit }
  const danger = alarmIn(reading, [1], '')
  if (danger !== undefined) return { kind: 'danger', tier: 1, lang: danger.lang }
  const command = commandOf(reading)
  if (command !== undefined && command !== 'hello') {
    const lang = langOf(reading, command === 'help' ? ['help', 'comeBack'] : [command])
    return { kind: 'command', command, ...(lang === undefined ? {} : { lang }) }
  }
  const disclosure = alarmIn(reading, [2, 3], '')
  if (disclosure !== undefined) return { kind: 'disclosure', tier: disclosure.tier, lang: disclosure.lang }
  return { kind: 'text' }
}

function langOf(reading: Reading, commands: readonly string[]): string | undefined {
  return reading.whole.find(({ meaning }) => meaning.kind === 'command' && commands.includes(meaning.command))
    ?.lang
}
