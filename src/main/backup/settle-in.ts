import { sweepOrphans } from '../../privacy/retention.ts'
import type { KeyId } from '../../privacy/vault/vault.ts'
import type { Accounts } from '../../storage/accounts.ts'
import { caseKeyIds, eraseKeyless } from '../desk/case-files.ts'
import type { Stores } from '../stores/stores.ts'

/** What a restored backup becomes before anybody may use it. */
export interface Settled {
  conversations: number
  cases: number
  /** Rows without a key, and keys without a row. */
  removed: number
}

export interface PutBack extends Pick<Stores, 'conversations' | 'casesThere'> {
  vault: Pick<Stores['vault'], 'ids' | 'destroy'>
  /** Undefined where there are none, since looking must not make them. */
  accountsThere(): Accounts | undefined
}

/**
 * Rows whose key was destroyed since the backup go, and so do keys whose rows came after it. Pages that waited to be
 * sent are old by now and go too: what is for the desk stays. Sessions and invitations of the desk end, since some of
 * them ended after the backup. For files and servers alike, while nothing runs.
 */
export async function settleIn({
  vault,
  conversations,
  casesThere,
  accountsThere,
}: PutBack): Promise<Settled> {
  await conversations.dropWaitingMessages()
  await endSessions(accountsThere())
  const living = new Set<KeyId>()
  for await (const id of vault.ids()) living.add(id)
  const cases = await eraseKeyless(casesThere, living)
  const removed = await sweepOrphans({ vault, conversations, otherKeyIds: () => caseKeyIds(casesThere) })
  let kept = 0
  for await (const _row of conversations.keyIds()) kept += 1
  await conversations.compact()
  return { conversations: kept, cases: cases.kept, removed: removed + cases.removed }
}

async function endSessions(accounts: Accounts | undefined): Promise<void> {
  const ever = Number.MAX_SAFE_INTEGER
  await accounts?.prune({ idleBefore: ever, createdBefore: ever, now: ever })
  await accounts?.close()
}
