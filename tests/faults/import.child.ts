import { run } from '../../src/cli/services/import.ts'

/** `FILE PACK`: the import of one file, and how many MB were resident at the most. */
const [, , file = '', pack = ''] = process.argv
process.exitCode = await run([file, '--pack', pack])
process.stdout.write(`${Math.round(process.resourceUsage().maxRSS / 1024)} MB\n`)
