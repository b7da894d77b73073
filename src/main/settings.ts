import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { type Config, type Fault, readConfig } from '../config.ts'
import { VARIABLES } from '../config-variables.ts'
import { StartRefused } from '../errors.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The settings of this process: a `.env` file, and the environment above it. A faulty one refuses the start. */
export function readSettings(environment: Environment): Config {
  const overruled = readDotEnv(environment)
  const read = readConfig(environment)
  if ('config' in read && overruled.length === 0) return read.config
  const faults = [...overruled, ...('faults' in read ? read.faults : [])]
  throw new StartRefused(
    'config.faulty',
    faults.map(({ variable, problem, remedy }) => `${variable} ${problem}. ${remedy}`),
  )
}

/**
 * Takes up the `.env` file of this folder. In production its lines that the environment overrules with something else are
 * faults: whoever wrote there where the keys lie, or what backups read, would believe that it is obeyed.
 */
export function readDotEnv(environment: Environment): Fault[] {
  const before = { ...environment }
  try {
    process.loadEnvFile()
    return environment['NODE_ENV'] === 'production' ? overruledIn(readFileSync('.env', 'utf8'), before) : []
  } catch (error) {
    // Without a .env file the environment alone holds; one that is there is meant to be read.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw new StartRefused('config.faulty', ['.env cannot be read. Let the user that runs Lantern read it.'])
  }
}

function overruledIn(text: string, environment: Environment): Fault[] {
  return Object.entries(parseEnv(text)).flatMap(([variable, value = '']) => {
    const above = environment[variable]
    if (!(variable in VARIABLES) || value.trim() === '' || above === undefined || above === value) return []
    return [
      {
        variable,
        problem: 'in .env is not obeyed, since what starts Lantern (unit, image, chart) sets another value',
        remedy:
          'Take the line out of .env, or set that value there instead (systemctl edit, environment, settings).',
      },
    ]
  })
}
