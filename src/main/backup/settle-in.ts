import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { sweepOrphans } from '../../privacy/retention.ts'
import type { KeyId, Vault } from '../../privacy/vault.ts'
import type { CaseId } from '../../storage/cases.ts'
import { openSqliteAccounts } from '../../storage/sqlite/sqlite-accounts.ts'
import { openSqliteCases } from '../../storage/sqlite/sqlite-cases.ts'
import { openSqliteConversations } from '../../storage/sqlite/sqlite-conversations.ts'

/** What a restored backup becomes before anybody may use it. */
export interface Settled {
  conversations: number
  cases: number
  /** Rows without a key, and keys without a row. */
  removed: number
}

const CASE_FILES = ['cases.db', 'chatwoot/cases.db']

/**
 * Rows whose key was destroyed since the backup go, and so do keys whose rows came after it. Pages that waited to be
 * sent are old by now and go too: what is for the desk stays. Sessions and invitations of the desk end, since some of
 * them ended after the backup.
 */
export async function settleIn(dataDir: string, vault: Pick<Vault, 'ids' | 'destroy'>): Promise<Settled> {
  const living = new Set<KeyId>()
  for await (const id of vault.ids()) living.add(id)
  const cases = { kept: 0, removed: 0 }
  for (const file of caseFiles(dataDir)) await eraseKeyless(file, living, cases)
  const conversations = openSqliteConversations(dataDir)
  try {
    await conversations.dropWaitingMessages()
    const removed = await sweepOrphans({ vault, conversations, otherKeyIds: () => caseKeyIds(dataDir) })
    let kept = 0
    for await (const _row of conversations.keyIds()) kept += 1
    await conversations.compact()
    await endSessions(dataDir)
    return { conversations: kept, cases: cases.kept, removed: removed + cases.removed }
  } finally {
    await conversations.close()
  }
}

/** The keys of all cases there are, whether their desk is switched on or not: a sweep must leave them alone. */
export async function* caseKeyIds(dataDir: string): AsyncIterable<KeyId> {
  for (const file of caseFiles(dataDir)) {
    const cases = openSqliteCases(dirname(file))
    try {
      for await (const { keyId } of cases.keyIds()) yield keyId
    } finally {
      await cases.close()
    }
  }
}

function caseFiles(dataDir: string): string[] {
  return CASE_FILES.map((name) => join(dataDir, name)).filter((path) => existsSync(path))
}

async function eraseKeyless(
  file: string,
  living: ReadonlySet<KeyId>,
  count: { kept: number; removed: number },
): Promise<void> {
  const cases = openSqliteCases(dirname(file))
  try {
    const gone: CaseId[] = []
    for await (const { id, keyId } of cases.keyIds())
      if (!living.has(keyId)) gone.push(id)
      else count.kept += 1
    for (const id of gone) await cases.erase(id)
    count.removed += gone.length
    await cases.compact()
  } finally {
    await cases.close()
  }
}

async function endSessions(dataDir: string): Promise<void> {
  if (!existsSync(join(dataDir, 'desk.db'))) return
  const accounts = openSqliteAccounts(dataDir)
  const ever = Number.MAX_SAFE_INTEGER
  await accounts.prune({ idleBefore: ever, createdBefore: ever, now: ever })
  await accounts.close()
}
