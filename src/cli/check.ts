import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createDirectory } from '../directory/create-directory.ts'
import { checkConfiguration } from './check/configuration.ts'
import { checkFlows } from './check/flows.ts'
import { loadFlows } from './check/load-flows.ts'
import { checkLocales } from './check/locales.ts'
import { checkPacks } from './check/packs.ts'
import type { Problem } from './check/problem.ts'
import { HOUSE } from './house.ts'

/** `lantern check`: every problem in flows, languages, packs and settings, with file, key and what to do. */
export async function run(args: string[]): Promise<number> {
  const json = wantsJson(args)
  if (json === undefined) {
    console.error('Usage: npm run -s lantern -- check [--json]')
    return 1
  }
  try {
    process.loadEnvFile()
  } catch {
    // No .env file: the environment alone holds.
  }
  const problems = await problemsOf(process.env, Date.now())
  console.log(json ? JSON.stringify({ problems }, null, 2) : inWords(problems))
  return problems.length === 0 ? 0 : 1
}

export async function problemsOf(
  environment: Readonly<Record<string, string | undefined>>,
  now: number,
): Promise<Problem[]> {
  const { packs, problems } = checkPacks(join(HOUSE, 'packs'), now)
  const settings = checkConfiguration(HOUSE, environment)
  const flows = await loadFlows()
  if (!('root' in flows)) return [...settings, flows, ...problems]
  const locales = checkLocales({
    folder: join(HOUSE, 'locales'),
    pages: flows.pages,
    directory: createDirectory(packs),
    packs: packs.map(({ id }) => id),
    now,
  })
  return [...settings, ...checkFlows(flows.root), ...locales, ...problems]
}

function wantsJson(args: string[]): boolean | undefined {
  try {
    return parseArgs({ args, options: { json: { type: 'boolean', default: false } } }).values.json
  } catch {
    return undefined
  }
}

export function inWords(problems: readonly Problem[]): string {
  if (problems.length === 0) return 'No problems found.'
  const files = Map.groupBy(problems, ({ file }) => file)
  const groups = [...files].map(([file, found]) => {
    const lines = found.map(
      ({ key, problem, remedy }) => `  ${key === '' ? 'It' : key} ${problem}.\n    ${remedy}`,
    )
    return `${file}\n${lines.join('\n')}`
  })
  return `${groups.join('\n\n')}\n\n${problems.length === 1 ? '1 problem' : `${problems.length} problems`} found.`
}
