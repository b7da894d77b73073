import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Look } from '../../flows/context.ts'
import { createEngine } from '../../src/conversation/create-engine.ts'
import { createDirectory } from '../../src/directory/create-directory.ts'
import { loadPack } from '../../src/directory/pack/load-pack.ts'
import { loadLocales } from '../../src/load-locales.ts'
import { type FakeTelegram, startFakeTelegram } from '../fakes/telegram/fake-telegram.ts'
import { type FakeWhatsApp, startFakeWhatsApp } from '../fakes/whatsapp/fake-whatsapp.ts'
import { type How, serve, type Served } from '../turns/served.ts'

/** The real program on both platforms by webhook, in a process that a test may kill and start again. */
export interface BothPlatforms {
  telegram: FakeTelegram
  whatsapp: FakeWhatsApp
  folder: string
  served: Served
  settings: Record<string, string>
  /** SIGKILL, and a new process on the same folder; the platforms find it again. */
  killAndStart(): Promise<void>
  /** Everything that people wrote was taken. */
  taken(): Promise<void>
  stop(): Promise<void>
}

const HOUSE = join(import.meta.dirname, '../..')
export const WEBHOOK_SECRET = 'a-secret-of-the-test-0123456789'
const APP_SECRET = '0123456789abcdef0123456789abcdef'
const VERIFY_TOKEN = 'a-verify-token-of-the-test'

export async function startBothPlatforms(
  more: Record<string, string> = {},
  { how = {}, lastMessage = 4_100 }: { how?: How; lastMessage?: number } = {},
): Promise<BothPlatforms> {
  const clock = { now: () => Date.now() }
  const folder = mkdtempSync(join(tmpdir(), 'lantern-both-'))
  const telegram = await startFakeTelegram({ clock, lastMessage })
  const whatsapp = await startFakeWhatsApp({
    clock,
    webhook: 'http://127.0.0.1:9/',
    appSecret: APP_SECRET,
    verifyToken: VERIFY_TOKEN,
    numbers: ['111222', '333444'],
  })
  const settings = {
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_URL: telegram.apiRoot,
    TELEGRAM_WEBHOOK_SECRET: WEBHOOK_SECRET,
    WHATSAPP_ACCESS_TOKEN: whatsapp.accessToken,
    WHATSAPP_APP_SECRET: APP_SECRET,
    WHATSAPP_VERIFY_TOKEN: VERIFY_TOKEN,
    WHATSAPP_PHONE_NUMBER_ID: '111222,333444',
    WHATSAPP_API_URL: whatsapp.apiUrl,
    ...more,
  }
  const start = async () => {
    const served = await serve(folder, settings, how)
    telegram.setWebhook(`${served.address}/webhooks/telegram`, WEBHOOK_SECRET)
    whatsapp.webhookUrl = `${served.address}/webhooks/whatsapp`
    return served
  }
  const both: BothPlatforms = {
    telegram,
    whatsapp,
    folder,
    settings,
    served: await start(),
    async killAndStart() {
      await both.served.kill('SIGKILL')
      both.served = await start()
    },
    taken: async () => void (await Promise.all([telegram.idle(), whatsapp.idle()])),
    async stop() {
      await both.served.kill('SIGTERM')
      await Promise.all([telegram.stop(), whatsapp.stop()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return both
}

/** What a person reads on this platform when she says these things to a bot that never fails. */
export function expectedTexts(look: Look, says: readonly string[]): string[] {
  const { locales } = loadLocales(join(HOUSE, 'locales'), ['en'])
  const loaded = loadPack(join(HOUSE, 'packs/demo'))
  if (!('pack' in loaded)) throw new Error('packs/demo cannot be read')
  const directory = createDirectory([loaded.pack])
  const engine = createEngine({ locales, directory, entrance: 'open', idleHours: 24, caseDays: 7 })
  const moment = { now: Date.now(), desk: 'none' } as const
  let conversation = engine.fresh(look)
  return says.map((text, n) => {
    const happening = n === 0 ? ({ type: 'hello' } as const) : engine.understand(text, conversation, moment)
    if (happening.type === 'wordGiven') throw new Error('not this dialogue')
    const step = engine.step(conversation, happening, moment)
    conversation = step.conversation
    return step.message?.text ?? ''
  })
}

/** What the bot wrote to one person, oldest first. */
export function writtenOnTelegram({ telegram }: BothPlatforms, person: number): string[] {
  return telegram
    .callsOf('sendMessage')
    .filter(({ payload, result }) => payload['chat_id'] === person && result?.ok === true)
    .map(({ payload }) => String(payload['text']))
}

export function writtenOnWhatsApp({ whatsapp }: BothPlatforms, phone: string): string[] {
  return whatsapp.screen(phone).flatMap(({ from, text }) => (from === 'bot' ? [text] : []))
}

/** With the repeats of the one in flight taken out. */
export function withoutRepeats(texts: readonly string[]): string[] {
  return texts.filter((text, at) => at === 0 || text !== texts[at - 1])
}
