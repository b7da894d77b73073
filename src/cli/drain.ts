import { parseArgs } from 'node:util'
import { StartRefused } from '../errors.ts'
import { askToStop } from '../main/process/asked-to-stop.ts'
import { readSettings } from '../main/settings.ts'

const USAGE = 'Usage: npm run -s lantern -- drain [--port N]'

/**
 * `lantern drain`: the process of these settings takes no more work, finishes or gives back what it has, and ends, within ten
 * seconds. Resolves when that is done.
 */
export async function run(args: string[]): Promise<number> {
  try {
    const { dataDir, port } = readSettings(process.env)
    const wanted = portIn(args, port)
    if (wanted === undefined) {
      console.error(USAGE)
      return 1
    }
    switch (await askToStop(dataDir, wanted)) {
      case 'drained':
        console.log('It has given everything back, and ended.')
        return 0
      case 'cut':
        console.error(
          'It ended while a message was on its way out: another process, or the next start, goes on with it in a minute.',
        )
        return 1
      case 'nobody':
        console.error(
          `No Lantern of this DATA_DIR serves port ${wanted}. Is it another user's, or on another machine? SIGTERM does the same.`,
        )
        return 1
    }
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error
    for (const line of error.lines) console.error(line)
    return 1
  }
}

function portIn(args: string[], usual: number): number | undefined {
  try {
    const { values } = parseArgs({ args, options: { port: { type: 'string' } } })
    if (values.port === undefined) return usual
    return /^\d{1,5}$/u.test(values.port) ? Number(values.port) : undefined
  } catch {
    return undefined
  }
}
