import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { StartRefused } from '../errors.ts'
import { restoreBackup, type Restore } from '../main/backup/restore-backup.ts'
import { onFiles } from '../main/on-files.ts'
import { readSettings } from '../main/settings.ts'

const INSTEAD = "Put that server's own files back while nothing runs."

/** `lantern restore`: a backup in the place of the data, while the service is stopped; what was erased stays erased. */
export async function run(args: string[]): Promise<number> {
  const wish = wished(args)
  if (wish === undefined) {
    console.error('Usage: npm run -s lantern -- restore FOLDER | FILE.tar [--replace] [--vault-lost]')
    return 1
  }
  const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) }
  try {
    const { conversations, cases, removed } = await restoreBackup(
      onFiles(readSettings(process.env), 'restore', INSTEAD),
      random,
      wish,
    )
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

function wished(args: string[]): Restore | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { replace: { type: 'boolean' }, 'vault-lost': { type: 'boolean' } },
      allowPositionals: true,
    })
    const [from, ...more] = positionals
    if (from === undefined || more.length > 0) return undefined
    return { from, replace: values.replace === true, vaultLost: values['vault-lost'] === true }
  } catch {
    return undefined
  }
}
