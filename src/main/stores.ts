import type { KeyObject } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import type { Config } from '../config.ts'
import { StartRefused } from '../errors.ts'
import type { Environment } from '../operations/environment.ts'
import { rootKey } from '../privacy/root-key.ts'
import { openSqliteVault } from '../privacy/sqlite-vault.ts'
import type { RotatingVault } from '../privacy/vault.ts'
import type { Conversations } from '../storage/conversations.ts'
import { openSqliteConversations } from '../storage/sqlite/sqlite-conversations.ts'

/** Opens the data and the vault in their folders, and refuses the start with the setting that is wrong. */
export function openStores(
  config: Config,
  environment: Environment,
): { vault: RotatingVault; conversations: Conversations; root: KeyObject } {
  for (const [variable, folder] of [
    ['DATA_DIR', config.dataDir],
    ['VAULT_DIR', config.vaultDir],
  ] as const)
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
    } catch {
      throw new StartRefused('folder.unusable', [
        `${variable} names a folder that cannot be made or written. Make it, and give it to the user that runs Lantern.`,
      ])
    }
  const root = rootKey(config.rootKeyFile, environment.random)
  if (root.kind === 'refused') throw new StartRefused('rootKey.refused', [`ROOT_KEY_FILE ${root.problem}`])
  try {
    return {
      root: root.key,
      vault: openSqliteVault(config.vaultDir, root.key),
      conversations: openSqliteConversations(config.dataDir),
    }
  } catch (error) {
    const reason = error instanceof Error && error.name === 'FileRefused' ? error.message : 'cannot be opened'
    throw new StartRefused('folder.unusable', [`DATA_DIR or VAULT_DIR: ${reason}`])
  }
}
