import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { rootKey } from '../../src/privacy/vault/root-key.ts'
import { open, seal } from '../../src/privacy/sealing/seal.ts'
import { openSqliteVault } from '../../src/privacy/vault/sqlite-vault.ts'

/** What docs/threat-model.md says openly: a vault that was copied is a vault that still opens. */
it('opens with the root key what was erased after it was taken, rotated or not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-copied-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) }
  const root = rootKey(join(folder, 'root.key'), random)
  if (root.kind === 'refused') throw new Error(root.problem)
  const vault = openSqliteVault(join(folder, 'vault'), root.key)
  const key = await vault.create()
  const name = { type: 'conversation', id: 'hers', revision: 1 }
  const sealed = seal(key, name, Buffer.from('what she chose'))
  if (sealed.kind !== 'sealed') throw new Error('spent')
  await vault.close()
  cpSync(join(folder, 'vault'), join(folder, 'copy'), { recursive: true })

  const later = openSqliteVault(join(folder, 'vault'), root.key)
  await later.destroy(key.id)
  await later.rotate()
  expect(await later.open(key.id)).toBeUndefined()
  await later.close()

  const copy = openSqliteVault(join(folder, 'copy'), root.key)
  const kept = await copy.open(key.id)
  expect(kept && open(kept, name, sealed.bytes).kind).toBe('opened')
  await copy.close()
})
