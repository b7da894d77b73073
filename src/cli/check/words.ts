import { createLexicon } from '../../conversation/understand/lexicon.ts'
import { understandLine } from '../../conversation/understand/understand-line.ts'
import { entries, type WordLists } from '../../conversation/understand/word-lists.ts'
import type { Problem } from './problem.ts'

/** What people type: patterns that can be read, and the three taught words, which must do what the pages say. */
export function checkWords(tag: string, name: string, words: WordLists): Problem[] {
  const file = `locales/${tag}/words.json`
  const add = (key: string, problem: string, remedy: string): Problem => ({ file, key, problem, remedy })
  const { faults } = entries(words)
  if (faults.length > 0) return faults.map(({ key, what }) => add(key, what, 'Correct the pattern.'))
  const lexicon = createLexicon(new Map([[tag, { tag, name, words }]]))
  const { taught } = words
  return (
    [
      ['exit', taught.exit, 'exit'],
      ['wipe', taught.wipe, 'wipe'],
      ['comeBack', taught.comeBack, 'help'],
    ] as const
  ).flatMap(([key, word, command]) => {
    const understood = understandLine(word, lexicon)
    return understood.command === command
      ? []
      : [
          add(
            `taught.${key}`,
            `"${word}" is understood as ${understood.command ?? understood.kind}`,
            'Take the word out of the other lists, or teach another one.',
          ),
        ]
  })
}
