import type { Clock, Instant } from '../../operations/environment.ts'

/**
 * What the WhatsApp channel tells its operator: a fixed code, never a text, a number, an id or an error of anybody
 * else's making.
 */
export const WHATSAPP_EVENTS = [
  /** Sending works (again). */
  'whatsapp.sending',
  /** WHATSAPP_ACCESS_TOKEN is refused (run out, or mistyped): make a new one for the system user. */
  'whatsapp.tokenRefused',
  /** Meta holds back the account, the number or a permission: look into WhatsApp Manager. */
  'whatsapp.accountTrouble',
  /** Meta cannot be reached, or what answers is not Meta. */
  'whatsapp.unreachable',
  /** Meta asks for calls to be fewer. */
  'whatsapp.slowedDown',
  /** Meta took a message and could not deliver it. */
  'whatsapp.sendFailed',
  /** Meta told of a fault of the account inside a webhook call: look into WhatsApp Manager. */
  'whatsapp.accountError',
  /** Something came for a number that is not in WHATSAPP_PHONE_NUMBER_ID, and was ignored. */
  'whatsapp.otherNumber',
  /** A message came out of a group, and was ignored: take the number out of groups. */
  'whatsapp.groupIgnored',
  /** A message named no sender, so nobody could be answered. */
  'whatsapp.senderMissing',
  /** Part of a webhook call did not have the published form. */
  'whatsapp.itemUnreadable',
  /** Events cannot be committed; Meta keeps them and sends them again. */
  'whatsapp.itemsWaiting',
  /** An event was given up: it failed again and again while others were committed. */
  'whatsapp.itemGivenUp',
] as const
export type WhatsappEvent = (typeof WHATSAPP_EVENTS)[number]

/** Fits `src/operations/log.ts`. */
export interface EventLog {
  event(code: WhatsappEvent): void
}

/** How the line to Meta is; only a change is worth a word. */
export type Line =
  | 'whatsapp.sending'
  | 'whatsapp.unreachable'
  | 'whatsapp.tokenRefused'
  | 'whatsapp.accountTrouble'

/**
 * Tells what may happen a thousand times a minute at most once a minute for each code, and how the line is only when
 * that changed, so that neither a flood nor a line that comes and goes can fill the log.
 */
export interface Teller {
  tell(code: WhatsappEvent): void
  line(now: Line): void
}

const QUIET_MS = 60_000

export function createTeller(log: EventLog, clock: Clock): Teller {
  const toldAt = new Map<WhatsappEvent, Instant>()
  // A line that works from the start needs no word.
  let lineTold: Line = 'whatsapp.sending'

  function tell(code: WhatsappEvent): boolean {
    const before = toldAt.get(code)
    const now = clock.now()
    if (before !== undefined && now - before < QUIET_MS && now >= before) return false
    toldAt.set(code, now)
    log.event(code)
    return true
  }

  return {
    tell(code) {
      tell(code)
    },
    line(now) {
      if (now !== lineTold && tell(now)) lineTold = now
    },
  }
}
