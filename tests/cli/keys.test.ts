import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rootKey } from '../../src/privacy/vault/root-key.ts'
import { openSqliteVault } from '../../src/privacy/vault/sqlite-vault.ts'
import { serve } from '../turns/served.ts'

const HOUSE = join(import.meta.dirname, '../..')
const random = { bytes: (length: number) => new Uint8Array(length) }
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-keys-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

async function rotate(): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(HOUSE, 'src/cli/preflight.js'), 'keys', 'rotate'],
    {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        DATA_DIR: join(folder, 'data'),
        VAULT_DIR: join(folder, 'vault'),
      },
    },
  )
  return stdout
}

async function kek() {
  const root = rootKey(join(folder, 'vault/root.key'), random)
  if (root.kind === 'refused') throw new Error(root.problem)
  const vault = openSqliteVault(join(folder, 'vault'), root.key)
  const { epoch, madeAt } = (await vault.epochs()).kek
  await vault.close()
  return { epoch, madeAt }
}

describe('lantern keys rotate', () => {
  it('changes the key by itself while nothing runs, and asks the service while it runs', async () => {
    expect(await rotate()).toMatch(/^0 keys are under a new key/u)
    expect((await kek()).epoch).toBe(2)
    const served = await serve(folder, { DESK: 'off' })
    expect(await rotate()).toMatch(/^0 keys are under a new key/u)
    expect((await fetch(`${served.address}/health/live`)).status).toBe(200)
    await served.kill('SIGTERM')
    const after = await kek()
    expect(after.epoch).toBe(3)
    expect(Math.abs(Date.now() - after.madeAt)).toBeLessThan(120_000)
    expect(readdirSync(join(folder, 'vault'))).not.toContain('rotate.asked')
  }, 120_000)
})
