import { normalise } from '../../../conversation/understand/tokens.ts'
import { VOCABULARIES } from '../words/vocabularies.ts'
import { listParts } from './list-parts.ts'
import { remembered } from './remembered.ts'

/** Words of closed columns, in five languages. Where two values share a word, the first keeps it. */
const KNOWN = new Map(
  Object.entries(VOCABULARIES).map(([column, words]) => {
    const values = new Map<string, string>()
    for (const value of Object.keys(words)) values.set(normalise(value), value)
    for (const [value, names] of Object.entries(words))
      for (const name of names.split('|'))
        if (!values.has(normalise(name))) values.set(normalise(name), value)
    return [column, values]
  }),
)

const WORDS = new Map(
  [...KNOWN].map(([column, values]) => [column, remembered((word) => values.get(normalise(word)))]),
)

export const hasVocabulary = (column: string): boolean => KNOWN.has(column)

/** The value that a word means in this column; undefined when none. */
export function valueOf(column: string, word: string): string | undefined {
  return WORDS.get(column)?.(word)
}

export interface ReadList {
  values: readonly string[]
  /** Some part meant nothing. */
  unknown: boolean
}

const LISTS = new Map(
  [...KNOWN.keys()].map((column) => [column, remembered((cell) => readList(column, cell))]),
)

export function listIn(column: string, cell: string): ReadList {
  return LISTS.get(column)?.(cell) ?? { values: [], unknown: true }
}

function readList(column: string, cell: string): ReadList {
  const found = new Set<string>()
  let unknown = false
  for (const part of listParts(cell, (one) => valueOf(column, one) !== undefined)) {
    const value = valueOf(column, part)
    if (value === undefined) unknown = true
    else found.add(value)
  }
  return { values: [...found], unknown }
}
