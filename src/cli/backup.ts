import { StartRefused } from '../errors.ts'
import { makeBackup } from '../main/backup/make-backup.ts'
import { onFiles } from '../main/stores/on-files.ts'
import { readSettings } from '../main/settings.ts'
import { progressBar } from './progress-bar.ts'

const INSTEAD = "Copy that server's own files, and never those of VAULT_URL."

/** `lantern backup`: the sealed data in a folder or a tar file, beside the running service; never the keys to it. */
export async function run(args: string[]): Promise<number> {
  const [target, ...more] = args
  if (target === undefined || target.startsWith('-') || more.length > 0) {
    console.error('Usage: npm run -s lantern -- backup FOLDER | FILE.tar')
    return 1
  }
  const bar = progressBar('copying')
  try {
    const config = onFiles(readSettings(process.env), 'backup', INSTEAD)
    const names = await makeBackup(config, target, bar.show)
    bar.end()
    console.log(`${names.join(', ')}: copied, without any key`)
    return 0
  } catch (error) {
    bar.end()
    if (!(error instanceof StartRefused)) throw error
    for (const line of error.lines) console.error(line)
    return 1
  }
}
