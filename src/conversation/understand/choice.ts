import type { Happening } from '../../../flows/events.ts'
import type { Choice } from '../message.ts'
import type { Reading } from './lexicon.ts'
import { tokens } from './tokens.ts'
import type { Command } from './word-lists.ts'

/**
 * Reads a typed message as one of the page's choices: its number in any script's digits, spelt out or as a keycap; its
 * words; the first words of it alone; or a yes or no where the page asks one.
 */

/** Labels are our own words, so few and often the same; the bound only keeps a mistake from growing. */
const MOST_LABELS = 5000
const labels = new Map<string, readonly string[]>()

function labelWords(label: string): readonly string[] {
  let words = labels.get(label)
  if (words === undefined) {
    if (labels.size >= MOST_LABELS) labels.clear()
    words = tokens(label)
    labels.set(label, words)
  }
  return words
}

/** `exact`: the number or all the words. `near`: the first words, yes or no; asked when no command matched. */
export interface ChoiceTyped {
  exact: Choice | undefined
  near: Choice | undefined
}

export function choiceTyped(reading: Reading, choices: readonly Choice[]): ChoiceTyped {
  const words = reading.plain
  if (choices.length === 0 || words.length === 0) return { exact: undefined, near: undefined }
  const byWords = (typed: readonly string[]) =>
    choices.find(({ label }) => sameLength(labelWords(label), typed) && begins(labelWords(label), typed))
  const numbered = byNumber(words, reading, choices)
  const exact = numbered ?? byWords(reading.words) ?? byWords(words)
  return { exact, near: exact === undefined ? near(words, reading, choices) : undefined }
}

function byNumber(
  words: readonly string[],
  reading: Reading,
  choices: readonly Choice[],
): Choice | undefined {
  const digits = /^0?([1-9]\d?)$/u.exec(words[0] ?? '')?.[1]
  if (digits !== undefined) {
    const choice = choices[Number(digits) - 1]
    if (words.length === 1 || choice === undefined) return choice
    // The row as it stands on the screen: "1. Health".
    return begins(labelWords(choice.label), words.slice(1)) ? choice : undefined
  }
  for (const { meaning } of reading.whole) if (meaning.kind === 'number') return choices[meaning.number - 1]
  return undefined
}

function near(words: readonly string[], reading: Reading, choices: readonly Choice[]): Choice | undefined {
  if (words.length > 1 || (words[0]?.length ?? 0) > 1) {
    const begun = choices.filter(({ label }) => begins(labelWords(label), words))
    if (begun.length === 1) return begun[0]
  }
  for (const [answer, ids] of ANSWERS)
    if (isWhole(reading, answer)) {
      const choice = choices.find(({ id }) => ids.some((one) => id.endsWith(`:${one}`)))
      if (choice !== undefined) return choice
    }
  return undefined
}

/** A yes also agrees to go on, and a no to be left where one was; the page's own yes and no come first. */
const ANSWERS: readonly [Command, readonly string[]][] = [
  ['yes', ['yes']],
  ['no', ['no']],
  ['yes', ['next', 'goOn']],
  ['no', ['carryOn']],
]

function begins(label: readonly string[], words: readonly string[]): boolean {
  return words.length <= label.length && words.every((word, place) => word === label[place])
}

function sameLength(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length
}

export function isWhole(reading: Reading, command: Command): boolean {
  return reading.whole.some(({ meaning }) => meaning.kind === 'command' && meaning.command === command)
}

/** Wire ids are `<page>:<choice>` and, for an item of the page's list, `<page>:=<item>`. */
export function chosen(choice: Choice, language: string): Happening {
  const id = choice.id.slice(choice.id.indexOf(':') + 1)
  if (id.startsWith('=')) return { type: 'picked', item: id.slice(1) }
  return id === 'exit' ? { type: 'exit', lang: language } : { type: `choose.${id}` }
}
