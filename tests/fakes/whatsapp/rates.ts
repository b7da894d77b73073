import type { Clock } from '../../../src/operations/environment.ts'
import { type GraphAnswer, refuse } from './graph-answer.ts'

/**
 * Meta's two limits on how fast a number may write, by the given clock. To one person: a burst of 45, paid back by one
 * message per 6 s. Over all people: so many messages in any second, hers and ours together.
 */
export interface Rates {
  /** Her message counts, but is never refused. */
  received(number: string): void
  /** Counts the message when there is room for it. */
  refused(number: string, phone: string): GraphAnswer | undefined
}

const BURST = 45
const PAY_MS = 6_000

export function createRates(clock: Clock, pairRate: boolean, perSecond: number): Rates {
  /** When the burst of a pair will be paid back. */
  const debts = new Map<string, number>()
  const seconds = new Map<string, number[]>()

  function lastSecond(number: string): number[] {
    const recent = (seconds.get(number) ?? []).filter((at) => at > clock.now() - 1000)
    seconds.set(number, recent)
    return recent
  }

  return {
    received(number) {
      if (perSecond !== Infinity) lastSecond(number).push(clock.now())
    },
    refused(number, phone) {
      const now = clock.now()
      const recent = perSecond === Infinity ? [] : lastSecond(number)
      if (recent.length >= perSecond) return refuse(130429, `More than ${perSecond} messages in a second`)
      if (pairRate) {
        const pair = `${number} ${phone}`
        const paid = Math.max(debts.get(pair) ?? now, now) + PAY_MS
        if (paid - now > BURST * PAY_MS) return refuse(131056, 'Too many messages to one person')
        debts.set(pair, paid)
      }
      recent.push(now)
      return undefined
    },
  }
}
