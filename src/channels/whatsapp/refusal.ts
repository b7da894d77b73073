import { GraphApiError } from '@kapso/whatsapp-cloud-api'

/**
 * Why Meta did not do what we asked, in fixed words and numbers: nothing of the failed call, its URL, its payload or
 * Meta's own sentence is kept, so a refusal can be logged and thrown about freely. The classes follow Meta's error
 * reference by code, never by text.
 *
 * There is no `gone`: Meta documents no code for a person who blocked us or closed the account. A block shows as a
 * message that is never delivered; 131026 covers a number that is not on WhatsApp, an old app and terms not accepted
 * alike; 131050 is about marketing messages only. To wipe on a guess would lose a conversation that goes on.
 */
export type Refusal =
  /** Only the operator can mend it: the access token. */
  | { kind: 'token' }
  /** Only the operator can mend it: a permission, the account, the number's registration, the bill. */
  | { kind: 'account' }
  /** Too many calls, to this person or at all. */
  | { kind: 'flood'; afterMs?: number }
  /** More than 24 h since she wrote. */
  | { kind: 'windowClosed' }
  /** Meta will not take this, however often it is asked. */
  | { kind: 'never' }
  /** 5xx, a cut line, a time-out, an answer that is not Meta's. */
  | { kind: 'unreachable'; afterMs?: number }

/** Writing to one person too fast: Meta lets one message through in about 6 s. */
const PAIR = 131056
const PAIR_MS = 6_000
/** Nobody waits longer on the word of one header. */
const LONGEST_WAIT_MS = 60 * 60_000

const TOKEN = new Set([0, 190])
const ACCOUNT = new Set([
  3, 10, 33, 368, 130497, 131005, 131031, 131037, 131042, 131045, 133005, 133006, 133010,
])
const FLOOD = new Set([4, 429, 80007, 130429, 131048, PAIR])
const PASSING = new Set([1, 2, 131000, 131016, 131057, 133004])
const WINDOW = 131047
/** Subcode under 100: the number's id is unknown to this token; no fault of the message. */
const NO_SUCH_OBJECT = 33

export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof GraphApiError)) return { kind: 'unreachable' }
  const { httpStatus, code, errorSubcode, retry, raw } = error
  const wait = waitOf(retry.retryAfterMs)
  // A proxy in between answers with pages of its own; they say nothing of our message.
  if (!isMetas(raw)) {
    return httpStatus === 429 ? { kind: 'flood', ...wait } : { kind: 'unreachable', ...wait }
  }
  return refusalOfCode(typeof code === 'number' ? code : httpStatus, { httpStatus, errorSubcode, wait })
}

interface Circumstances {
  httpStatus?: number
  errorSubcode?: number | undefined
  wait?: { afterMs?: number }
}

/** For a code that came in a failed status, or inside an answer that called itself a success. */
export function refusalOfCode(
  code: number,
  { httpStatus = 400, errorSubcode, wait = {} }: Circumstances = {},
): Refusal {
  if (code === PAIR) return { kind: 'flood', afterMs: Math.max(PAIR_MS, wait.afterMs ?? 0) }
  if (FLOOD.has(code) || httpStatus === 429) return { kind: 'flood', ...wait }
  if (PASSING.has(code) || httpStatus >= 500 || httpStatus < 400) return { kind: 'unreachable', ...wait }
  if (code === WINDOW) return { kind: 'windowClosed' }
  if (TOKEN.has(code) || httpStatus === 401) return { kind: 'token' }
  if (ACCOUNT.has(code) || (code >= 200 && code <= 299)) return { kind: 'account' }
  if (code === 100 && errorSubcode === NO_SUCH_OBJECT) return { kind: 'account' }
  // A 403 whose code we do not know withholds a right from us, not a message from her.
  if (code === 403) return { kind: 'account' }
  return { kind: 'never' }
}

function isMetas(raw: unknown): boolean {
  return (
    typeof raw === 'object' &&
    raw !== null &&
    'error' in raw &&
    typeof raw.error === 'object' &&
    raw.error !== null
  )
}

function waitOf(ms: number | undefined): { afterMs?: number } {
  return ms === undefined || Number.isNaN(ms) ? {} : { afterMs: Math.min(ms, LONGEST_WAIT_MS) }
}
