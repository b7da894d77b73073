import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createDirectory } from '../directory/create-directory.ts'
import { checkConfiguration } from './check/configuration.ts'
import { checkFlows } from './check/flows.ts'
import { loadFlows } from './check/load-flows.ts'
import { checkLocales } from './check/locales.ts'
import { checkOnline } from './check/online.ts'
import { checkPacks } from './check/packs.ts'
import type { Problem } from './check/problem.ts'
import { HOUSE } from './house.ts'
import { checkBotProfiles } from './setup/bot-profile.ts'

/**
 * `lantern check`: every problem in flows, languages, packs and settings, with file, key and what to do. Only with
 * `--online` are the platforms asked as well; nothing is changed there.
 */
export async function run(args: string[]): Promise<number> {
  const wish = wished(args)
  if (wish === undefined) {
    console.error('Usage: npm run -s lantern -- check [--json] [--online [--waba ID]]')
    return 1
  }
  try {
    process.loadEnvFile()
  } catch {
    // No .env file: the environment alone holds.
  }
  const now = Date.now()
  const problems = await problemsOf(process.env, now)
  if (wish.online)
    problems.push(...(await checkOnline({ environment: process.env, account: wish.waba, now })))
  console.log(wish.json ? JSON.stringify({ problems }, null, 2) : inWords(problems))
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
  return [
    ...settings,
    ...checkFlows(flows.root),
    ...locales,
    ...checkBotProfiles(join(HOUSE, 'locales')),
    ...problems,
  ]
}

function wished(args: string[]) {
  try {
    const { values } = parseArgs({ args, options: OPTIONS })
    return /^\d{3,30}$/u.test(values.waba ?? '000') ? values : undefined
  } catch {
    return undefined
  }
}

const OPTIONS = {
  json: { type: 'boolean', default: false },
  online: { type: 'boolean', default: false },
  waba: { type: 'string' },
} as const

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
