import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Pack } from '../directory/pack/pack.ts'
import { createDirectory } from '../directory/create-directory.ts'
import { isDraftPack } from '../directory/pack/draft-pack.ts'
import { StartRefused } from '../errors.ts'
import { readDotEnv } from '../main/settings.ts'
import { checkConfiguration } from './check/configuration.ts'
import { checkFlows } from './check/flows.ts'
import { loadFlows } from './check/load-flows.ts'
import { checkDirectory } from './check/editions.ts'
import { checkLocales } from './check/locales.ts'
import { checkOnline } from './check/online.ts'
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
  const overruled = dotEnv()
  const now = Date.now()
  const { problems, notes } = await findingsOf(process.env, now)
  problems.unshift(...overruled)
  if (wish.online)
    problems.push(...(await checkOnline({ environment: process.env, account: wish.waba, now })))
  console.log(wish.json ? JSON.stringify({ problems, notes }, null, 2) : inWords(problems, notes))
  return problems.length === 0 ? 0 : 1
}

/** Takes up the `.env` file; what of it the start would refuse. */
function dotEnv(): Problem[] {
  try {
    return readDotEnv(process.env).map(({ variable, ...rest }) => ({ file: '.env', key: variable, ...rest }))
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error
    return [
      { file: '.env', key: '', problem: 'cannot be read', remedy: 'Let the user that runs Lantern read it.' },
    ]
  }
}

export interface Findings {
  problems: Problem[]
  /** Only worth knowing. */
  notes: Problem[]
}

export async function problemsOf(...parts: Parameters<typeof findingsOf>): Promise<Problem[]> {
  return (await findingsOf(...parts)).problems
}

export async function findingsOf(
  environment: Readonly<Record<string, string | undefined>>,
  now: number,
): Promise<Findings> {
  const { packs, problems, notes } = await checkDirectory(join(HOUSE, 'packs'), environment, now)
  return { problems: [...(await otherProblems(environment, packs, now)), ...problems], notes }
}

async function otherProblems(
  environment: Readonly<Record<string, string | undefined>>,
  packs: readonly Pack[],
  now: number,
): Promise<Problem[]> {
  const settings = checkConfiguration(HOUSE, environment)
  const flows = await loadFlows()
  if (!('root' in flows)) return [...settings, flows]
  const locales = checkLocales({
    folder: join(HOUSE, 'locales'),
    pages: flows.pages,
    directory: createDirectory(packs),
    // A draft is shown to nobody, and what fills its pages is not there yet.
    packs: packs.filter((pack) => !isDraftPack(pack)).map(({ id }) => id),
    now,
  })
  return [...settings, ...checkFlows(flows.root), ...locales, ...checkBotProfiles(join(HOUSE, 'locales'))]
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

export function inWords(problems: readonly Problem[], notes: readonly Problem[] = []): string {
  const found =
    problems.length === 0
      ? 'No problems found.'
      : `${grouped(problems)}\n\n${problems.length === 1 ? '1 problem' : `${problems.length} problems`} found.`
  return notes.length === 0 ? found : `${found}\n\nGood to know:\n${grouped(notes)}`
}

function grouped(problems: readonly Problem[]): string {
  const files = Map.groupBy(problems, ({ file }) => file)
  const groups = [...files].map(([file, found]) => {
    const lines = found.map(
      ({ key, problem, remedy }) => `  ${key === '' ? 'It' : key} ${problem}.\n    ${remedy}`,
    )
    return `${file}\n${lines.join('\n')}`
  })
  return groups.join('\n\n')
}
