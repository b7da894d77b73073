import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteVault } from '../../src/privacy/vault/sqlite-vault.ts'
import { vaultContract } from './vault-contract.ts'

vaultContract('SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-vaults-'))
  return Promise.resolve({
    open: async (root) => openSqliteVault(folder, root),
    remove: () => Promise.resolve(rmSync(folder, { recursive: true })),
  })
})
