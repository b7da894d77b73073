/**
 * How long each thing is kept at most, in one place: what sweeps it takes its time from here, and the documents quote it.
 * Nothing outlives its time by more than one sweep, and by an hour more where the clock has just jumped ahead
 * (`sweep-clock.ts`). What a person erases goes at once, whatever stands here; what is kept of that is `departure`.
 */
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export interface KeptFor {
  what: string
  /** From then on. */
  since: string
  ms: number
  /** The setting that may say otherwise. */
  setting?: 'IDLE_HOURS' | 'CASE_DAYS'
  sweptEveryMs: number
}

export const KEPT_FOR = {
  conversation: {
    what: 'a conversation: the page she is on, her language and choices',
    since: 'her last message',
    ms: 24 * HOUR,
    setting: 'IDLE_HOURS',
    sweptEveryMs: 10 * MINUTE,
  },
  conversationWithCase: {
    what: 'a conversation with a case that may still be answered',
    since: 'the last message of either side',
    ms: 7 * DAY,
    setting: 'CASE_DAYS',
    sweptEveryMs: 10 * MINUTE,
  },
  endedCase: {
    what: 'a case that was closed, with what was said in it and notes about it',
    since: 'its end',
    ms: 7 * DAY,
    setting: 'CASE_DAYS',
    sweptEveryMs: MINUTE,
  },
  unseenCase: {
    what: 'an open case of somebody who does not come back',
    since: 'she was last seen',
    ms: 7 * DAY,
    setting: 'CASE_DAYS',
    sweptEveryMs: MINUTE,
  },
  withdrawal: {
    what: 'that a case was taken back, by a hash that nobody can turn back',
    since: 'it was taken back',
    ms: DAY,
    sweptEveryMs: MINUTE,
  },
  departure: {
    what: 'that somebody erased everything, by a hash that says nothing without the vault, so that nothing late begins anew',
    since: 'it was erased',
    ms: 30 * MINUTE,
    sweptEveryMs: 10 * MINUTE,
  },
  waitingMessage: {
    what: 'a message to her that the platform does not take',
    since: 'it was due',
    ms: DAY,
    sweptEveryMs: 10 * MINUTE,
  },
  messageId: {
    what: "ids of a chat's messages, by which Telegram still deletes them",
    since: 'the message',
    ms: 48 * HOUR,
    sweptEveryMs: 10 * MINUTE,
  },
  seenEvent: {
    what: 'keyed hashes by which an event that a platform repeats is known again',
    since: 'the event',
    ms: 7 * DAY,
    sweptEveryMs: 10 * MINUTE,
  },
  counter: {
    what: 'how often words of danger were heard, by week and language',
    since: 'its week',
    ms: 53 * 7 * DAY,
    sweptEveryMs: 10 * MINUTE,
  },
  statistic: {
    what: 'how many contacts, topics, searches without a result and answers there were, by month and area',
    since: 'its month',
    ms: 400 * DAY,
    sweptEveryMs: 10 * MINUTE,
  },
  handoffTime: {
    what: 'how long people waited for the desk, by day',
    since: 'its day',
    ms: 30 * DAY,
    sweptEveryMs: MINUTE,
  },
  auditLine: {
    what: 'what people did at the desk, to the hour',
    since: 'its hour',
    ms: 365 * DAY,
    sweptEveryMs: HOUR,
  },
  opening: {
    what: 'that somebody at the desk opened a case, by which whoever opens very many is noticed',
    since: 'it was opened',
    ms: HOUR,
    sweptEveryMs: HOUR,
  },
  brokenGlass: {
    what: 'that a supervisor reads a case of somebody else',
    since: 'the glass was broken',
    ms: 30 * MINUTE,
    sweptEveryMs: HOUR,
  },
  kek: {
    what: 'the key that wraps all keys',
    since: 'it was made',
    ms: DAY,
    sweptEveryMs: 10 * MINUTE,
  },
  pepper: {
    what: 'the key of names; the one before goes as soon as nobody is known by it',
    since: 'it was made',
    ms: 7 * DAY,
    sweptEveryMs: 10 * MINUTE,
  },
} as const satisfies Record<string, KeptFor>
