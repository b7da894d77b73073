import { emptyContext, type Look, NEEDS } from '../../../flows/context.ts'
import type { Facts } from '../../../flows/facts.ts'
import { type Filter, FILTERS } from '../../../flows/filters.ts'
import type { PageMeta } from '../../../flows/page.ts'
import type { Locale } from '../../conversation/locale.ts'
import { type Choice, LIMITS } from '../../conversation/message.ts'
import { createRenderer } from '../../conversation/render/render.ts'
import type { Directory } from '../../directory/directory.ts'
import { factsAt } from '../../conversation/facts.ts'
import type { Instant } from '../../operations/environment.ts'
import type { Problem } from './problem.ts'

/**
 * Every page of one language as each platform shows it, with the longest that a pack can fill in: inside the platform's
 * limits, nothing cut off, no two choices alike, every id short enough for the wire.
 */
export interface LimitsWish {
  locale: Locale
  directory: Directory
  packs: readonly string[]
  pages: ReadonlyMap<string, PageMeta>
  now: Instant
}

const LOOKS: readonly Look[] = ['whatsapp', 'telegram']
const CUT = '…'
/** Far from everywhere, so that the longest distances are said. */
const FAR = { lat: 0, lon: 0 }

export function checkLimits({ locale, directory, packs, pages, now }: LimitsWish): Problem[] {
  const { tag } = locale
  const file = `locales/${tag}/messages.json`
  const renderer = createRenderer(new Map([[tag, locale]]), directory, {
    idleHours: 24,
    caseDays: 7,
    talkElsewhere: true,
  })
  const facts = factsAt({ directory, languages: [tag], entrance: 'open' }, { now, desk: 'open' })
  const problems = new Map<string, Problem>()
  const add = (key: string, problem: string, remedy: string, where = file) =>
    problems.set(`${where} ${key} ${problem}`, { file: where, key, problem, remedy })

  for (const look of LOOKS) {
    const limits = LIMITS[look]
    for (const [page, meta] of pages)
      for (const pack of packs)
        for (const filled of fillings(meta, pack, facts)) {
          const context = { ...emptyContext(look, tag), languageChosen: true, taught: true, pack, ...filled }
          const choices = renderer.choices(meta, context, facts)
          const numbered = renderer.message(meta, { ...context, numbersOnly: true }, facts, FAR)
          const source = filled.service === '' ? file : `packs/${pack}/services.csv`
          const key = filled.service === '' ? `pages.${page}` : filled.service
          if (numbered.text.endsWith(CUT))
            add(
              key,
              `is longer than the ${limits.text} characters of a message on ${look}`,
              'Shorten it.',
              source,
            )
          for (const choice of meta.list === undefined
            ? choices
            : choices.filter(({ id }) => !id.includes(':=')))
            if (choice.label.length > limits.rowLabel)
              add(
                `pages.${page}.choices.${idOf(choice)}`,
                `has ${choice.label.length} characters, and ${look} shows ${limits.rowLabel}`,
                'Shorten the label.',
              )
          for (const { id, label } of longForButtons(choices, meta, limits))
            add(
              `pages.${page}.choices.${id}`,
              `has ${label.length} characters, so that ${look} shows a list instead of buttons`,
              `Shorten the label to ${limits.buttonLabel}.`,
            )
          for (const { id } of choices)
            if (Buffer.byteLength(id) > limits.choiceBytes)
              add(
                `packs/${pack}`,
                `makes the id ${id}, longer than ${limits.choiceBytes} bytes`,
                'Give it a shorter id.',
                `packs/${pack}`,
              )
          for (const label of alike(choices))
            add(`pages.${page}.choices`, `has two choices named "${label}"`, 'Name them differently.')
        }
  }
  const listLabel = locale.messages.phrases.listLabel
  if (listLabel.length > LIMITS.whatsapp.listLabel)
    add('phrases.listLabel', `has more than ${LIMITS.whatsapp.listLabel} characters`, 'Shorten it.')
  for (const [page, { title }] of Object.entries(locale.messages.titles))
    if (title.length > LIMITS.whatsapp.rowLabel)
      add(`titles.${page}.title`, `has more than ${LIMITS.whatsapp.rowLabel} characters`, 'Shorten it.')
  return [...problems.values()]
}

interface Filled {
  results: string[]
  service: string
  young: boolean
  filters: Filter[]
}

/** Nothing switched on; and everything that can be at once, which makes the longest lines. */
const WISHED: readonly Filter[][] = [[], FILTERS.filter((one) => !['women', 'girls', 'boys'].includes(one))]

/** The states of a pack that a page can be filled with: every card, every list of results. */
function fillings(meta: PageMeta, pack: string, facts: Facts): Filled[] {
  const none: Filled = { results: [], service: '', young: false, filters: [] }
  const searched = () => NEEDS.map((need) => [...facts.search({ pack, need })])
  if (meta.key === 'services.card')
    return [...new Set(searched().flat())].map((service) => ({ ...none, service }))
  if (meta.list === 'services')
    return searched().flatMap((results) => WISHED.map((filters) => ({ ...none, results, filters })))
  const wished = meta.key.startsWith('services.') ? WISHED : WISHED.slice(0, 1)
  return wished.flatMap((filters) => [
    { ...none, filters },
    { ...none, filters, young: true },
  ])
}

/** Labels that keep few choices from being buttons, which are seen without opening a list. */
function longForButtons(
  choices: readonly Choice[],
  meta: PageMeta,
  { buttons, buttonLabel, rowLabel }: (typeof LIMITS)[Look],
): Choice[] {
  if (meta.list !== undefined || choices.length > buttons) return []
  return choices
    .filter(({ label }) => label.length > buttonLabel && label.length <= rowLabel)
    .map((choice) => ({ ...choice, id: idOf(choice) }))
}

function idOf({ id }: Choice): string {
  return id.slice(id.indexOf(':') + 1)
}

function alike(choices: readonly Choice[]): Set<string> {
  const labels = choices.map(({ label }) => label.toLocaleLowerCase())
  return new Set(labels.filter((label, at) => labels.indexOf(label) !== at))
}
