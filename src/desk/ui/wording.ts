import { effect, signal } from '@preact/signals'
import ar from '../locales/ar.json' with { type: 'json' }
import az from '../locales/az.json' with { type: 'json' }
import en from '../locales/en.json' with { type: 'json' }
import es from '../locales/es.json' with { type: 'json' }
import fr from '../locales/fr.json' with { type: 'json' }

/**
 * The words of the desk. A key that a language lacks is a type error; what is put into a sentence is isolated, so that a
 * number or a name of the other direction moves nothing around it.
 */

export type Key = keyof typeof en
type Wording = string | { [rule in Intl.LDMLPluralRule]?: string }
const WORDS: Record<string, Record<Key, Wording>> = { en, fr, es, ar, az }

export const LANGUAGES = [
  { tag: 'en', name: 'English', direction: 'ltr' },
  { tag: 'fr', name: 'Français', direction: 'ltr' },
  { tag: 'es', name: 'Español', direction: 'ltr' },
  { tag: 'ar', name: 'العربية', direction: 'rtl' },
  { tag: 'az', name: 'Azərbaycanca', direction: 'ltr' },
] as const

export const language = signal<string>(
  navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag in WORDS) ?? 'en',
)

export function speak(tag: string): void {
  const base = tag.split('-')[0] ?? 'en'
  language.value = base in WORDS ? base : 'en'
}

effect(() => {
  document.documentElement.lang = language.value
  document.documentElement.dir = LANGUAGES.find(({ tag }) => tag === language.value)?.direction ?? 'ltr'
})

/** For Intl: ASCII digits in every language, as they are said on the telephone. */
export function locale(): string {
  return `${language.value}-u-nu-latn`
}

export type Values = Record<string, string | number>

/** `n` chooses the plural form. */
export function t(key: Key, values: Values = {}): string {
  const wording: Wording | undefined = WORDS[language.value]?.[key] ?? en[key]
  // A word of a newer server: shown as it came, and the desk goes on.
  if (wording === undefined) return key
  const form =
    typeof wording === 'string'
      ? wording
      : (wording[new Intl.PluralRules(language.value).select(Number(values['n'] ?? 0))] ??
        wording.other ??
        '')
  return form.replace(/\{(\w+)\}/gu, (_, name: string) => isolate(String(values[name] ?? '')))
}

/** The words for an id that comes from the server; the id itself where there are none yet. */
export function named(kind: string, id: string): string {
  const key = `${kind}.${id}`
  return key in en ? t(key as Key) : id
}

export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(language.value, { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}

export function directionOf(tag: string): 'ltr' | 'rtl' {
  return /^(?:ar|fa|he|ku|ps|ur|ckb|dv|prs|ug)\b/u.test(tag) ? 'rtl' : 'ltr'
}

/** First strong isolate ... pop directional isolate. */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`
}
