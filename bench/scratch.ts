import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootKey } from '../src/privacy/vault/root-key.ts'
import { openSqliteVault } from '../src/privacy/vault/sqlite-vault.ts'
import { openSqliteConversations } from '../src/storage/sqlite/sqlite-conversations.ts'

export const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) }

/** A real vault and a real store on the disk, gone when they are closed. */
export function openScratch() {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-bench-'))
  const root = rootKey(join(folder, 'root.key'), random)
  if (root.kind === 'refused') throw new Error(root.problem)
  const vault = openSqliteVault(join(folder, 'vault'), root.key)
  const conversations = openSqliteConversations(join(folder, 'data'))
  return {
    vault,
    conversations,
    async close(): Promise<void> {
      await conversations.close()
      await vault.close()
      rmSync(folder, { recursive: true })
    },
  }
}
