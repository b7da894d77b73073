import type { Need } from '../../../../flows/context.ts'
import { numbersOf } from '../../../directory/contacts.ts'
import type { Opening } from '../../../directory/directory.ts'
import { isFresh, isLive, todayIn } from '../../../directory/checks/freshness.ts'
import { hoursShown } from '../../../directory/hours/hours-shown.ts'
import { hoursToGoBy } from '../../../directory/hours/hours-to-go-by.ts'
import { NEED_CATEGORIES } from '../../../directory/search/need-categories.ts'
import { openingAt } from '../../../directory/hours/opening.ts'
import { parseHours } from '../../../directory/hours/opening-hours.ts'
import type { Pack } from '../../../directory/pack/pack.ts'
import type { Service } from '../../../directory/service.ts'
import { isSecretPlace } from '../../../directory/secret-place.ts'
import { worded } from '../../../directory/worded.ts'
import type { Instant } from '../../../operations/environment.ts'
import type { DirectoryAnswer, DirectoryPack, DirectoryRow, ServiceState } from '../../directory-wire.ts'
import { kindsNamed } from './kind-words.ts'
import { plain } from './plain.ts'
import { stateOf } from './service-state.ts'

/**
 * The directory as a table for whoever reads it at the desk. A place that stays secret has no area here either, neither in
 * its row nor for the search.
 */
export interface DirectoryWish {
  pack?: string | undefined
  area?: string | undefined
  need?: Need | undefined
  state?: ServiceState | undefined
  text?: string | undefined
  most: number
}
export interface Reader {
  language: string
  now: Instant
}

export function directoryFor(packs: readonly Pack[], wish: DirectoryWish, reader: Reader): DirectoryAnswer {
  const words = plain(wish.text ?? '')
    .split(/\s+/u)
    .filter(Boolean)
  const digits = words.join('').replace(/\D/gu, '')
  const asked = words.map((word) => ({ word, kinds: kindsNamed(word, reader.language) }))
  const collator = new Intl.Collator(reader.language)
  const found = packs
    .filter(({ id }) => wish.pack === undefined || id === wish.pack)
    .flatMap((pack) => {
      const today = todayIn(pack, reader.now)
      const areas = asked.map(({ word }) => areasNamed(pack, word))
      const isMeant = (service: Service): boolean => {
        if (digits.length >= FEWEST_DIGITS && /^[\d\s+()*#/.-]+$/u.test(words.join(' ')))
          return numbersOf(service, ...NUMBERS).some((one) => one.replace(/\D/gu, '').includes(digits))
        const text = plain(
          [
            ...Object.values(service.name),
            service.orgName,
            service.id,
            ...numbersOf(service, ...NUMBERS),
          ].join(' '),
        )
        return asked.every(
          ({ word, kinds }, at) =>
            text.includes(word) ||
            service.categories.some((kind) => kinds.has(kind)) ||
            isIn(service, areas[at] ?? []),
        )
      }
      return pack.services
        .filter(
          (service) =>
            (wish.area === undefined || isIn(service, [wish.area])) &&
            (wish.need === undefined || answers(service, wish.need)) &&
            (wish.state === undefined || stateOf(service, today) === wish.state) &&
            isMeant(service),
        )
        .map((service) => ({ pack, service, name: worded(service.name, reader.language) }))
    })
    .toSorted((a, b) => collator.compare(a.name, b.name))
  return {
    services: found.slice(0, wish.most).map(({ pack, service }) => rowOf(service, pack, reader)),
    total: found.length,
    packs: packs.map((pack) => packShown(pack, reader)),
  }
}

const NUMBERS = ['phone', 'tollfree', 'whatsapp', 'sms'] as const
const FEWEST_DIGITS = 3

export function rowOf(service: Service, pack: Pack, { language, now }: Reader): DirectoryRow {
  return {
    id: `${pack.id}/${service.id}`,
    name: worded(service.name, language),
    area: areaShown(service, pack, language),
    kinds: [...service.categories],
    numbers: [...new Set(numbersOf(service, ...NUMBERS))],
    opening: openingOf(service, pack, now),
    hours: hoursShown(hoursToGoBy(service), language),
    checkedOn: service.verified.on,
    reviewBy: service.reviewBy,
    state: stateOf(service, todayIn(pack, now)),
  }
}

function openingOf(service: Service, { holidays }: Pack, now: Instant): Opening {
  const hours = hoursToGoBy(service)
  const parsed = parseHours(hours?.osm ?? '')
  if (hours === undefined || 'problem' in parsed) return { kind: 'unknown' }
  return openingAt({ hours: parsed.hours, timeZone: hours.tz, holidays }, now)
}

function packShown(pack: Pack, { language, now }: Reader): DirectoryPack {
  const today = todayIn(pack, now)
  return {
    id: pack.id,
    name: worded(pack.names, language),
    areas: pack.areas.map(({ id, names }) => ({ id, name: worded(names, language) })),
    served: isLive(pack.services.filter((service) => isFresh(service, today))),
  }
}

function areaShown(service: Service, { areas }: Pack, language: string): string {
  return worded(areas.find(({ id }) => isIn(service, [id]))?.names, language)
}

function isIn(service: Service, areas: readonly string[]): boolean {
  const { adm1 = '', adm2 = '' } = service.area
  return !isSecretPlace(service) && (areas.includes(adm2) || areas.includes(adm1))
}

function areasNamed({ areas }: Pack, word: string): string[] {
  return areas
    .filter(({ names, aliases }) =>
      [...Object.values(names), ...aliases].some((name) => plain(name).includes(word)),
    )
    .map(({ id }) => id)
}

function answers({ categories }: Service, need: Need): boolean {
  return categories.some((category) => NEED_CATEGORIES[need].includes(category))
}
