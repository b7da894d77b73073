import { numbersOf } from '../contacts.ts'
import type { Hotline, HotlineWish, Opening } from '../directory.ts'
import { isHotline } from '../checks/freshness.ts'
import { hoursShown } from '../hours/hours-shown.ts'
import { hoursToCall } from '../hours/hours-to-go-by.ts'
import { numberShown } from './number-shown.ts'
import { fitsUnder18, isOpen } from '../search/narrowing.ts'
import type { Pack } from '../pack/pack.ts'
import { isOfAnotherRegion, isRegionalLine, isSecretLineOfARegion } from './regional-line.ts'
import type { Service } from '../service.ts'
import { areaName } from './service-card.ts'
import { worded } from '../worded.ts'

/**
 * At most two lines to call: first the kind that was wished for, then those that answer now, then those that speak the
 * person's language. The police and the line about aid workers are never among them, nor a line of another region, nor for
 * somebody under 18 a line whose ages leave them out. One of a region stands behind those of the whole country, with the
 * name of its region.
 */
const MOST = 2

export interface Calling {
  pack: Pack
  language: string
  wish: HotlineWish
  /** Whether its number is answered. */
  opening(service: Service): Opening
}

export function hotlinesOf(services: readonly Service[], calling: Calling): Hotline[] {
  const { pack, language, wish } = calling
  return services
    .filter(isHotline)
    .filter((service) => !isOfAnotherRegion(service, wish.area ?? ''))
    .filter((service) => wish.young !== true || fitsUnder18(service) !== 'no')
    .map((service) => ({ service, worth: worth(service, calling) }))
    .toSorted((a, b) => b.worth - a.worth)
    .slice(0, MOST)
    .map(({ service }) => ({
      id: service.id,
      name: nameShown(service, pack, language),
      number: numberShown(
        numbersOf(service, 'tollfree', 'phone')[0] ?? '',
        pack,
        language,
        service.area.country,
      ),
      hours: hoursOf(service, language),
    }))
}

/** Of the number that is given, whatever the hours of a door. */
function hoursOf(service: Service, language: string): string {
  const hours = hoursToCall(service)
  return hours?.osm === '24/7' ? '24/7' : hoursShown(hours, language)
}

function nameShown(service: Service, pack: Pack, language: string): string {
  const name = worded(service.name, language)
  const region = isRegionalLine(service) ? areaName(service, pack, language) : ''
  return region === '' ? name : `${name} (${region})`
}

function worth(service: Service, { language, wish, opening }: Calling): number {
  const isUnsureWhere =
    isSecretLineOfARegion(service) || (isRegionalLine(service) && (wish.area ?? '') === '')
  const { categories, languages } = service
  const isWished =
    (wish.young === true && categories.includes('child_protection')) ||
    (wish.trafficking === true && categories.includes('anti_trafficking'))
  const answers = isOpen(opening(service))
  // A line for children is not what an adult looks for, nor the other way round.
  const isForOthers = categories.includes('child_protection') && wish.young !== true
  return (
    Number(isWished) * 4 +
    Number(answers) * 2 +
    Number(languages.includes(language)) -
    Number(isForOthers) * 8 -
    Number(isUnsureWhere) * 16
  )
}
