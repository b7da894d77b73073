import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import { StartRefused } from '../errors.ts'
import { restoreBackup, type Restore } from '../main/backup/restore-backup.ts'
import type { Settled } from '../main/backup/settle-in.ts'
import { onFiles } from '../main/stores/on-files.ts'
import { readSettings } from '../main/settings.ts'
import type { Random } from '../operations/environment.ts'

const INSTEAD = `While nothing runs, put that server's own files back, start it, and run "lantern restore --servers" before Lantern starts.`

/**
 * `lantern restore`: a backup in the place of the data, while the service is stopped; what was erased stays erased.
 * `--servers`: the same for servers whose files were put back by hand.
 */
export async function run(args: string[]): Promise<number> {
  const wish = wished(args)
  if (wish === undefined) {
    console.error(USAGE)
    return 1
  }
  const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) }
  try {
    const config = readSettings(process.env)
    const { conversations, cases, removed } =
      wish === 'servers'
        ? await onServers(config, random)
        : await restoreBackup(onFiles(config, 'restore', INSTEAD), random, wish)
    console.log(`${conversations} conversations and ${cases} cases are back`)
    console.error(
      `${removed} were removed: erased since the backup, or begun after it. Everybody at the desk signs in anew; look whether an account is back that was disabled since.`,
    )
    return 0
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error
    const isBusy = error.code === 'vault.busy'
    for (const line of isBusy ? ['Lantern is running. Stop it first.'] : error.lines) console.error(line)
    return 1
  }
}

const USAGE = `Usage: npm run -s lantern -- restore FOLDER | FILE.tar [--replace] [--vault-lost]
       npm run -s lantern -- restore --servers   after the files of the server of the data were put back`

async function onServers(config: Config, random: Random): Promise<Settled> {
  return (await import('../main/backup/settle-servers.ts')).settleServers(config, random)
}

function wished(args: string[]): Restore | 'servers' | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: {
        replace: { type: 'boolean' },
        'vault-lost': { type: 'boolean' },
        servers: { type: 'boolean' },
      },
      allowPositionals: true,
    })
    const [from, ...more] = positionals
    if (values.servers === true)
      return from === undefined && Object.keys(values).length === 1 ? 'servers' : undefined
    if (from === undefined || more.length > 0) return undefined
    return { from, replace: values.replace === true, vaultLost: values['vault-lost'] === true }
  } catch {
    return undefined
  }
}
