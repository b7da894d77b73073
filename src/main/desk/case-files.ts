import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../config.ts'
import type { Instant } from '../../operations/environment.ts'
import type { KeyId, Vault } from '../../privacy/vault/vault.ts'
import type { CaseId, Cases } from '../../storage/cases.ts'
import { openSqliteCases } from '../../storage/sqlite/sqlite-cases.ts'

/** The cases as they lie in their stores, whether what serves them is switched on or not. */
export type CaseHouse = 'desk' | 'chatwoot'
const HOUSES: readonly CaseHouse[] = ['desk', 'chatwoot']
/** Opens what is there; undefined where there is nothing, since looking must not make it. */
export type CasesThere = (house: CaseHouse) => Cases | undefined

export function casesInFolder(dataDir: string): CasesThere {
  return (house) => {
    const folder = join(dataDir, house === 'desk' ? '' : house)
    return existsSync(join(folder, 'cases.db')) ? openSqliteCases(folder) : undefined
  }
}

const AT_ONCE = 100
const MOST_OPEN = 5_000

/** The keys of all cases there are: a sweep of keys must leave them alone. */
export async function* caseKeyIds(there: CasesThere): AsyncIterable<KeyId> {
  for (const house of HOUSES) for (const { keyId } of await inHouse(there, house, rowsOf)) yield keyId
}

/** Erases the rows whose key is not among the living. */
export async function eraseKeyless(
  there: CasesThere,
  living: ReadonlySet<KeyId>,
): Promise<{ kept: number; removed: number }> {
  const count = { kept: 0, removed: 0 }
  for (const house of HOUSES)
    await inHouse(there, house, async (cases) => {
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
  { desk, chatwoot }: Pick<Config, 'desk' | 'chatwoot'>,
  there: CasesThere,
  vault: Pick<Vault, 'destroy'>,
  before: Instant,
): Promise<number> {
  const unserved = HOUSES.filter((house) => (house === 'desk' ? !desk : chatwoot === undefined))
  let erased = 0
  for (const house of unserved)
    await inHouse(there, house, async (cases) => {
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

async function inHouse<T>(
  there: CasesThere,
  house: CaseHouse,
  work: (cases: Cases) => Promise<T[]>,
): Promise<T[]> {
  const cases = there(house)
  if (cases === undefined) return []
  try {
    return await work(cases)
  } finally {
    await cases.close()
  }
}
