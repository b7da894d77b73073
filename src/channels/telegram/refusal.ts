import { GrammyError } from 'grammy'

/**
 * Why Telegram did not do what we asked, in fixed words and numbers: nothing of the failed call, its URL, its payload
 * or Telegram's own sentence is kept, so a refusal can be logged and thrown about freely.
 */
export type Refusal =
  /** 401, or 404 for a token that has not even the right form: only the operator can mend it. */
  | { kind: 'token' }
  /** 409: another process polls with this token, or a webhook was set elsewhere. */
  | { kind: 'conflict'; webhook: boolean }
  /** 429. */
  | { kind: 'flood'; afterMs?: number }
  /** The person blocked the bot, deleted the account, or the chat is not there. */
  | { kind: 'gone' }
  /** Telegram will not take this, however often it is asked. */
  | { kind: 'never' }
  /** 5xx, a cut line, a time-out, an answer that is not Telegram's. */
  | { kind: 'unreachable' }

/** Sentences under a 400 that mean that there is no such person any more (a 403 always does). */
const GONE = /chat not found|user not found|user is deactivated|peer_id_invalid/i

export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof GrammyError)) return { kind: 'unreachable' }
  const sentence = typeof error.description === 'string' ? error.description : ''
  switch (error.error_code) {
    case 401:
    case 404:
      return { kind: 'token' }
    case 403:
      return { kind: 'gone' }
    case 409:
      return { kind: 'conflict', webhook: /webhook/i.test(sentence) }
    case 429:
      return flood(error.parameters.retry_after)
    case 400:
      return GONE.test(sentence) ? { kind: 'gone' } : { kind: 'never' }
    default:
      return error.error_code > 400 && error.error_code < 500 ? { kind: 'never' } : { kind: 'unreachable' }
  }
}

function flood(seconds: unknown): Refusal {
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0
    ? { kind: 'flood', afterMs: seconds * 1000 }
    : { kind: 'flood' }
}
