import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { rootKey } from '../../src/privacy/vault/root-key.ts'
import { openSqliteVault } from '../../src/privacy/vault/sqlite-vault.ts'
import type { Key, KeyId } from '../../src/privacy/vault/vault.ts'
import { fillDisk } from './fill-disk.ts'

/**
 * Runs in a process of its own, since a full disk and a limit on file sizes are things of a process. Prints one line of
 * JSON: what was destroyed, what was refused and what is still to be found in the vault's file.
 */
const [mode, folder = '', count = '0'] = process.argv.slice(2)
const home = process.env['ROOT_FOLDER'] ?? ''
const loaded = rootKey(join(home, 'root.key'), { bytes: (length) => new Uint8Array(randomBytes(length)) })
if (loaded.kind === 'refused') throw new Error(loaded.problem)
const at = join(folder, 'vault')
const vault = openSqliteVault(at, loaded.key)
const filler = join(folder, 'filler')

function found(ids: readonly KeyId[]): number {
  const bytes = readFileSync(join(at, 'vault.db'))
  return ids.filter((id) => bytes.includes(Buffer.from(id, 'base64url'))).length
}

async function destroyAll(ids: readonly KeyId[]): Promise<number> {
  const outcomes = await Promise.allSettled(ids.map((id) => vault.destroy(id)))
  return outcomes.filter(({ status }) => status === 'rejected').length
}

const ballast = () => existsSync(join(at, 'ballast'))
const make = (): Promise<Key[]> => Promise.all(Array.from({ length: Number(count) }, () => vault.create()))

async function onFullDisk() {
  const ids = (await make()).map(({ id }) => id)
  const half = ids.length / 2
  const last = ids.at(-1) as KeyId
  const ballastBefore = ballast()
  fillDisk(filler)
  const refused = await destroyAll(ids.slice(0, half))
  const result = {
    ballastBefore,
    refused,
    foundGone: found(ids.slice(0, half)),
    foundLiving: found(ids.slice(half)),
    ballastWhileFull: ballast(),
  }
  // Somebody takes the ballast's room too: now it must be said that nothing was destroyed.
  rmSync(join(at, 'ballast'))
  fillDisk(filler)
  const refusedWithoutRoom = await destroyAll([last])
  const stillThere = (await vault.open(last)) !== undefined
  rmSync(filler)
  const refusedAfterwards = await destroyAll([last])
  return {
    ...result,
    refusedWithoutRoom,
    stillThere,
    refusedAfterwards,
    foundLast: found([last]),
    ballastAfter: ballast(),
  }
}

async function underLimit() {
  const ids: KeyId[] = []
  for await (const id of vault.ids()) ids.push(id)
  const [living, ...gone] = ids
  const refused = await destroyAll(gone)
  return { destroyed: gone.length, refused, foundGone: found(gone), foundLiving: found([living as KeyId]) }
}

const modes: Record<string, () => Promise<object>> = {
  full: onFullDisk,
  make: async () => ({ made: (await make()).length }),
  limited: underLimit,
}
const result = await modes[mode ?? '']?.()
await vault.close()
process.stdout.write(`${JSON.stringify(result)}\n`)
