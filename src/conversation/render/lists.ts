import type { Context } from '../../../flows/context.ts'
import type { ListName } from '../../../flows/page.ts'
import { AREAS_AT_ONCE } from '../../../flows/guards.ts'
import { filtersOn } from '../../../flows/filters.ts'
import { filtersShown, reasonsText } from './reasons.ts'
import type { Sources } from './values.ts'

/** Items of a page's list, with their labels, before the page's own choices. */
export interface Item {
  id: string
  label: string
}

export const SHOWN_AT_ONCE = 3

export interface ListSources extends Sources {
  languages: readonly { tag: string; name: string }[]
  packs: readonly string[]
  titleOf(page: string): string
}

export function itemsOf(list: ListName, sources: ListSources): Item[] {
  const { directory, context, now } = sources
  const { pack, language } = context
  switch (list) {
    case 'languages':
      return sources.languages.map(({ tag, name }) => ({ id: tag, label: name }))
    case 'packs':
      return sources.packs.map((id) => ({ id, label: directory.packName(id, language) }))
    case 'areas':
      return areasFrom(directory.areas(pack), context.areasFrom).map((id) => ({
        id,
        label: directory.areaName(pack, id, language),
      }))
    case 'services':
      return shown(context).flatMap((id, index) => {
        const card = directory.card(pack, id, language, now)
        return card === undefined ? [] : [{ id, label: `${context.offset + index + 1}. ${card.name}` }]
      })
    case 'offers':
      return context.offers.flatMap((id) => {
        const label = id.startsWith('service:')
          ? directory.card(pack, id.slice('service:'.length), language, now)?.name
          : sources.titleOf(id)
        return label === undefined || label === '' ? [] : [{ id, label }]
      })
  }
}

/** From where she is in a long list; a list that has become shorter begins anew. */
function areasFrom(areas: readonly string[], from: number): readonly string[] {
  return areas.length > AREAS_AT_ONCE + 1 && from < areas.length ? areas.slice(from) : areas
}

/** What is on is said in full on the page where it is switched. */
const MOST_WISHES = 5

export function shown(context: Context): readonly string[] {
  return context.results.slice(context.offset, context.offset + SHOWN_AT_ONCE)
}

/**
 * The found services as lines of text: name, area, and why each stands there. What the list is narrowed by comes last: a
 * lock screen shows the first words of a message, and they must not say who she is.
 */
export function listedServices(sources: Sources): string {
  const { words, directory, context, now } = sources
  const listed = shown(context).flatMap((id, index) => {
    const card = directory.card(context.pack, id, context.language, now)
    if (card === undefined) return []
    const place = card.areaName === '' ? '' : ` (${card.areaName})`
    return [`${context.offset + index + 1}. ${card.name}${place}\n${reasonsText(id, sources)}`]
  })
  if (listed.length === 0) return words('phrases.gone')
  return [
    ...listed,
    ...(filtersOn(context.filters).length > 0 ? ['', filtersShown(sources, MOST_WISHES)] : []),
  ].join('\n')
}
