import { type Config, readConfig } from '../config.ts'
import { StartRefused } from '../errors.ts'

/** The settings of this process: a `.env` file, and the environment above it. A faulty one refuses the start. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Config {
  readDotEnv()
  const read = readConfig(environment)
  if ('config' in read) return read.config
  throw new StartRefused(
    'config.faulty',
    read.faults.map(({ variable, problem, remedy }) => `${variable} ${problem}. ${remedy}`),
  )
}

function readDotEnv(): void {
  try {
    process.loadEnvFile()
  } catch (error) {
    // Without a .env file the environment alone holds; one that is there is meant to be read.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return
    throw new StartRefused('config.faulty', ['.env cannot be read. Let the user that runs Lantern read it.'])
  }
}
