import type { Pack } from './pack.ts'
import { worded } from './worded.ts'

/**
 * A short code means another line in another country (116 123 is one of them), so it is never shown without the name of
 * its country (reference content-and-safety 7). A number with its country's code stands alone.
 */
const LONGEST_SHORT_CODE = 6

export function numberShown(number: string, pack: Pack, language: string): string {
  const isShort = !number.startsWith('+') && number.replace(/\D/gu, '').length <= LONGEST_SHORT_CODE
  return isShort ? `${number}, ${worded(pack.names, language)}` : number
}
