import { readFileSync, realpathSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import type { Config } from '../../config.ts'
import { StartRefused } from '../../errors.ts'

/**
 * Refuses the start where one backup would read the data and the keys to it. Backups read BACKUP_ROOTS; where that is
 * not set, in production the folder in which DATA_DIR lies, and otherwise DATA_DIR. Links are followed, and a folder
 * that is mounted in two places (bind mounts, volumes) is known by where it lies on its disk, on Linux.
 */
export function refuseSharedPlace(config: Config, mountinfo = readMounts()): void {
  const { dataDir, vaultDir, root, production } = config
  const mounts = mountsIn(mountinfo)
  const places = (path: string) => placesOf(path, mounts)
  const data = places(dataDir)
  const read = config.backupRoots.flatMap(places)
  const around = read.length > 0 || !production ? [] : data.flatMap(folderAround)
  const isRead = (path: string) =>
    places(path).some((place) => [...data, ...read, ...around].some((folder) => isInside(place, folder)))
  const remedy = 'Give it a place elsewhere, and name in BACKUP_ROOTS what your backups read.'
  const vault = places(vaultDir)
  if (isRead(vaultDir) || data.some((place) => vault.some((folder) => isInside(place, folder))))
    throw new StartRefused('vault.shared', [
      `VAULT_DIR lies where a backup of DATA_DIR would read it too. ${remedy}`,
    ])
  if (root.kind === 'file' && isRead(root.path))
    throw new StartRefused('vault.shared', [
      `ROOT_KEY_FILE lies where a backup of DATA_DIR would read it too. ${remedy}`,
    ])
}

/** None around the top of a disk or a whole machine: nobody's folder of backups. */
function folderAround(place: string): string[] {
  const around = place.slice(0, place.lastIndexOf(sep))
  return around === '' || around.endsWith(' ') || around === place ? [] : [around]
}

/** As it is seen once links are followed, and as `disk 8:1 /srv/lantern`. */
function placesOf(path: string, mounts: readonly Mount[]): string[] {
  const seen = real(path)
  const mount = mounts.findLast(({ at }) => isInside(seen, at))
  if (mount === undefined) return [seen]
  const onDisk = join(mount.root, relative(mount.at, seen))
  return [seen, `disk ${mount.disk} ${onDisk === sep ? '' : onDisk}`]
}

function real(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return dirname(path) === path ? path : join(real(dirname(path)), basename(path))
  }
}

function isInside(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : `${outer}${sep}`)
}

interface Mount {
  disk: string
  /** The folder of the disk that is shown. */
  root: string
  at: string
}

function readMounts(): string {
  try {
    return readFileSync('/proc/self/mountinfo', 'utf8')
  } catch {
    return ''
  }
}

/** The deepest last; of two in one place the later one is seen. See proc_pid_mountinfo(5). */
function mountsIn(mountinfo: string): Mount[] {
  const plain = (text = '') =>
    text.replace(/\\([0-7]{3})/gu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)))
  return mountinfo
    .split('\n')
    .map((line) => line.split(' '))
    .filter((fields) => fields.length > 5)
    .map(([, , disk = '', root, at]) => ({ disk, root: plain(root), at: plain(at) }))
    .toSorted((a, b) => a.at.length - b.at.length)
}
