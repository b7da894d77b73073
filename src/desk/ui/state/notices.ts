import { signal } from '@preact/signals'
import type { Failure } from '../server/api.ts'
import { t } from '../wording.ts'

/** One quiet line at the foot of the page, and what is read out: politely, or at once. */

const SHOWN_MS = 8_000

export const notice = signal('')
export const polite = signal('')
export const assertive = signal('')
let timer: ReturnType<typeof setTimeout> | undefined

export function say(text: string): void {
  notice.value = text
  announce(text)
  clearTimeout(timer)
  timer = setTimeout(hush, SHOWN_MS)
}

export function hush(): void {
  notice.value = ''
}

/** Nothing that named a case stays where a screen reader still finds it. */
export function quieten(): void {
  hush()
  polite.value = ''
  assertive.value = ''
}

export function sayRefused(why: Failure): void {
  // The cover says it already.
  if (why !== 'signIn') say(t(`refused.${why}`))
}

/** The same words twice must be read twice: a space makes them different. */
export function announce(text: string): void {
  polite.value = polite.value === text ? `${text} ` : text
}

export function alert(text: string): void {
  assertive.value = assertive.value === text ? `${text} ` : text
}
