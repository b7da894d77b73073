import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const CHILD = join(import.meta.dirname, 'full-disk.child.ts')

describe('the vault without room on its disk', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lantern-full-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  function run(command: string, ...args: string[]) {
    return spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, ROOT_FOLDER: folder } })
  }

  /** A disk of 2 MB in a mount table of the child's own: as root, or as root of a user namespace. */
  function onSmallDisk(): ReturnType<typeof run> | undefined {
    const disk = join(folder, 'disk')
    mkdirSync(disk)
    const script = 'mount -t tmpfs -o size=2m none "$1" || exit 77; exec "$2" "$3" full "$1" 400'
    return [['--mount'], ['--map-root-user', '--mount']]
      .map((flags) => run('unshare', ...flags, 'sh', '-c', script, 'sh', disk, process.execPath, CHILD))
      .find(({ status, stdout }) => status === 0 && stdout !== '')
  }

  /**
   * No file may grow past the vault's own size: the journal of one transaction over all its pages does not fit, the
   * journal of a single key does.
   */
  function underSizeLimit() {
    const made = run(process.execPath, CHILD, 'make', folder, '5000')
    expect(made.stderr).toBe('')
    const { size } = statSync(join(folder, 'vault', 'vault.db'))
    return run('prlimit', `--fsize=${size}`, process.execPath, CHILD, 'limited', folder)
  }

  it('destroys keys all the same, and says so when it cannot', () => {
    const small = onSmallDisk()
    // Where the system lets nobody mount a disk, a limit on file sizes takes its place: less is shown, but not nothing.
    if (small === undefined) return showUnderSizeLimit()
    expect(JSON.parse(small.stdout)).toEqual({
      ballastBefore: true,
      refused: 0,
      foundGone: 0,
      foundLiving: 200,
      ballastWhileFull: true,
      refusedWithoutRoom: 1,
      stillThere: true,
      refusedAfterwards: 0,
      foundLast: 0,
      ballastAfter: true,
    })
  })

  it('destroys one by one what it cannot destroy together', showUnderSizeLimit)

  function showUnderSizeLimit(): void {
    const { stdout, stderr } = underSizeLimit()
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual({ destroyed: 4999, refused: 0, foundGone: 0, foundLiving: 1 })
  }
})
