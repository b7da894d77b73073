import type { Api } from 'grammy'
import type { LanguageCode } from 'grammy/types'
import { z } from 'zod'
import { type Answer, answered, read } from './answer.ts'

/**
 * What stands on the bot's profile and in its menu, which anyone sees who holds the phone. `language` is two letters of
 * ISO 639-1 and goes by the language of her app, not by the one that she chose here; without it, the text is for
 * everyone who has none of their own. A language that Telegram has no code for is refused here ('never').
 */
export interface ProfileApi {
  /** At most 64 characters; '' takes it back. */
  setMyName(name: string, language?: string): Promise<Answer<unknown>>
  getMyName(language?: string): Promise<Answer<string>>
  /** At most 512 characters: shown while the chat is empty, so after every deletion too. */
  setMyDescription(description: string, language?: string): Promise<Answer<unknown>>
  getMyDescription(language?: string): Promise<Answer<string>>
  /** At most 120 characters: shown on the profile, and sent along when somebody shares the bot. */
  setMyShortDescription(description: string, language?: string): Promise<Answer<unknown>>
  getMyShortDescription(language?: string): Promise<Answer<string>>
  /** At most 100: 1 to 32 of a-z 0-9 _, with 1 to 256 characters of description. */
  setMyCommands(commands: readonly Command[], language?: string): Promise<Answer<unknown>>
  getMyCommands(language?: string): Promise<Answer<Command[]>>
}

export interface Command {
  command: string
  description: string
}

const nameForm = z.object({ name: z.string() }).transform(({ name }) => name)
const descriptionForm = z.object({ description: z.string() }).transform(({ description }) => description)
const shortForm = z.object({ short_description: z.string() }).transform((given) => given.short_description)
const commandsForm = z.array(z.object({ command: z.string(), description: z.string() }))

export function createProfileApi(api: Api): ProfileApi {
  return {
    setMyName: (name, language) => inLanguage(language, (code) => answered(api.setMyName(name, code))),
    getMyName: (language) => inLanguage(language, (code) => read(nameForm, api.getMyName(code))),
    setMyDescription: (description, language) =>
      inLanguage(language, (code) => answered(api.setMyDescription(description, code))),
    getMyDescription: (language) =>
      inLanguage(language, (code) => read(descriptionForm, api.getMyDescription(code))),
    setMyShortDescription: (description, language) =>
      inLanguage(language, (code) => answered(api.setMyShortDescription(description, code))),
    getMyShortDescription: (language) =>
      inLanguage(language, (code) => read(shortForm, api.getMyShortDescription(code))),
    setMyCommands: (commands, language) =>
      inLanguage(language, (code) => answered(api.setMyCommands(commands, code))),
    getMyCommands: (language) => inLanguage(language, (code) => read(commandsForm, api.getMyCommands(code))),
  }
}

async function inLanguage<T>(
  language: string | undefined,
  call: (code: { language_code?: LanguageCode }) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  if (language === undefined) return call({})
  return isCode(language) ? call({ language_code: language }) : { ok: false, refusal: { kind: 'never' } }
}

function isCode(language: string): language is LanguageCode {
  return /^[a-z]{2}$/.test(language)
}
