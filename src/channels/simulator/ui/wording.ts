import type { Instant } from '../../../operations/environment.ts'

/** How the page writes times, and on which side a text begins. */

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const timeWithSeconds = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' })

export function clockTime(at: Instant): string {
  return time.format(at)
}

export function exactTime(at: Instant): string {
  return timeWithSeconds.format(at)
}

const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u

/** By the first letter, as browsers do for `dir="auto"`. */
export function directionOf(text: string): 'ltr' | 'rtl' {
  const [first] = /\p{L}/u.exec(text) ?? []
  return first !== undefined && RIGHT_TO_LEFT.test(first) ? 'rtl' : 'ltr'
}
