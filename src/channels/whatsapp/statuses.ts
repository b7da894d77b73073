import { createHmac } from 'node:crypto'
import type { Random } from '../../operations/environment.ts'
import type { Teller } from './events.ts'
import type { Delivered } from './read-webhook.ts'
import { refusalOfCode } from './refusal.ts'

/**
 * Counts what became of the messages that we sent. Meta tells it twice and out of order: a status counts once, and one
 * that comes after a later stage was reached does not count at all; a failure stands apart, since a message can fail on
 * one of her devices and reach another. Which message it was is kept in memory only, as a hash under a key that dies
 * with the process, for the last 10,000 messages.
 */
export type DeliveryStatus = 'sent' | 'delivered' | 'read' | 'failed'

export interface Statuses {
  take(told: readonly Delivered[]): void
}

export interface StatusesParts {
  random: Random
  teller: Teller
  counted(status: DeliveryStatus): void
}

const STAGES = new Map<string, { rank: number; status: DeliveryStatus }>([
  ['sent', { rank: 1, status: 'sent' }],
  ['delivered', { rank: 2, status: 'delivered' }],
  ['read', { rank: 3, status: 'read' }],
])
const MOST = 10_000

export function createStatuses({ random, teller, counted }: StatusesParts): Statuses {
  const bootKey = random.bytes(32)
  const reached = new Map<string, { rank: number; failed: boolean }>()

  function one({ id, status, code }: Delivered): void {
    const stage = STAGES.get(status)
    const failed = status === 'failed'
    if (stage === undefined && !failed) return
    const token = createHmac('sha256', bootKey).update(id.reveal()).digest('base64url')
    const before = reached.get(token) ?? { rank: 0, failed: false }
    const rank = Math.max(before.rank, stage?.rank ?? 0)
    reached.delete(token)
    reached.set(token, { rank, failed: before.failed || failed })
    const [oldest] = reached.keys()
    if (reached.size > MOST && oldest !== undefined) reached.delete(oldest)
    if (stage !== undefined && stage.rank > before.rank) counted(stage.status)
    if (failed && !before.failed) {
      counted('failed')
      teller.tell(eventOf(code))
    }
  }

  return { take: (told) => told.forEach(one) }
}

function eventOf(code: number) {
  switch (refusalOfCode(code).kind) {
    case 'token':
      return 'whatsapp.tokenRefused'
    case 'account':
      return 'whatsapp.accountTrouble'
    case 'flood':
      return 'whatsapp.slowedDown'
    default:
      return 'whatsapp.sendFailed'
  }
}
