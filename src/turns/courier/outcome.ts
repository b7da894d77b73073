import type { Environment, Instant } from '../../operations/environment.ts'
import type { Log } from '../../operations/log.ts'
import type { Mark, OutboxItem } from '../../storage/conversations.ts'
import type { DueParcel } from '../written/records.ts'
import { nextTryMs } from './backoff.ts'

/** What became of one item. */
export type Outcome =
  | { kind: 'done'; sent?: Sent; forgetMarksUntil?: Instant }
  | { kind: 'later'; at: Instant }
  | { kind: 'gone' }
  /** She left while it was on its way. */
  | { kind: 'left' }

/** A message that the platform lets us delete, while nobody else knows of it. */
export interface Sent {
  mark: Mark
  takeBack(): Promise<unknown>
}

export function later(
  { clock, random, log }: Environment & { log: Log },
  { attempts, kind }: OutboxItem,
  { due }: DueParcel,
  platformMs = 0,
): Outcome {
  const now = clock.now()
  const dice = (random.bytes(1)[0] ?? 128) / 255
  const ms = nextTryMs({ attempts, lateMs: now - due, platformMs }, dice)
  if (ms !== undefined) return { kind: 'later', at: now + ms }
  log.event('courier.dropped', { kind })
  return { kind: 'done' }
}
