import type { Here } from '../../../src/conversation/engine.ts'
import type { LexiconSource } from '../../../src/conversation/understand/compile-lexicon.ts'
import { createLexicon } from '../../../src/conversation/understand/lexicon.ts'
import { createTitleSearch } from '../../../src/conversation/understand/search.ts'
import type { WordLists } from '../../../src/conversation/understand/word-lists.ts'
import english from '../../../locales/en/words.json' with { type: 'json' }

/** Locales as `createLexicon` reads them: only tag, name and words. */
export function localesOf(...languages: { tag: string; name: string; words: WordLists }[]): LexiconSource {
  return new Map(languages.map((language) => [language.tag, language]))
}

export const englishLocale = { tag: 'en', name: 'English', words: english }
export const lexicon = createLexicon(localesOf(englishLocale))
export const nothing = createTitleSearch(new Map())

export function at(here: Partial<Here> = {}): Here {
  return { mode: 'open', language: 'en', pack: 'demo', choices: [], ...here }
}
