import { type Filter, FILTERS, filtersOn, FOR_WHOM } from '../../../flows/filters.ts'
import type { Asked, Reason } from '../../directory/search/reasons.ts'
import { agesText, openingText } from './card.ts'
import type { Words } from './phrases.ts'
import type { Sources } from './values.ts'

/** The one line under a found service, in words: why it stands there, and what to ask before going. */
const BETWEEN = ' · '

export function reasonsText(id: string, { words, directory, context, now, near }: Sources): string {
  const { pack, language, young } = context
  const wished = { filters: filtersOn(context.filters), language, young, ...(near && { near }) }
  return directory
    .reasons(pack, id, wished, now)
    .map((reason) => inWords(reason, words, language))
    .join(BETWEEN)
}

function inWords(reason: Reason, words: Words, language: string): string {
  switch (reason.kind) {
    case 'opening':
      return openingText(reason.opening, words, language)
    case 'near':
      return words('phrases.near')
    case 'about':
      return words('phrases.about', { km: reason.km })
    case 'is':
      return words(`phrases.${reason.fact}`)
    case 'for':
      return words(labelKey(reason.filter))
    case 'ages':
      return agesText(reason, words)
    case 'ask':
      return words('phrases.askFirst', {
        about: listed(
          reason.about.map((one) => words(ASK[one])),
          language,
        ),
      })
  }
}

const ASK = {
  papers: 'phrases.askPapers',
  cost: 'phrases.askCost',
  interpreter: 'phrases.askInterpreter',
  children: 'phrases.askChildren',
  whom: 'phrases.askWhom',
} as const satisfies Record<Asked, string>

/** No "and": the words stand as they are, whatever form another language would ask for after it. */
function listed(words: readonly string[], language: string): string {
  const isArabicScript = new Intl.Locale(language).maximize().script === 'Arab'
  return words.join(isArabicScript ? '، ' : ', ')
}

/**
 * What the list is narrowed by, in the words of the choices that switched it on; with `most`, the first few of them, since
 * a list of places must fit below.
 */
export function filtersShown({ words, context }: Sources, most: number = FILTERS.length): string {
  const on = filtersOn(context.filters)
  if (on.length === 0) return words('phrases.filtersNone')
  const named = on.slice(0, most).map((one) => words(labelKey(one)))
  const filters = listed(on.length > most ? [...named, '…'] : named, context.language)
  return words('phrases.filtersOn', { filters })
}

const WHOM: readonly Filter[] = FOR_WHOM

function labelKey(filter: Filter): string {
  const page = WHOM.includes(filter) ? 'forWhom' : 'narrow'
  return `pages.services.${page}.choices.${filter}`
}
