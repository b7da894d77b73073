import { join } from 'node:path'
import { startVitest } from 'vitest/node'

/** Runs one file as the whole suite would run it, or without its watch; exits as the suite would. */
const [file = '', watched = ''] = process.argv.slice(2)
const root = join(import.meta.dirname, '../..')
await startVitest('test', [], {
  root,
  watch: false,
  include: [`tests/log-watch/${file}`],
  ...(watched === 'unwatched' ? { setupFiles: [] } : {}),
}).then((vitest) => vitest.close())
