import { join } from 'node:path'
import type { Config } from '../../config.ts'
import { loadLocales } from '../../load-locales.ts'
import { HOUSE } from '../house.ts'
import { loadBotProfiles } from './bot-profile.ts'
import { type ProfileOf, profilesOf } from './telegram-profile.ts'

/** The bot's profile at Telegram, in every language that is served. */
export function servedProfiles({ languages }: Pick<Config, 'languages'>): ProfileOf[] {
  const folder = join(HOUSE, 'locales')
  const tags = languages.length > 0 ? languages : [...loadLocales(folder).locales.keys()]
  return profilesOf(loadBotProfiles(folder, tags))
}
