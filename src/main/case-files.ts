import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Config } from '../config.ts'
import type { Instant } from '../operations/environment.ts'
import type { KeyId, Vault } from '../privacy/vault.ts'
import type { CaseId, Cases } from '../storage/cases.ts'
import { openSqliteCases } from '../storage/sqlite/sqlite-cases.ts'

/** The files of cases as they lie on the disk, whether what serves them is switched on or not. */
const FILES = ['cases.db', 'chatwoot/cases.db'] as const
const AT_ONCE = 100
const MOST_OPEN = 5_000

/** The keys of all cases there are: a sweep of keys must leave them alone. */
export async function* caseKeyIds(dataDir: string): AsyncIterable<KeyId> {
  for (const file of FILES) for (const { keyId } of await inFile(dataDir, file, rowsOf)) yield keyId
}

/** Erases the rows whose key is not among the living. */
export async function eraseKeyless(
  dataDir: string,
  living: ReadonlySet<KeyId>,
): Promise<{ kept: number; removed: number }> {
  const count = { kept: 0, removed: 0 }
  for (const file of FILES)
    await inFile(dataDir, file, async (cases) => {
      for (const { id, keyId } of await rowsOf(cases)) {
        if (living.has(keyId)) count.kept += 1
        else {
          count.removed += 1
          await cases.erase(id)
        }
      }
      await cases.compact()
      return []
    })
  return count
}

/**
 * Cases of a desk or a Chatwoot that is switched off have an end all the same: whatever did not change since `before`
 * goes, key first. Resolves to how many went.
 */
export async function sweepUnserved(
  { dataDir, desk, chatwoot }: Pick<Config, 'dataDir' | 'desk' | 'chatwoot'>,
  vault: Pick<Vault, 'destroy'>,
  before: Instant,
): Promise<number> {
  const unserved = FILES.filter((file) => (file === 'cases.db' ? !desk : chatwoot === undefined))
  let erased = 0
  for (const file of unserved)
    await inFile(dataDir, file, async (cases) => {
      const open = (await cases.open(MOST_OPEN)).filter(({ changedAt }) => changedAt < before)
      for (const { id, keyId } of open) await erase(cases, vault, { id, keyId })
      erased += open.length
      for (let ended = await cases.ended(before, AT_ONCE); ended.length > 0; ) {
        for (const row of ended) await erase(cases, vault, row)
        erased += ended.length
        ended = await cases.ended(before, AT_ONCE)
      }
      await cases.compact()
      return []
    })
  return erased
}

async function erase(
  cases: Cases,
  vault: Pick<Vault, 'destroy'>,
  { id, keyId }: { id: CaseId; keyId: KeyId },
): Promise<void> {
  await vault.destroy(keyId)
  await cases.erase(id)
}

async function rowsOf(cases: Cases): Promise<{ id: CaseId; keyId: KeyId }[]> {
  const rows = []
  for await (const row of cases.keyIds()) rows.push(row)
  return rows
}

/** Nothing where there is no such file: looking must not make one. */
async function inFile<T>(
  dataDir: string,
  file: (typeof FILES)[number],
  work: (cases: Cases) => Promise<T[]>,
): Promise<T[]> {
  const path = join(dataDir, file)
  if (!existsSync(path)) return []
  const cases = openSqliteCases(dirname(path))
  try {
    return await work(cases)
  } finally {
    await cases.close()
  }
}
