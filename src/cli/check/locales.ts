import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { PageMeta } from '../../../flows/page.ts'
import type { Locale } from '../../conversation/locale.ts'
import type { Directory } from '../../directory/directory.ts'
import { loadLocales } from '../../load-locales.ts'
import { loadVoices } from '../../load-voices.ts'
import type { Instant } from '../../operations/environment.ts'
import { checkLimits } from './limits.ts'
import { checkAgainstFirst, checkAgainstFlows } from './locale-keys.ts'
import type { Problem } from './problem.ts'
import { checkScripts } from './scripts.ts'
import { checkWording, type Never } from './wording.ts'
import { checkWords } from './words.ts'

const never = z.strictObject({ atFirst: z.array(z.string()).min(1), anywhere: z.array(z.string()).min(1) })

export interface LocalesWish {
  /** The folder with one folder a language. */
  folder: string
  pages: ReadonlyMap<string, PageMeta>
  directory: Directory
  packs: readonly string[]
  now: Instant
}

/** Every language: its keys, its wording, its limits and what people type in it. */
export function checkLocales(wish: LocalesWish): Problem[] {
  const { locales, faults } = loadLocales(wish.folder)
  const problems: Problem[] = faults.map(({ file, problem, remedy }) => ({ file, key: '', problem, remedy }))
  const [first] = locales.values()
  if (first === undefined) return problems
  for (const locale of locales.values()) problems.push(...checkLocale(locale, first, wish))
  for (const { file, problem, remedy } of loadVoices(wish.folder, locales).faults)
    problems.push({ file, key: '', problem, remedy })
  return problems
}

/** One language; `first` is the one that all others are held against. */
export function checkLocale(locale: Locale, first: Locale, wish: LocalesWish): Problem[] {
  const { folder, pages, directory, packs, now } = wish
  const { tag, name, messages, words, cover } = locale
  const keys =
    tag === first.tag
      ? checkAgainstFlows(tag, messages, pages)
      : checkAgainstFirst(tag, messages, first.tag, first.messages)
  const problems = [...keys, ...checkWords(tag, name, words)]
  if (tag !== first.tag) problems.push(...checkScripts(tag, messages, first.messages))
  const lists = neverOf(folder, tag)
  if (lists === undefined)
    problems.push({
      file: `locales/${tag}/never.json`,
      key: '',
      problem: 'is missing or cannot be used',
      remedy: 'Write the words that may not be seen first, and those that may never be said.',
    })
  else problems.push(...checkWording(tag, messages, cover.lines, lists))
  // A page without words cannot be laid out.
  if (keys.length === 0) problems.push(...checkLimits({ locale, directory, packs, pages, now }))
  return problems
}

function neverOf(folder: string, tag: string): Never | undefined {
  const path = join(folder, tag, 'never.json')
  if (!existsSync(path)) return undefined
  try {
    return never.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return undefined
  }
}
