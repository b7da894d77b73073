import type { DeskSide } from '../../handoff/handoff.ts'
import type { Clock, Instant } from '../../operations/environment.ts'
import { KEPT_FOR } from '../../privacy/kept-for.ts'
import type { Accounts } from '../../storage/accounts.ts'
import type { Audit } from './audit.ts'
import { ABSOLUTE_MS, IDLE_MS } from './auth/sessions.ts'
import type { GiveBack } from './give-back.ts'

/**
 * What the desk does by the clock: sessions and invitations that ran out and audit lines leave when their time is over, and an account that the command line
 * disabled, which knows nothing of cases, gives its cases back.
 */
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
export const AUDIT_KEPT_DAYS = KEPT_FOR.auditLine.ms / DAY_MS

interface Parts {
  accounts: Accounts
  audit: Audit
  cases: Pick<DeskSide, 'queue'>
  giveBack: GiveBack
  clock: Clock
  auditKeptDays: number
}

export function createUpkeep(parts: Parts): (now?: Instant) => Promise<void> {
  const { accounts, audit, cases, giveBack, clock, auditKeptDays } = parts
  let pruneAt: Instant = clock.now()

  async function giveBackLeft(): Promise<void> {
    const all = await accounts.list()
    const left = all.filter(({ role, disabled }) => disabled || role !== 'caseworker').map(({ id }) => id)
    if (left.length === 0) return
    const queue = await cases.queue()
    for (const id of left)
      if (queue.some(({ holder, offeredTo }) => holder === id || offeredTo === id)) await giveBack(id, 'desk')
  }

  return async (now = clock.now()) => {
    // The lines are to the hour, so looking more often finds nothing. A clock that was put back does not make it wait.
    if (now >= pruneAt || now < pruneAt - HOUR_MS) {
      pruneAt = now + HOUR_MS
      await accounts.prune({ idleBefore: now - IDLE_MS, createdBefore: now - ABSOLUTE_MS, now })
      await audit.prune(now - auditKeptDays * DAY_MS)
    }
    await giveBackLeft()
  }
}
