import { numbersOf } from '../contacts.ts'
import type { Pack } from './pack.ts'
import type { Service } from '../service.ts'

/**
 * A pack in which nothing was ever dialled, or nothing is there to dial: its numbers were only read on public pages. It is
 * never served, and no fault of anybody's while no setting names it.
 */
export function isDraftPack({ services }: Pick<Pack, 'services'>): boolean {
  return services.every(({ status }) => status === 'draft')
}

/** A draft with a date has been dialled; what is missing is that somebody publishes it. */
export function isNeverDialled({ status, verified }: Service): boolean {
  return status === 'draft' && verified.on === ''
}

export function numbersToDial(service: Service): readonly string[] {
  return numbersOf(service, 'tollfree', 'phone', 'whatsapp', 'sms')
}

/** What it is and what to do with it, as the ends of two sentences. */
export function draftInWords({ id, services }: Pick<Pack, 'id' | 'services'>): {
  problem: string
  remedy: string
} {
  if (services.length === 0)
    return {
      problem: 'has no services yet, so it is not served',
      remedy: `Find the health services and hotlines of the place, dial each, and write them into packs/${id}/services.csv (docs/packs.md).`,
    }
  const toDial = [...new Set(services.filter(isNeverDialled).flatMap(numbersToDial))]
  return {
    problem: `is a draft: dial before use${toDial.length === 0 ? '' : ` (${toDial.join('; ')})`}`,
    remedy: `Dial each number; "npm run -s lantern -- services due --pack ${id}" lists them with their sources. In packs/${id}/services.csv set status to active, verified_on, verified_by and review_by where it was right, and add a health service (docs/packs.md).`,
  }
}
