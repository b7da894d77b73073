import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { lexiconOf } from '../../conversation/understand/lexicon.ts'
import { keptLexicon } from '../../kept-lexicon.ts'
import { understandLine } from '../../conversation/understand/understand-line.ts'
import { loadLocales } from '../../load-locales.ts'
import type { Problem } from '../check/problem.ts'
import { checkWording } from '../check/wording.ts'

/**
 * What Telegram shows of the bot before a word is said: name, description and the list of commands, from
 * locales/<tag>/bot.json. It stands on a phone that somebody else may check, so it fits the cover and promises no help.
 * A language without the file has the English one. `exit` is listed under the name that every ordinary bot has for it,
 * `stop`; `erase`, `help` and `talk` are taught in the conversation only: in a list about the weather they would ask
 * for an explanation.
 */
export type BotProfile = z.output<typeof schema>

const schema = z.strictObject({
  name: z.string().trim().min(1).max(64),
  description: z.string().trim().min(1).max(512),
  short: z.string().trim().min(1).max(120),
  commands: z
    .array(
      z.strictObject({
        command: z.string().regex(/^[a-z0-9_]{1,32}$/u),
        description: z.string().trim().min(1).max(256),
      }),
    )
    .min(1)
    .max(100),
})

const FIRST = 'en'
/** What may be offered for anyone to see. */
const HARMLESS: ReadonlySet<string | undefined> = new Set(['exit', 'menu', 'language', 'back'])

/** A profile for each of the languages. Files that cannot be used are left to `checkBotProfiles`. */
export function loadBotProfiles(folder: string, tags: readonly string[]): ReadonlyMap<string, BotProfile> {
  const english = read(folder, FIRST)
  return new Map(
    tags.flatMap((tag) => {
      const own = read(folder, tag)
      const profile = typeof own === 'object' ? own : english
      return typeof profile === 'object' ? [[tag, profile] as const] : []
    }),
  )
}

/** Files of the wrong form, words that may not be seen, and commands that mean nothing or too much. */
export function checkBotProfiles(folder: string): Problem[] {
  const { locales } = loadLocales(folder)
  const lexicon = lexiconOf(keptLexicon(locales))
  return [...locales.keys()].flatMap((tag) => {
    const profile = read(folder, tag)
    const add = (key: string, problem: string, remedy: string): Problem => ({
      file: `locales/${tag}/bot.json`,
      key,
      problem,
      remedy,
    })
    if (profile === 'missing')
      return tag === FIRST ? [add('', 'is missing', 'Write what Telegram shows of the bot.')] : []
    if (typeof profile === 'string') return [add(profile, 'cannot be used', LIMITS)]
    const commands = profile.commands.flatMap(({ command }, at) =>
      [command, `/${command}`].every((text) => HARMLESS.has(understandLine(text, lexicon).command))
        ? []
        : [add(`commands[${at}]`, `is not understood, or gives away too much`, COMMANDS)],
    )
    return [...commands, ...wordingOf(folder, tag, profile).map((problem) => add('', problem, COVER))]
  })
}

const LIMITS =
  'Compare it with locales/en: name to 64 characters, description 512, short 120, commands 32 and 256.'
const COMMANDS = 'List only words for menu, language, back and exit that words.json knows.'
const COVER = 'The profile must be about something ordinary, as the cover is.'

/** The wording rules of a cover line, word for word. */
function wordingOf(
  folder: string,
  tag: string,
  { name, description, short, commands }: BotProfile,
): string[] {
  const lists = never.safeParse(json(join(folder, tag, 'never.json')))
  if (!lists.success) return []
  const lines = [name, description, short, ...commands.flatMap((one) => [one.command, one.description])]
  return checkWording(tag, {}, lines, lists.data).flatMap(({ key, problem }) =>
    key.startsWith('lines[') ? [problem] : [],
  )
}

const never = z.object({ atFirst: z.array(z.string()), anywhere: z.array(z.string()) })

/** Otherwise the key that is wrong; '' for the whole file. */
function read(folder: string, tag: string): BotProfile | 'missing' | (string & {}) {
  const path = join(folder, tag, 'bot.json')
  if (!existsSync(path)) return 'missing'
  const parsed = schema.safeParse(json(path))
  return parsed.success ? parsed.data : (parsed.error.issues[0]?.path.join('.') ?? '')
}

function json(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
