import { leavesOf, pageOfText, previewOf, withoutPlaceholders } from './leaves.ts'
import type { Problem } from './problem.ts'

/**
 * How the words read: short, plain, never blaming or promising, and with nothing in the first line that a stranger may
 * not see on a lock screen. The lists are the language's own, in locales/<tag>/never.json.
 */
export interface Never {
  /** Words that may not stand in the first 60 characters of a message or in a cover line; `abus*` means any ending. */
  atFirst: readonly string[]
  /** Words and phrases that may stand nowhere. */
  anywhere: readonly string[]
}

export const LONGEST_MESSAGE = 350
export const PREVIEW = 60
const WORDS_A_SENTENCE = 15

export function checkWording(
  tag: string,
  messages: unknown,
  cover: readonly string[],
  never: Never,
): Problem[] {
  const problems: Problem[] = []
  const found = (file: string, key: string, problem: string, remedy: string) =>
    problems.push({ file: `locales/${tag}/${file}`, key, problem, remedy })
  const atFirst = finder(tag, never.atFirst)
  const anywhere = finder(tag, never.anywhere)

  for (const [key, text] of leavesOf(messages)) {
    if (/^titles\..*\.words$/u.test(key)) continue
    const add = (problem: string, remedy: string) => found('messages.json', key, problem, remedy)
    const banned = anywhere(text)
    if (banned !== undefined) add(`says "${banned}"`, 'Say it without blame, orders or promises.')
    if (pageOfText(key) === undefined && !BEGINS_A_PAGE.test(key)) continue
    const reviewed = withoutPlaceholders(text)
    const sensitive = atFirst(previewOf(text, PREVIEW))
    if (sensitive !== undefined)
      add(`has "${sensitive}" in its first ${PREVIEW} characters`, 'Begin with a line that anyone may see.')
    if (reviewed.length > LONGEST_MESSAGE)
      add(`has ${reviewed.length} characters`, `Shorten it to ${LONGEST_MESSAGE}, or make two pages of it.`)
    const average = wordsASentence(reviewed, tag)
    if (average > WORDS_A_SENTENCE)
      add(
        `has ${average.toFixed(1)} words a sentence`,
        `Make its sentences shorter: ${WORDS_A_SENTENCE} on average.`,
      )
  }
  cover.forEach((line, at) => {
    const sensitive = atFirst(line) ?? anywhere(line)
    if (sensitive !== undefined)
      found(
        'cover.json',
        `lines[${at}]`,
        `has "${sensitive}" in it`,
        'The cover must be about something ordinary.',
      )
  })
  if (new Set(cover).size < FEWEST_LINES)
    found(
      'cover.json',
      'lines',
      `has ${new Set(cover).size} lines`,
      `Write at least ${FEWEST_LINES}, so that it does not repeat itself.`,
    )
  return problems
}
const FEWEST_LINES = 10
/** A whole sentence that a page opens with, so that a lock screen may show it. */
const BEGINS_A_PAGE = /^phrases\.talkKept/u

/** Finds the first listed word or phrase of a text, whole words only. */
function finder(tag: string, listed: readonly string[]): (text: string) => string | undefined {
  const folded = listed.map(
    (word) =>
      [word, ` ${wordsOf(word.replace('*', ''), tag).join(' ')}${word.endsWith('*') ? '' : ' '}`] as const,
  )
  return (text) => {
    const line = ` ${wordsOf(text, tag).join(' ')} `
    return folded.find(([, folds]) => line.includes(folds))?.[0]
  }
}

function wordsASentence(text: string, tag: string): number {
  const sentences = [...new Intl.Segmenter(tag, { granularity: 'sentence' }).segment(text)]
    .flatMap(({ segment }) => segment.split('\n'))
    .map((sentence) => wordsOf(sentence, tag).length)
    .filter((count) => count > 0)
  return sentences.length === 0 ? 0 : sentences.reduce((sum, count) => sum + count, 0) / sentences.length
}

const segmenters = new Map<string, Intl.Segmenter>()

function wordsOf(text: string, tag: string): string[] {
  const segmenter = segmenters.get(tag) ?? new Intl.Segmenter(tag, { granularity: 'word' })
  segmenters.set(tag, segmenter)
  return [...segmenter.segment(text.normalize('NFKC').replaceAll('’', "'").toLocaleLowerCase(tag))]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment)
}
