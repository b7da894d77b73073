import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { caseKeyIds, casesInFolder, sweepUnserved } from '../../src/main/desk/case-files.ts'
import { memoryVault } from '../../src/privacy/vault/memory-vault.ts'
import type { KeyId } from '../../src/privacy/vault/vault.ts'
import type { CaseId, CaseState } from '../../src/storage/cases.ts'
import { openSqliteCases } from '../../src/storage/sqlite/sqlite-cases.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'lantern-case-files-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

const DAY = 24 * 3_600_000
const NOW = 100 * DAY

describe('cases of a desk that is switched off', () => {
  it('keep their keys at a start, and go with them when their days are over', async () => {
    const vault = memoryVault()
    const there = casesInFolder(dataDir)
    const cases = openSqliteCases(dataDir)
    const made = async (number: string, state: CaseState, at: number): Promise<KeyId> => {
      const { id: keyId } = await vault.create()
      const none = { holder: undefined, offeredTo: undefined, rank: 0, entries: [], expected: 0 }
      await cases.commit({ ...none, id: number as CaseId, keyId, state, at, sealed: randomBytes(40) })
      return keyId
    }
    const old = [
      await made('10000001', 'closed', NOW - 8 * DAY),
      await made('10000002', 'waiting', NOW - 8 * DAY),
    ]
    const young = [await made('10000003', 'closed', NOW - 6 * DAY), await made('10000004', 'waiting', NOW)]
    await cases.close()
    const keys = async () => {
      const all: string[] = []
      for await (const keyId of caseKeyIds(there)) all.push(keyId)
      return all
    }
    expect(await keys()).toEqual([...old, ...young])
    const off = { desk: false, chatwoot: undefined }
    expect(await sweepUnserved({ ...off, desk: true }, there, vault, NOW - 7 * DAY)).toBe(0)
    expect(await sweepUnserved(off, there, vault, NOW - 7 * DAY)).toBe(2)
    expect(await keys()).toEqual(young)
    expect(await Promise.all(old.map((id) => vault.open(id)))).toEqual([undefined, undefined])
    expect((await Promise.all(young.map((id) => vault.open(id)))).every((key) => key !== undefined)).toBe(
      true,
    )
    expect(existsSync(join(dataDir, 'chatwoot'))).toBe(false)
  })
})
