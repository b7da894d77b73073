import { isDeepStrictEqual } from 'node:util'
import type { Answer } from '../../channels/telegram/answer.ts'
import type { ProfileApi } from '../../channels/telegram/profile-api.ts'
import type { BotProfile } from './bot-profile.ts'

/**
 * The bot's profile at Telegram, one for the readers of each language and one for everyone else. Read before it is set,
 * part by part, because Telegram lets a name be changed only now and then.
 */
export interface ProfileOf {
  /** Two letters of ISO 639-1; undefined: for everyone who has none of their own. */
  code: string | undefined
  wanted: BotProfile
}

export type ReadingProfile = Pick<
  ProfileApi,
  'getMyName' | 'getMyDescription' | 'getMyShortDescription' | 'getMyCommands'
>

const PARTS: readonly {
  part: string
  key: keyof BotProfile
  get(api: ReadingProfile, code: string | undefined): Promise<Answer<unknown>>
  set(api: ProfileApi, profile: BotProfile, code: string | undefined): Promise<Answer<unknown>>
}[] = [
  {
    part: 'name',
    key: 'name',
    get: (api, code) => api.getMyName(code),
    set: (api, { name }, code) => api.setMyName(name, code),
  },
  {
    part: 'description',
    key: 'description',
    get: (api, code) => api.getMyDescription(code),
    set: (api, { description }, code) => api.setMyDescription(description, code),
  },
  {
    part: 'short description',
    key: 'short',
    get: (api, code) => api.getMyShortDescription(code),
    set: (api, { short }, code) => api.setMyShortDescription(short, code),
  },
  {
    part: 'commands',
    key: 'commands',
    get: (api, code) => api.getMyCommands(code),
    set: (api, { commands }, code) => api.setMyCommands(commands, code),
  },
]

/** The first language's is for everyone, and each language that Telegram has a code for has its own beside it. */
export function profilesOf(profiles: ReadonlyMap<string, BotProfile>): ProfileOf[] {
  const codes = new Map<string | undefined, BotProfile>()
  for (const [tag, profile] of profiles) {
    const [code = ''] = tag.split('-')
    if (codes.size === 0) codes.set(undefined, profile)
    if (/^[a-z]{2}$/u.test(code) && !codes.has(code)) codes.set(code, profile)
  }
  return [...codes].map(([code, wanted]) => ({ code, wanted }))
}

/** The parts that Telegram shows otherwise, or that could not be read. */
export async function differingParts(api: ReadingProfile, { code, wanted }: ProfileOf): Promise<string[]> {
  const parts: string[] = []
  for (const { part, key, get } of PARTS) {
    const answer = await get(api, code)
    if (!answer.ok || !isDeepStrictEqual(answer.result, wanted[key])) parts.push(part)
  }
  return parts
}

/** Sets them in turn, up to the first that is refused. */
export async function setParts(
  api: ProfileApi,
  { code, wanted }: ProfileOf,
  parts: readonly string[],
): Promise<Answer<unknown>> {
  for (const { part, set } of PARTS) {
    const answer = parts.includes(part) ? await set(api, wanted, code) : undefined
    if (answer?.ok === false) return answer
  }
  return { ok: true, result: true }
}

/** Such as `name and commands for phones in es`. */
export function inWords({ code }: ProfileOf, parts: readonly string[]): string {
  const list = new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(parts)
  return `${list} ${code === undefined ? 'for everyone' : `for phones in "${code}"`}`
}
