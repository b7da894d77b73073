import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Instant } from '../../operations/environment.ts'
import type { Sensitive } from '../../privacy/sensitive.ts'

/**
 * Whether a webhook call was signed with the inbox's secret, lately: `X-Chatwoot-Signature: sha256=<hex>` is HMAC-SHA256
 * over `${X-Chatwoot-Timestamp}.${raw body}` (chatwoot pull requests 13573 and 13892: account webhooks since 4.11.2, those
 * of API inboxes since 4.13.0). Older versions sign nothing, and what is not signed is refused. Issue 13809 reports that
 * signatures cannot be verified; its example leaves out the timestamp.
 */
export function isSigned(
  secret: Sensitive<string>,
  headers: IncomingHttpHeaders,
  body: Buffer,
  now: Instant,
): boolean {
  const [, hex] = SIGNATURE.exec(textOf(headers['x-chatwoot-signature'])) ?? []
  const [seconds] = TIMESTAMP.exec(textOf(headers['x-chatwoot-timestamp'])) ?? []
  if (hex === undefined || seconds === undefined) return false
  if (Math.abs(now - Number(seconds) * 1000) > OLDEST_MS) return false
  const right = createHmac('sha256', secret.reveal()).update(`${seconds}.`).update(body).digest()
  return timingSafeEqual(Buffer.from(hex, 'hex'), right)
}

const SIGNATURE = /^sha256=([0-9a-f]{64})$/iu
const TIMESTAMP = /^\d{1,12}$/u
const OLDEST_MS = 5 * 60_000

const textOf = (header: string | string[] | undefined) => (typeof header === 'string' ? header : '')
