import arabic from './phrases/ar.json' with { type: 'json' }
import azerbaijani from './phrases/az.json' with { type: 'json' }
import bengali from './phrases/bn.json' with { type: 'json' }
import english from './phrases/en.json' with { type: 'json' }
import french from './phrases/fr.json' with { type: 'json' }
import hausa from './phrases/ha.json' with { type: 'json' }
import spanish from './phrases/es.json' with { type: 'json' }
import russian from './phrases/ru.json' with { type: 'json' }
import somali from './phrases/so.json' with { type: 'json' }
import ukrainian from './phrases/uk.json' with { type: 'json' }
import type { Phrase } from './wire.ts'

/**
 * Lines that a caseworker may send with one click: in the person's language, with what they mean in the caseworker's.
 * A language without a book of its own has none: a line that nobody wrote in her language is never sent as if it were.
 */
type Book = Readonly<Record<string, string>>
const BOOKS: Readonly<Record<string, Book>> = {
  en: english,
  fr: french,
  es: spanish,
  ar: arabic,
  uk: ukrainian,
  ru: russian,
  az: azerbaijani,
  bn: bengali,
  ha: hausa,
  so: somali,
}

export function phrasesFor(language: string, caseworkers: string): Phrase[] {
  const book = BOOKS[language]
  if (book === undefined) return []
  const meanings = BOOKS[caseworkers] ?? english
  return Object.entries(book).map(([id, text]) => ({
    id,
    group: id.slice(0, id.indexOf('.')),
    text,
    meaning: (meanings as Book)[id] ?? text,
  }))
}
