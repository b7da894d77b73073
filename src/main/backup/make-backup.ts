import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Config } from '../../config.ts'
import { StartRefused } from '../../errors.ts'
import { pragma, syncFolder } from '../../storage/sqlite/file.ts'
import { snapshot } from '../../storage/sqlite/snapshot.ts'
import { filesIn } from './data-files.ts'
import { packTar } from './tar.ts'

/**
 * Copies every data file into a folder, or into one tar file where the name ends so. Never the vault, never the root key.
 * What was erased before is not in it; what is erased later stays in it and opens no more. Safe beside a running service.
 */
export async function makeBackup(
  { dataDir, vaultDir }: Pick<Config, 'dataDir' | 'vaultDir'>,
  target: string,
  progress: (done: number, of: number) => void,
): Promise<readonly string[]> {
  const path = resolve(target)
  const files = filesIn(dataDir)
  if (files.length === 0) throw refused('DATA_DIR holds nothing to back up.')
  for (const folder of [dataDir, vaultDir])
    if (path === folder || path.startsWith(`${folder}${sep}`))
      throw refused('A backup inside DATA_DIR or VAULT_DIR would not be one. Give another place.')
  if (existsSync(path) && (isTar(path) || readdirSync(path).length > 0))
    throw refused('There is something of that name already. Give a new name.')
  const part = `${path}.part`
  rmSync(part, { recursive: true, force: true })
  try {
    for (const [place, { name, kind }] of files.entries()) {
      mkdirSync(dirname(join(part, name)), { recursive: true, mode: 0o700 })
      await snapshot(join(dataDir, name), join(part, name), (done, of) =>
        progress((place + done / Math.max(1, of)) / files.length, 1),
      )
      // What is none of ours is not carried out of the house, whatever it is called.
      if (applicationOf(join(part, name)) !== kind.applicationId)
        throw refused(`${name} in DATA_DIR was not made by Lantern for this use.`)
    }
    const names = files.map(({ name }) => name)
    if (isTar(path)) {
      const tar = `${part}.tar`
      rmSync(tar, { force: true })
      packTar(tar, part, names)
      renameSync(tar, path)
    } else renameSync(part, path)
    syncFolder(dirname(path))
    return names
  } catch (error) {
    if (error instanceof StartRefused) throw error
    throw refused('The backup could not be written: is there room, and may that folder be written to?')
  } finally {
    rmSync(part, { recursive: true, force: true })
  }
}

export const isTar = (path: string) => path.endsWith('.tar')

export function applicationOf(path: string): number {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    return pragma(db, 'application_id')
  } finally {
    db.close()
  }
}

function refused(line: string): StartRefused {
  return new StartRefused('backup.refused', [line])
}
