/**
 * What the Telegram channel tells its operator: a fixed code, never a text, an address, an id or an error of anybody
 * else's making.
 */
export const TELEGRAM_EVENTS = [
  /** Polling works (again). */
  'telegram.polling',
  /** The token works (again); updates come by webhook. */
  'telegram.listening',
  /** TELEGRAM_BOT_TOKEN is refused (revoked, or mistyped): get a new one from BotFather. */
  'telegram.tokenRefused',
  /** A second process polls with the same token: stop one of them. */
  'telegram.anotherPoller',
  /** A webhook was set with this token while we poll: unset one of the two. */
  'telegram.webhookSet',
  /** Telegram cannot be reached, or answers what is not its own. */
  'telegram.unreachable',
  /** Telegram asks for calls to be fewer. */
  'telegram.slowedDown',
  /** Updates cannot be committed; Telegram keeps them and they are tried again. */
  'telegram.updatesWaiting',
  /** An update was given up: it failed again and again while others were committed. */
  'telegram.updateGivenUp',
  /** An update did not have the published form. */
  'telegram.updateUnreadable',
  /** The bot was put into a group or channel and left it: switch group joining off in BotFather. */
  'telegram.leftGroup',
] as const
export type TelegramEvent = (typeof TELEGRAM_EVENTS)[number]

/** Fits `src/operations/log.ts`. */
export interface EventLog {
  event(code: TelegramEvent): void
}
