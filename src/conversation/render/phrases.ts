import i18next, { type i18n } from 'i18next'
import type { Locales } from '../locale.ts'

/** Words of one language, filled with values. A key that a locale lacks is taken from the first language. */
export type Words = (key: string, values?: Readonly<Record<string, string | number>>) => string

/** First strong isolate and its end: an inserted value keeps its own direction (Unicode UAX #9). */
const FSI = '⁨'
const PDI = '⁩'

/** Line by line, since the end of a line ends every isolate. */
function isolated(value: string): string {
  return value.replaceAll(/.+/gu, (line) => `${FSI}${line}${PDI}`)
}

/** A key that has plural forms is there in one of them; for any other key a count changes nothing. */
const ANY_COUNT = { count: 1 }

export interface Phrases {
  of(language: string): Words
  has(language: string, key: string): boolean
}

interface Source {
  instance: i18n
  words: Words
}

export function createPhrases(locales: Locales): Phrases {
  const byLanguage = new Map<string, Source>()
  const [first] = locales.values()
  for (const { tag, direction, messages } of locales.values()) {
    const instance = i18next.createInstance()
    void instance.init({
      lng: tag,
      fallbackLng: false,
      initAsync: false,
      resources: { [tag]: { translation: messages } },
      interpolation: {
        escapeValue: direction === 'rtl',
        escape: isolated,
      },
      returnNull: false,
    })
    byLanguage.set(tag, {
      instance,
      words: (key, values) => instance.t(key, values ?? {}),
    })
  }
  const fallback = first === undefined ? undefined : byLanguage.get(first.tag)
  const remembered = new Map<string, Words>()

  function wordsOf(language: string): Words {
    const own = byLanguage.get(language) ?? fallback
    // What takes no values never changes, nor does who has a key: both are looked up once.
    const still = new Map<string, string>()
    const sources = new Map<string, Source | undefined>()
    const sourceOf = (key: string) => {
      let source = sources.get(key)
      if (source === undefined)
        sources.set(key, (source = own?.instance.exists(key, ANY_COUNT) ? own : fallback))
      return source
    }
    const look: Words = (key, values) => sourceOf(key)?.words(key, values) ?? ''
    return (key, values) => {
      if (values !== undefined) return look(key, values)
      let text = still.get(key)
      if (text === undefined) still.set(key, (text = look(key)))
      return text
    }
  }

  return {
    of(language) {
      let words = remembered.get(language)
      if (words === undefined) remembered.set(language, (words = wordsOf(language)))
      return words
    },
    has: (language, key) => byLanguage.get(language)?.instance.exists(key) ?? false,
  }
}
