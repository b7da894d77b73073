import { numbersOf } from './contacts.ts'
import type { Hotline, HotlineWish, Opening } from './directory.ts'
import { isHotline } from './freshness.ts'
import { hoursShown } from './hours-shown.ts'
import { numberShown } from './number-shown.ts'
import { fitsUnder18, isOpen } from './narrowing.ts'
import type { Pack } from './pack.ts'
import type { Service } from './service.ts'
import { worded } from './worded.ts'

/**
 * At most two lines to call: first the kind that was wished for, then those that answer now, then those that speak the
 * person's language. The police and the line about aid workers are never among them, nor for somebody under 18 a line
 * whose ages leave them out.
 */
const MOST = 2

export interface Calling {
  pack: Pack
  language: string
  wish: HotlineWish
  opening(service: Service): Opening
}

export function hotlinesOf(services: readonly Service[], calling: Calling): Hotline[] {
  const { pack, language, wish } = calling
  return services
    .filter((service) => isHotline(service) && (wish.young !== true || fitsUnder18(service) !== 'no'))
    .map((service) => ({ service, worth: worth(service, calling) }))
    .toSorted((a, b) => b.worth - a.worth)
    .slice(0, MOST)
    .map(({ service }) => ({
      id: service.id,
      name: worded(service.name, language),
      number: numberShown(numbersOf(service, 'tollfree', 'phone')[0] ?? '', pack, language),
      hours: service.hours?.osm === '24/7' ? '24/7' : hoursShown(service.hours, language),
    }))
}

function worth(service: Service, { language, wish, opening }: Calling): number {
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
    Number(isForOthers) * 8
  )
}
