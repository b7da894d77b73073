import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Config } from '../config.ts'
import { StartRefused } from '../errors.ts'
import { askRotation, type Progress } from '../main/process/asked-rotation.ts'
import { readSettings } from '../main/settings.ts'
import { openVaultAlone } from '../main/stores/redis-stores.ts'
import { openVault } from '../main/stores/stores.ts'
import type { RotatingVault } from '../privacy/vault/vault.ts'
import { type ProgressBar, progressBar } from './progress-bar.ts'

/**
 * `lantern keys rotate`: a new key-encryption key, and every living key wrapped anew under it. Beside a running service
 * it asks that one to do so, since only one process may open a vault in a folder; turns go on meanwhile.
 */
export async function run(args: string[]): Promise<number> {
  if (args.length !== 1 || args[0] !== 'rotate') {
    console.error('Usage: npm run -s lantern -- keys rotate')
    return 1
  }
  const bar = progressBar('rotating')
  try {
    const config = readSettings(process.env)
    const count =
      config.redis === undefined
        ? ((await rotatedHere(config, bar)) ?? (await rotatedThere(config, bar)))
        : await rotatedOn(await openVaultAlone(config, config.redis, environment), bar)
    bar.end()
    console.log(`${count} keys are under a new key; the one before is destroyed`)
    return 0
  } catch (error) {
    bar.end()
    if (!(error instanceof StartRefused)) throw error
    for (const line of error.lines) console.error(line)
    return 1
  }
}

const environment = { random: { bytes: (length: number) => new Uint8Array(randomBytes(length)) } }

/** undefined: another process has the vault. */
async function rotatedHere(config: Config, bar: ProgressBar): Promise<number | undefined> {
  const opened = here(config)
  if (opened === undefined) return undefined
  return rotatedOn(opened.vault, bar)
}

async function rotatedOn(vault: RotatingVault, bar: ProgressBar): Promise<number> {
  let count = 0
  try {
    await vault.rotate({
      at: Date.now(),
      progress(done, of) {
        count = of
        bar.show(done, of)
      },
    })
    return count
  } finally {
    await vault.close()
  }
}

function here(config: Config): ReturnType<typeof openVault> | undefined {
  try {
    return openVault(config, environment)
  } catch (error) {
    if (error instanceof StartRefused && error.code === 'vault.busy') return undefined
    throw error
  }
}

const LOOK_MS = 100
const PATIENCE_MS = 30_000

async function rotatedThere({ vaultDir }: Config, bar: ProgressBar): Promise<number> {
  const { progress, takeBack } = askRotation(vaultDir)
  let known: Progress | undefined
  let changedAt = Date.now()
  while (Date.now() - changedAt < PATIENCE_MS) {
    await wait(LOOK_MS)
    const next = progress()
    if (next === undefined) continue
    if (next.done !== known?.done) changedAt = Date.now()
    known = next
    bar.show(known.done, known.of)
    if (known.state === 'done') return known.of
    if (known.state === 'failed')
      throw new StartRefused('vault.busy', ['The running Lantern could not rotate: its log says why.'])
  }
  takeBack()
  throw new StartRefused('vault.busy', [
    'Another process has the vault open and does not answer. If it is an older Lantern or a restore, wait for its end, or stop it and run this again.',
  ])
}
