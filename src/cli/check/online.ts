import { createBotApi } from '../../channels/telegram/bot-api.ts'
import { type Config, readConfig } from '../../config.ts'
import { createGraphApi } from '../setup/graph-api.ts'
import type { Finding } from '../setup/finding.ts'
import { servedProfiles } from '../setup/served-profiles.ts'
import { lookAtTelegram, readTelegram } from '../setup/telegram-state.ts'
import { readWhatsapp } from '../setup/whatsapp-facts.ts'
import { lookAtWhatsapp, refused } from '../setup/whatsapp-state.ts'
import type { Problem } from './problem.ts'

/**
 * `lantern check --online`: asks the platforms how each configured channel stands, and changes nothing there. Settings
 * that cannot be read are left to the check without it.
 */
export interface OnlineWish {
  environment: Readonly<Record<string, string | undefined>>
  /** The business account, where the token does not tell it. */
  account: string | undefined
  now: number
}

export async function checkOnline({ environment, account, now }: OnlineWish): Promise<Problem[]> {
  const read = readConfig(environment)
  if ('faults' in read) return []
  const { config } = read
  const found = await Promise.all([ofTelegram(config, now), ofWhatsapp(config, account, now)])
  return found.flat().map(({ file, key, problem, remedy }) => ({ file, key, problem, remedy }))
}

async function ofTelegram(config: Config, now: number): Promise<readonly Finding[]> {
  const { telegram: settings, publicUrl } = config
  if (settings === undefined) return []
  const read = await readTelegram(createBotApi(settings.token, settings.apiUrl), servedProfiles(config))
  if ('finding' in read) return [read.finding]
  return lookAtTelegram(read.facts, { settings, publicUrl, again: false, now }).findings
}

async function ofWhatsapp(
  { whatsapp: settings, publicUrl }: Config,
  account: string | undefined,
  now: number,
): Promise<readonly Finding[]> {
  if (settings === undefined) return []
  const read = await readWhatsapp(createGraphApi(settings), settings, account)
  if ('refusal' in read) return [refused(read.refusal)]
  return lookAtWhatsapp(read.facts, { settings, publicUrl, account, again: false, now }).findings
}
