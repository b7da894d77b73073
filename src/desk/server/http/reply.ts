import type { Refused } from '../../wire.ts'
import type { NewSession } from '../auth/sessions.ts'

/** What a handler answers: facts, which the registrar turns into bytes, headers and cookies. */
export type Reply =
  | { kind: 'answer'; value: object; cookie?: NewSession | 'forget' }
  | { kind: 'file'; type: string; text: string }
  | { kind: 'refused'; why: Refused }
  /** The handler has taken the connection over. */
  | { kind: 'stream' }

export const STATUS: Readonly<Record<Refused, number>> = {
  signIn: 401,
  again: 403,
  forbidden: 403,
  gone: 404,
  taken: 409,
  notYours: 403,
  full: 409,
  invalid: 400,
  tooMany: 429,
  stale: 409,
  unavailable: 503,
}

export function answer(value: object, cookie?: NewSession | 'forget'): Reply {
  return cookie === undefined ? { kind: 'answer', value } : { kind: 'answer', value, cookie }
}

export function refuse(why: Refused): Reply {
  return { kind: 'refused', why }
}
