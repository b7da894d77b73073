import type { Log } from '../../operations/log.ts'

/** Why Chatwoot did not do what was asked, in words of ours: nothing of its answer or of our request is kept. */
export type Trouble =
  /** 5xx, a cut line, a time-out, a redirect, a page where JSON belongs. */
  | 'unreachable'
  /** 429. */
  | 'busy'
  /** 401 or 403: the access token, the HMAC token, or a right that is missing. */
  | 'token'
  /** 404 in Chatwoot's own form: there is no such thing, or not for this account. */
  | 'gone'
  /** Anything else that it will not take. */
  | 'refused'

/** Thrown at the edges of this folder, so that the outbox tries again. */
export class ChatwootNotReached extends Error {
  override readonly name = 'ChatwootNotReached'
  readonly code: Trouble
  constructor(code: Trouble) {
    super('Chatwoot did not do what was asked')
    this.code = code
  }
}

/** Tells how the line to Chatwoot is, only when that changed, so that a day without it is one line in the log. */
export function createTeller(log: Log): (now: Trouble | 'working') => void {
  let before: Trouble | 'working' = 'working'
  return (now) => {
    // That something is gone says nothing about the line.
    if (now === before || now === 'gone') return
    before = now
    log.event(EVENT_OF[now])
  }
}

const EVENT_OF = {
  working: 'chatwoot.working',
  unreachable: 'chatwoot.unreachable',
  busy: 'chatwoot.slowedDown',
  token: 'chatwoot.tokenRefused',
  refused: 'chatwoot.refused',
} as const
