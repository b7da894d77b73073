import type { Clock, Instant } from '../../operations/environment.ts'

/**
 * Notices whoever opens more cases than any caseworker could answer: more than 30 different ones in an hour, guessed
 * numbers included. In memory: a restart forgets, and a guess is audited all the same.
 */
const HOUR_MS = 3_600_000
export const MOST_CASES_AN_HOUR = 30

export interface Tripwire {
  /** known: this account opened this case within the hour already. */
  opens(account: string, id: string): 'first' | 'known' | 'tripped'
}

export function createTripwire({ now }: Clock): Tripwire {
  const opened = new Map<string, Map<string, Instant>>()
  return {
    opens(account, id) {
      const cases = opened.get(account) ?? new Map<string, Instant>()
      opened.set(account, cases)
      for (const [other, at] of cases) if (at <= now() - HOUR_MS) cases.delete(other)
      if (cases.has(id)) return 'known'
      cases.set(id, now())
      if (cases.size <= MOST_CASES_AN_HOUR) return 'first'
      opened.delete(account)
      return 'tripped'
    },
  }
}
