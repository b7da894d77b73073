import { readFileSync } from 'node:fs'
import { CATEGORIES, type Category } from '../../../directory/service.ts'
import { LANGUAGES } from '../../languages.ts'
import { kindKey } from '../../kind-key.ts'
import { plain } from './plain.ts'

/** Kinds of service by the desk's own words for them, in the reader's language and in English. */
const words = new Map<string, ReadonlyMap<Category, string>>()

export function kindsNamed(word: string, reader: string): Set<Category> {
  const spoken = [...new Set([reader, 'en'])].filter((tag) => LANGUAGES.some((one) => one.tag === tag))
  return new Set(
    spoken.flatMap((tag) => [...wordsIn(tag)].flatMap(([kind, name]) => (name.includes(word) ? [kind] : []))),
  )
}

function wordsIn(tag: string): ReadonlyMap<Category, string> {
  const known = words.get(tag)
  if (known !== undefined) return known
  const file = new URL(`../../locales/${tag}.json`, import.meta.url)
  const all: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'))
  const own = new Map(CATEGORIES.map((kind) => [kind, plain(all[kindKey(kind)] ?? '')]))
  words.set(tag, own)
  return own
}
