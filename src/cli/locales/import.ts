import type { Locale, Messages } from '../../conversation/locale.ts'
import { leavesOf } from '../check/leaves.ts'

/** One text that a translator changed. */
export interface Change {
  key: string
  from: string
  to: string
}

export interface Changed {
  changes: Change[]
  /** The language as it would be. */
  locale: Locale
  /** One line for each row that cannot be taken. */
  refused: string[]
}

/** A row that says nothing is left as it is; a key that the language does not have is refused, never added. */
export function withTexts(locale: Locale, texts: ReadonlyMap<string, string>): Changed {
  const known = leavesOf(locale.messages)
  const refused: string[] = []
  const changes: Change[] = []
  for (const [key, to] of texts) {
    const from = known.get(key)
    if (from === undefined) refused.push(`${key} is no text of locales/${locale.tag}/messages.json`)
    else if (to.trim() === '') refused.push(`${key} has no translation`)
    else if (to !== from) changes.push({ key, from, to })
  }
  const replaced = new Map(changes.map(({ key, to }) => [key, to]))
  return { changes, refused, locale: { ...locale, messages: replace(locale.messages, replaced) as Messages } }
}

function replace(value: unknown, texts: ReadonlyMap<string, string>, key = ''): unknown {
  if (typeof value === 'string') return texts.get(key) ?? value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      replace(inner, texts, key === '' ? name : `${key}.${name}`),
    ]),
  )
}
