import { afterEach, beforeEach } from 'vitest'
import {
  type BothPlatforms,
  withoutRepeats,
  writtenOnTelegram,
  writtenOnWhatsApp,
} from '../channels/both-platforms.ts'
import { type RedisServer, startRedis } from '../redis-server.ts'
import type { Served } from '../turns/served.ts'

/** For the whole program on two real servers, one for the data and one for the keys, with people on both platforms. */
export const PHONES = ['999000000081', '999000000082']
export const CHAT = 7_100_000_081
export const SAYS = ['hello', 'yes', 'I understand', 'rights', 'menu', 'health', 'menu', 'rights', 'menu']

export interface Servers {
  data: RedisServer
  keys: RedisServer
  settings: { STORAGE_URL: string; VAULT_URL: string }
}

export function twoServers(): () => Servers {
  let servers: Servers | undefined
  beforeEach(async () => {
    const [data, keys] = await Promise.all([startRedis(), startRedis()])
    servers = { data, keys, settings: { STORAGE_URL: data.url, VAULT_URL: keys.url } }
  })
  afterEach(async () => {
    await servers?.data.stop()
    await servers?.keys.stop()
  })
  return () => {
    if (servers === undefined) throw new Error('the servers are not there yet')
    return servers
  }
}

/** What people write goes to this process from now on. */
export function sends(both: BothPlatforms, served: Served): void {
  both.telegram.setWebhook(
    `${served.address}/webhooks/telegram`,
    both.settings['TELEGRAM_WEBHOOK_SECRET'] ?? '',
  )
  both.whatsapp.webhookUrl = `${served.address}/webhooks/whatsapp`
}

export function writes(both: BothPlatforms, text: string): void {
  for (const phone of PHONES) both.whatsapp.personWrites(phone, text)
  both.telegram.personWrites(CHAT, text)
}

/** `many`: so many answers to each of them. */
export async function allWritten(both: BothPlatforms, many = SAYS.length): Promise<void> {
  await both.taken()
  await both.whatsapp.until(() =>
    PHONES.every((phone) => withoutRepeats(writtenOnWhatsApp(both, phone)).length >= many),
  )
  await both.telegram.until(() => withoutRepeats(writtenOnTelegram(both, CHAT)).length >= many)
}
