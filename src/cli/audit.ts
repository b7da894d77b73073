import { StartRefused } from '../errors.ts'
import { withDesk } from './staff.ts'

/** `lantern audit verify`: whether the desk's audit log is as it was written, or which line is the first that is not. */
export async function run(args: string[]): Promise<number> {
  if (args.length !== 1 || args[0] !== 'verify') {
    console.error('Usage: npm run -s lantern -- audit verify')
    return 1
  }
  try {
    return await withDesk(async ({ audit }) => {
      const verdict = await audit.verify()
      if (verdict.kind === 'intact') {
        console.log(`intact up to line ${verdict.upTo}`)
        return 0
      }
      console.log(`broken at line ${verdict.at}: it was changed, taken out or put in after it was written`)
      return 1
    })
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error
    for (const line of error.lines) console.error(line)
    return 1
  }
}
