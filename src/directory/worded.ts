import type { Text } from './service.ts'

/** The text in the person's language, else in its base language, else in English, else in whatever there is; '' for none. */
export function worded(text: Text | undefined, language: string): string {
  if (text === undefined) return ''
  const base = language.split('-')[0] ?? ''
  for (const tag of [language, base, 'en']) if (Object.hasOwn(text, tag)) return text[tag] ?? ''
  return Object.values(text)[0] ?? ''
}
