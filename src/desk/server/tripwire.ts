import type { Clock } from '../../operations/environment.ts'
import { KEPT_FOR } from '../../privacy/kept-for.ts'
import type { Accounts, Opening } from '../../storage/accounts.ts'
import type { AccountId, CaseId } from '../../storage/cases.ts'

/**
 * Notices whoever opens more cases than any caseworker could answer: more than 30 different ones in an hour, guessed
 * numbers included, in all processes together. A guess is audited all the same.
 */
const HOUR_MS = KEPT_FOR.opening.ms
export const MOST_CASES_AN_HOUR = 30

export interface Tripwire {
  /** known: this account opened this case within the hour already. */
  opens(account: AccountId, id: CaseId): Promise<Opening>
}

export function createTripwire(accounts: Pick<Accounts, 'noteOpening'>, clock: Clock): Tripwire {
  return {
    opens(account, id) {
      const now = clock.now()
      return accounts.noteOpening({ account, id, until: now + HOUR_MS }, now, MOST_CASES_AN_HOUR)
    },
  }
}
