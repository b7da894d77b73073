import { cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Config } from '../../config.ts'
import { StartRefused } from '../../errors.ts'
import type { Random } from '../../operations/environment.ts'
import { pragma, syncFolder } from '../../storage/sqlite/file.ts'
import { openSqliteAccounts } from '../../storage/sqlite/sqlite-accounts.ts'
import { openSqliteConversations } from '../../storage/sqlite/sqlite-conversations.ts'
import { casesInFolder } from '../desk/case-files.ts'
import { makeFolders, openVault, UNFINISHED } from '../stores/stores.ts'
import { DATA_FILES, type DataFile, filesIn } from './data-files.ts'
import { isTar } from './make-backup.ts'
import { type PutBack, settleIn, type Settled } from './settle-in.ts'
import { unpackTar } from './tar.ts'

/**
 * Puts a backup in the place of the data. The vault is opened first, which is refused while a service runs, and stays
 * open until the end: what was erased since the backup has no key in it and is removed before anything can be read.
 * A restore that is cut off leaves a mark, and no start accepts the half of it.
 */
export interface Restore {
  from: string
  /** There is data already, and it may go. */
  replace: boolean
  /** There is no vault any more: only the desk's accounts come back. */
  vaultLost: boolean
}

export async function restoreBackup(
  config: Config,
  random: Random,
  { from, replace, vaultLost }: Restore,
): Promise<Settled> {
  makeFolders(config)
  const { dataDir, vaultDir } = config
  const isHalf = existsSync(join(dataDir, UNFINISHED))
  if (filesIn(dataDir).length > 0 && !replace && !isHalf)
    throw refused(
      'DATA_DIR holds data already. Say --replace to have the backup in its place: what came after the backup is lost then.',
    )
  if (!existsSync(join(vaultDir, 'vault.db')) && !vaultLost)
    throw refused(
      'VAULT_DIR holds no vault: is it mounted? Without it no conversation can be read. Say --vault-lost to bring back the accounts of the desk alone.',
    )
  const part = join(dataDir, 'restore.part')
  rmSync(part, { recursive: true, force: true })
  try {
    const files = unpacked(resolve(from), part)
    const { vault } = openVault(config, { random }, { evenNew: true })
    try {
      writeFileSync(join(dataDir, UNFINISHED), '', { mode: 0o600 })
      syncFolder(dataDir)
      for (const { name } of files) {
        const place = join(dataDir, name)
        mkdirSync(dirname(place), { recursive: true, mode: 0o700 })
        for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${place}${end}`, { force: true })
        renameSync(join(part, name), place)
        syncFolder(dirname(place))
      }
      const settled = await settleFolder(dataDir, vault)
      rmSync(join(dataDir, UNFINISHED))
      syncFolder(dataDir)
      return settled
    } finally {
      await vault.close()
    }
  } finally {
    rmSync(part, { recursive: true, force: true })
  }
}

async function settleFolder(dataDir: string, vault: PutBack['vault']): Promise<Settled> {
  const conversations = openSqliteConversations(dataDir)
  try {
    return await settleIn({
      vault,
      conversations,
      casesThere: casesInFolder(dataDir),
      accountsThere: () => (existsSync(join(dataDir, 'desk.db')) ? openSqliteAccounts(dataDir) : undefined),
    })
  } finally {
    await conversations.close()
  }
}

/** Copies what is in the backup beside the data, and refuses what is not whole or not ours. */
function unpacked(from: string, part: string): DataFile[] {
  const stat = statSync(from, { throwIfNoEntry: false })
  if (stat === undefined) throw refused('There is no backup of that name.')
  mkdirSync(part, { recursive: true, mode: 0o700 })
  try {
    if (stat.isDirectory())
      for (const { name } of filesIn(from)) cpSync(join(from, name), join(part, name), { errorOnExist: true })
    else if (isTar(from))
      unpackTar(
        from,
        part,
        DATA_FILES.map(({ name }) => name),
      )
  } catch {
    throw refused('The backup cannot be read as a whole.')
  }
  const files = filesIn(part)
  if (!files.some(({ name }) => name === 'data.db')) throw refused('This is no backup of Lantern.')
  for (const file of files)
    if (!isWhole(part, file)) throw refused(`${file.name} in the backup is damaged or not ours.`)
  return files
}

function isWhole(part: string, { name, kind }: DataFile): boolean {
  try {
    const db = new DatabaseSync(join(part, name))
    try {
      const check = Object.values(db.prepare('PRAGMA integrity_check').get() ?? {})[0]
      const version = pragma(db, 'user_version')
      const isOurs = pragma(db, 'application_id') === kind.applicationId
      return isOurs && version > 0 && version <= kind.schemaVersion && check === 'ok'
    } finally {
      db.close()
    }
  } catch {
    return false
  }
}

function refused(line: string): StartRefused {
  return new StartRefused('restore.refused', [line])
}
