import type { Clock, Instant } from '../../operations/environment.ts'
import { KEPT_FOR } from '../../privacy/kept-for.ts'
import type { Accounts } from '../../storage/accounts.ts'
import type { AccountId, CaseId } from '../../storage/cases.ts'

/**
 * A supervisor reads one case that is not theirs, for half an hour, for a stated reason. The reason is one of these
 * words: free text would put into a log that outlives the case what belongs into the case. What is open stands in the
 * store, so that it holds in every process and after a restart; another role closes it there, in the same write.
 */
const GLASS_MS = KEPT_FOR.brokenGlass.ms

export interface Glass {
  /** Resolves to when it closes again. */
  break(account: AccountId, id: CaseId): Promise<Instant>
  isBroken(account: AccountId, id: CaseId): Promise<boolean>
  readers(id: CaseId): Promise<AccountId[]>
  /** Which cases an account may read so, and until when. */
  of(account: AccountId): Promise<{ id: CaseId; until: Instant }[]>
}

export function createGlass(accounts: Pick<Accounts, 'breakGlass' | 'glass'>, { now }: Clock): Glass {
  const broken = () => accounts.glass(now())
  return {
    async break(account, id) {
      const until = now() + GLASS_MS
      await accounts.breakGlass({ account, id, until })
      return until
    },
    isBroken: async (account, id) => (await broken()).some((one) => one.account === account && one.id === id),
    readers: async (id) => (await broken()).filter((one) => one.id === id).map(({ account }) => account),
    of: async (account) =>
      (await broken()).filter((one) => one.account === account).map(({ id, until }) => ({ id, until })),
  }
}
