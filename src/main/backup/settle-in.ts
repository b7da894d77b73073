import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sweepOrphans } from '../../privacy/retention.ts'
import type { KeyId, Vault } from '../../privacy/vault.ts'
import { openSqliteAccounts } from '../../storage/sqlite/sqlite-accounts.ts'
import { openSqliteConversations } from '../../storage/sqlite/sqlite-conversations.ts'
import { caseKeyIds, casesInFolder, eraseKeyless } from '../case-files.ts'

/** What a restored backup becomes before anybody may use it. */
export interface Settled {
  conversations: number
  cases: number
  /** Rows without a key, and keys without a row. */
  removed: number
}

/**
 * Rows whose key was destroyed since the backup go, and so do keys whose rows came after it. Pages that waited to be
 * sent are old by now and go too: what is for the desk stays. Sessions and invitations of the desk end, since some of
 * them ended after the backup.
 */
export async function settleIn(dataDir: string, vault: Pick<Vault, 'ids' | 'destroy'>): Promise<Settled> {
  const living = new Set<KeyId>()
  for await (const id of vault.ids()) living.add(id)
  const cases = await eraseKeyless(casesInFolder(dataDir), living)
  const conversations = openSqliteConversations(dataDir)
  try {
    await conversations.dropWaitingMessages()
    const removed = await sweepOrphans({
      vault,
      conversations,
      otherKeyIds: () => caseKeyIds(casesInFolder(dataDir)),
    })
    let kept = 0
    for await (const _row of conversations.keyIds()) kept += 1
    await conversations.compact()
    await endSessions(dataDir)
    return { conversations: kept, cases: cases.kept, removed: removed + cases.removed }
  } finally {
    await conversations.close()
  }
}

async function endSessions(dataDir: string): Promise<void> {
  if (!existsSync(join(dataDir, 'desk.db'))) return
  const accounts = openSqliteAccounts(dataDir)
  const ever = Number.MAX_SAFE_INTEGER
  await accounts.prune({ idleBefore: ever, createdBefore: ever, now: ever })
  await accounts.close()
}
