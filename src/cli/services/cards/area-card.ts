import type { Need } from '../../../../flows/context.ts'
import type { Directory, Hotline, ServiceCard } from '../../../directory/directory.ts'
import type { Instant } from '../../../operations/environment.ts'

/**
 * What stands on the paper of one area: the emergency number, lines to call, and the nearest place for each need, those that
 * matter first. Only what the chat would show today; no police, which has a notice of its own there, and no line about aid
 * workers.
 */
export interface AreaCard {
  area: string
  emergency: string | undefined
  hotlines: readonly Hotline[]
  places: readonly PlaceOnCard[]
  /** ISO date: the oldest check of what is on it. */
  checkedOn: string | undefined
}

export interface PlaceOnCard {
  name: string
  numbers: readonly string[]
  /** undefined: a secret place is a number and nothing more. */
  more: { hours: string; address: string; mandatoryReporting: string } | undefined
}

export interface CardWish {
  directory: Directory
  pack: string
  area: string
  language: string
  now: Instant
}

/** Panels that are inside when the sheet is folded; the lines to call take the first. */
const PANELS = 6
const NEEDS: readonly Need[] = [
  'health',
  'safeSpace',
  'feelings',
  'caseManagement',
  'shelter',
  'legal',
  'supplies',
  'registration',
]
/** A longer notice would not fit beside the number that it belongs to, and must not be cut. */
const LONGEST_NOTICE = 160
const MOST_NUMBERS = 2
/** Hours that say more would be cut, and half of them can be wrong: then it says to call first. */
const LONGEST_HOURS = 200

export function areaCard({ directory, pack, area, language, now }: CardWish): AreaCard {
  const hotlines = directory.hotlines(pack, language, now, { area })
  const used = new Set(hotlines.map(({ id }) => id))
  const cards: ServiceCard[] = []
  for (const need of NEEDS) {
    if (cards.length === PANELS - Math.min(1, hotlines.length)) break
    const card = bestOf(
      directory
        .search({ pack, need, area }, now)
        .filter((id) => !used.has(id))
        .flatMap((id) => directory.card(pack, id, language, now) ?? [])
        .filter(isPrintable),
    )
    if (card === undefined) continue
    used.add(card.id)
    cards.push(card)
  }
  const checks = [...used].flatMap((id) => directory.service(pack, id, now)?.verified.on ?? []).toSorted()
  return {
    area: directory.areaName(pack, area, language),
    emergency: directory.emergency(pack, language),
    hotlines,
    places: cards.map(placeOf),
    checkedOn: checks[0],
  }
}

/** The nearest; on paper, one in the same area that is open day and night is worth more. */
function bestOf(near: readonly ServiceCard[]): ServiceCard | undefined {
  const [first] = near
  return (
    near.find(({ opening, areaName }) => opening.kind === 'always' && areaName === first?.areaName) ?? first
  )
}

function isPrintable({ isPolice, mandatoryReporting, phones, whatsapp, address }: ServiceCard): boolean {
  if (isPolice || mandatoryReporting.length > LONGEST_NOTICE) return false
  return phones.length > 0 || whatsapp.length > 0 || address !== ''
}

function placeOf(card: ServiceCard): PlaceOnCard {
  const numbers = (card.phones.length > 0 ? card.phones : card.whatsapp).slice(0, MOST_NUMBERS)
  const isSecret = card.address === '' && card.areaName === ''
  const hours = card.opening.kind === 'always' ? '24/7' : card.hoursText
  const more = {
    hours: hours.length > LONGEST_HOURS ? '' : hours,
    address: [card.address, card.areaName].filter((part) => part !== '').join(', '),
    mandatoryReporting: card.mandatoryReporting,
  }
  return { name: card.name, numbers, more: isSecret ? undefined : more }
}
