import { accept, type ApiResult, type Payload, refuse } from './api-result.ts'
import { checkCommands, checkLanguage, scopeKey } from './limits.ts'

/** What stands on the bot's profile and in its menu, for each language; '' is for everyone without one of their own. */
export interface Profile {
  methods: Readonly<Record<string, (payload: Payload) => ApiResult>>
}

/** Published lengths, in characters. */
const TEXTS = { name: 64, description: 512, short_description: 120 } as const

export function createProfile(botName: string): Profile {
  const texts = {
    name: new Map([['', botName]]),
    description: new Map<string, string>(),
    short_description: new Map<string, string>(),
  }
  const menus = new Map<string, unknown>()

  const setText = (field: keyof typeof TEXTS) => (payload: Payload) => {
    const { [field]: given = '', language_code: language = '' } = payload
    const wrong = checkLanguage(payload)
    if (wrong !== undefined) return wrong
    if (typeof given !== 'string' || typeof language !== 'string' || Array.from(given).length > TEXTS[field])
      return refuse(400, `Bad Request: ${field} is 0-${TEXTS[field]} characters`)
    if (given === '' && field === 'name' && language === '') texts.name.set('', botName)
    else if (given === '') texts[field].delete(language)
    else texts[field].set(language, given)
    return accept(true)
  }
  const getText = (field: keyof typeof TEXTS) => (payload: Payload) => {
    const wrong = checkLanguage(payload)
    if (wrong !== undefined) return wrong
    const own = texts[field].get(languageOf(payload))
    return accept({ [field]: own ?? texts[field].get('') ?? '' })
  }

  return {
    methods: {
      setMyName: setText('name'),
      getMyName: getText('name'),
      setMyDescription: setText('description'),
      getMyDescription: getText('description'),
      setMyShortDescription: setText('short_description'),
      getMyShortDescription: getText('short_description'),
      setMyCommands(payload) {
        const wrong = checkCommands(payload)
        if (wrong !== undefined) return wrong
        menus.set(`${scopeKey(payload)} ${languageOf(payload)}`, payload['commands'])
        return accept(true)
      },
      /** Exactly the list of this scope and language: what a person sees is put together from several. */
      getMyCommands: (payload) =>
        checkLanguage(payload) ?? accept(menus.get(`${scopeKey(payload)} ${languageOf(payload)}`) ?? []),
    },
  }
}

function languageOf({ language_code: language }: Payload): string {
  return typeof language === 'string' ? language : ''
}
