import type { KeyObject } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../config.ts'
import { StartRefused } from '../../errors.ts'
import type { Clock, Environment } from '../../operations/environment.ts'
import { openSqliteVault } from '../../privacy/vault/sqlite-vault.ts'
import type { RotatingVault } from '../../privacy/vault/vault.ts'
import type { Accounts } from '../../storage/accounts.ts'
import type { Cases } from '../../storage/cases.ts'
import type { Conversations } from '../../storage/conversations.ts'
import type { HandoffTimes } from '../../storage/handoff-times.ts'
import type { Publications } from '../../storage/publications.ts'
import { FileRefused } from '../../storage/sqlite/file.ts'
import { openSqliteAccounts } from '../../storage/sqlite/sqlite-accounts.ts'
import { openSqliteCases } from '../../storage/sqlite/sqlite-cases.ts'
import { openSqliteConversations } from '../../storage/sqlite/sqlite-conversations.ts'
import { openSqliteHandoffTimes } from '../../storage/sqlite/sqlite-handoff-times.ts'
import { type CaseHouse, casesInFolder, type CasesThere } from '../desk/case-files.ts'
import { openPublications } from '../publishing.ts'
import { loadRoot } from './root.ts'
import { refuseSharedPlace } from './vault-place.ts'

/** Everything that is kept, in folders of this machine or on servers. */
export interface Stores {
  vault: RotatingVault
  root: KeyObject
  conversations: Conversations
  cases(house: CaseHouse): Cases
  accounts(): Accounts
  times(): HandoffTimes
  /** The editions of the directory. */
  publications(): Publications
  /** As they lie there, whether what serves them is switched on or not; looking makes nothing. */
  casesThere: CasesThere
  /** Other processes may use them at the same time. */
  shared: boolean
  /** The machine's, or that of the server which several processes share. */
  clock: Clock
  /** Of all processes that share them, whether this one does it now. */
  isMine(duty: string, forMs: number): Promise<boolean>
  /** After all that was opened here. */
  close(): Promise<void>
}

/** Opens the data and the vault where the settings say, and refuses the start with the setting that is wrong. */
export async function openStores(config: Config, environment: Environment): Promise<Stores> {
  if (config.redis !== undefined) {
    makeFolders(config)
    const { openRedisStores } = await import('./redis-stores.ts')
    return openRedisStores(config, config.redis, environment)
  }
  const { root, vault } = openVault(config, environment)
  let conversations: Conversations | undefined
  try {
    await refuseHalf(config, vault)
    conversations = openSqliteConversations(config.dataDir)
    return {
      root,
      vault,
      conversations,
      cases: (house) => openSqliteCases(join(config.dataDir, house === 'desk' ? '' : house)),
      accounts: () => openSqliteAccounts(config.dataDir),
      times: () => openSqliteHandoffTimes(config.dataDir),
      publications: () => openPublications(config),
      casesThere: casesInFolder(config.dataDir),
      shared: false,
      clock: environment.clock,
      isMine: () => Promise.resolve(true),
      close: () => Promise.resolve(),
    }
  } catch (error) {
    await vault.close()
    throw refusal(error)
  }
}

/** The vault alone, with the root key, in a place of its own. */
export function openVault(
  config: Config,
  environment: Pick<Environment, 'random'>,
  { evenNew = false }: { evenNew?: boolean } = {},
): { vault: RotatingVault; root: KeyObject } {
  makeFolders(config)
  refuseSharedPlace(config)
  if (!evenNew) refuseNewVault(config)
  const root = loadRoot(config, environment.random)
  try {
    return { root, vault: openSqliteVault(config.vaultDir, root) }
  } catch (error) {
    throw refusal(error)
  }
}

export function makeFolders(config: Pick<Config, 'dataDir' | 'vaultDir'>): void {
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
}

/** A restore that was cut off leaves this behind; the next one takes it away. */
export const UNFINISHED = 'restore.unfinished'
export const dataFile = (folder: string) => join(folder, 'data.db')
const vaultFile = (folder: string) => join(folder, 'vault.db')

/**
 * A folder that was not mounted looks like one that is empty. The start would make everything anew there, and the sweep
 * would then erase what the other folder still holds: so it wants both or neither.
 */
function refuseNewVault({ dataDir, vaultDir }: Config): void {
  if (existsSync(vaultFile(vaultDir)) || !existsSync(dataFile(dataDir))) return
  throw new StartRefused('vault.apart', [
    'VAULT_DIR holds no vault, but DATA_DIR holds data of one: is it mounted? If the vault is lost, nothing can read that data: remove data.db and cases.db from DATA_DIR.',
  ])
}

async function refuseHalf({ dataDir }: Config, vault: RotatingVault): Promise<void> {
  if (existsSync(join(dataDir, UNFINISHED)))
    throw new StartRefused('vault.apart', [
      'DATA_DIR holds half of a backup: a restore was cut off. Run it again.',
    ])
  if (existsSync(dataFile(dataDir))) return
  for await (const _key of vault.ids())
    throw new StartRefused('vault.apart', [
      'DATA_DIR holds no data, but VAULT_DIR holds keys to some: is it mounted? Restore a backup ("lantern restore"), or remove vault.db if the data is lost.',
    ])
}

function refusal(error: unknown): unknown {
  if (error instanceof StartRefused) return error
  const refused = error instanceof FileRefused ? error : undefined
  const reason = refused?.message ?? 'cannot be opened'
  return new StartRefused(refused?.reason === 'busy' ? 'vault.busy' : 'folder.unusable', [
    `DATA_DIR or VAULT_DIR: ${reason}`,
  ])
}
