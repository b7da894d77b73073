import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Config, readConfig } from '../../src/config.ts'
import { refuseSharedPlace } from '../../src/main/stores/vault-place.ts'

function configOf(settings: Record<string, string>): Config {
  const read = readConfig({ NODE_ENV: 'production', ...settings })
  if ('config' in read) return read.config
  throw new Error(JSON.stringify(read.faults))
}

function foldersIn(...names: string[]): string {
  const top = mkdtempSync(join(tmpdir(), 'lantern-place-'))
  for (const name of names) mkdirSync(join(top, name), { recursive: true })
  return top
}

const VAULT = /^VAULT_DIR lies where a backup of DATA_DIR would read it too\. [^\n]+$/u
const ROOT = /^ROOT_KEY_FILE lies [^\n]+$/u

describe('the start refuses a vault that a backup of the data would read', () => {
  const placed = (data: string, vault: string, more: Record<string, string> = {}, mounts = '') =>
    refuseSharedPlace(configOf({ DATA_DIR: data, VAULT_DIR: vault, ...more }), mounts)

  it('in one folder with the data, in production, and not while it is tried out', () => {
    const top = foldersIn('lantern/data', 'lantern/vault', 'lantern-vault')
    const [data, vault] = [join(top, 'lantern/data'), join(top, 'lantern/vault')]
    expect(() => placed(data, vault)).toThrow(VAULT)
    placed(data, vault, { NODE_ENV: 'development' })
    placed(data, join(top, 'lantern-vault'))
  })

  it('in what it is told that backups read, and believes that where it is told', () => {
    const top = foldersIn('data', 'vault', 'keys/vault')
    const [data, vault, apart] = [join(top, 'data'), join(top, 'vault'), join(top, 'keys/vault')]
    placed(data, vault, { BACKUP_ROOTS: data })
    expect(() => placed(data, vault, { BACKUP_ROOTS: `/srv/x,${vault}` })).toThrow(VAULT)
    expect(() => placed(data, apart, { BACKUP_ROOTS: top })).toThrow(VAULT)
  })

  it('behind a link, in either direction', () => {
    const top = foldersIn('a/data/inside', 'b', 'c/vault')
    symlinkSync(join(top, 'a/data/inside'), join(top, 'b/vault'))
    symlinkSync(join(top, 'a'), join(top, 'c/link'))
    const development = { NODE_ENV: 'development' }
    expect(() => placed(join(top, 'a/data'), join(top, 'b/vault'), development)).toThrow(VAULT)
    expect(() => placed(join(top, 'c/link/data'), join(top, 'a'), development)).toThrow(VAULT)
    placed(join(top, 'a/data'), join(top, 'c/vault'))
  })

  it('behind a mount of the same folder of a disk, and not on two disks', () => {
    const top = foldersIn('one/data', 'other/vault')
    const [data, vault] = [join(top, 'one/data'), join(top, 'other/vault')]
    const mounts = (disk: string, folder: string) =>
      [
        '21 1 8:1 / / rw - ext4 /dev/sda1 rw',
        `31 21 8:1 /srv/our\\040data ${data} rw - ext4 /dev/sda1 rw`,
        `32 21 ${disk} ${folder} ${vault} rw shared:1 - ext4 /dev/sda1 rw`,
      ].join('\n')
    expect(() => placed(data, vault, {}, mounts('8:1', '/srv/our\\040data/vault'))).toThrow(VAULT)
    expect(() => placed(data, vault, { BACKUP_ROOTS: '/srv' }, mounts('8:1', '/srv/keys'))).toThrow(VAULT)
    placed(data, vault, {}, mounts('8:1', '/keys'))
    placed(data, vault, {}, mounts('8:2', '/srv/our\\040data/vault'))
  })

  it('and a root key that such a backup would read', () => {
    const top = foldersIn('lantern/data', 'vault')
    const [data, vault] = [join(top, 'lantern/data'), join(top, 'vault')]
    expect(() => placed(data, vault, { ROOT_KEY_FILE: join(top, 'lantern/root.key') })).toThrow(ROOT)
    placed(data, vault, { ROOT_KEY_FILE: join(top, 'keys/root.key') })
    placed(data, vault, { ROOT_KEY_COMMAND: `/bin/cat ${join(data, 'x')}` })
  })
})
