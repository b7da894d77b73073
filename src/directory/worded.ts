import type { Text } from './service.ts'

/** The text in the person's language, else in its base language; '' where there is none. */
export function wordedIn(text: Text | undefined, language: string): string {
  if (text === undefined) return ''
  const base = language.split('-')[0] ?? ''
  for (const tag of [language, base]) if (Object.hasOwn(text, tag)) return text[tag] ?? ''
  return ''
}

/** As `wordedIn`, else in English, else in whatever there is: better a name that is read with effort than none. */
export function worded(text: Text | undefined, language: string): string {
  return wordedIn(text, language) || wordedIn(text, 'en') || (Object.values(text ?? {})[0] ?? '')
}
