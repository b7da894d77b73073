import type { Pack } from '../pack/pack.ts'
import { inItsOrder } from '../right-to-left.ts'
import { worded } from '../worded.ts'

/**
 * A short code means another line in another country (116 123 is one of them), so it is never shown without the name of
 * its country (reference content-and-safety 7). A number with its country's code stands alone; one without it, of a service
 * across the border, reaches somebody else from here however long it is.
 */
const LONGEST_SHORT_CODE = 6

/** `country`: where the number is dialled, when that is not the pack's. */
export function numberShown(number: string, pack: Pack, language: string, country = pack.country): string {
  if (number.startsWith('+')) return number
  const isShort = number.replace(/\D/gu, '').length <= LONGEST_SHORT_CODE
  return isShort || country !== pack.country
    ? `${inItsOrder(number, language)}, ${countryShown(country, pack, language)}`
    : number
}

export function countryShown(country: string, pack: Pack, language: string): string {
  if (country === pack.country) return worded(pack.names, language)
  return new Intl.DisplayNames(language, { type: 'region' }).of(country) ?? country
}
