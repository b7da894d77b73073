import type { DeskSide } from '../../handoff/handoff.ts'
import type { AccountId } from '../../storage/cases.ts'
import type { Audit } from './audit.ts'

/**
 * Whoever may no longer answer keeps nobody waiting: the cases of that account go back to the queue, and what was offered
 * to it stays with the colleague who offered. Done in the account's name, since only a holder gives back; the audit line
 * names who caused it.
 */
export type GiveBack = (account: AccountId, cause: string) => Promise<void>

export function createGiveBack(
  cases: Pick<DeskSide, 'queue' | 'release' | 'reject'>,
  audit: Audit,
): GiveBack {
  return async (account, actor) => {
    for (const { id, holder, offeredTo } of await cases.queue()) {
      if (holder === account)
        await audit.note({
          actor,
          verb: 'case.release',
          subject: id,
          outcome: await cases.release(id, account),
        })
      else if (offeredTo === account)
        await audit.note({
          actor,
          verb: 'case.reject',
          subject: id,
          outcome: await cases.reject(id, account),
        })
    }
  }
}
