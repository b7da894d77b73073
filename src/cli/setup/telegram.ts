import { createBotApi } from '../../channels/telegram/bot-api.ts'
import type { TelegramSettings } from '../../config.ts'
import { carryOut, type Outcome } from './carry-out.ts'
import type { Dialogue } from './dialogue.ts'
import { inOneLine } from './finding.ts'
import { inWords, type ProfileOf, setParts } from './telegram-profile.ts'
import {
  lookAtTelegram,
  MAX_CONNECTIONS,
  mismatches,
  readTelegram,
  refusalInWords,
  type TelegramWish,
} from './telegram-state.ts'
import { webhookAddress } from './webhook-address.ts'

/** Puts the bot right at Telegram: how messages come, and what is seen of the bot. Messages that wait are kept. */
export async function setUpTelegram(
  settings: TelegramSettings,
  wish: Omit<TelegramWish, 'settings'> & { profiles: readonly ProfileOf[] },
  dialogue: Dialogue,
): Promise<Outcome> {
  const api = createBotApi(settings.token, settings.apiUrl)
  const read = await readTelegram(api, wish.profiles)
  if ('finding' in read) return { done: [], failed: [`Telegram: ${inOneLine(read.finding)}`], byHand: [] }
  const { webhookSecret: secret } = settings
  const target = webhookAddress(wish.publicUrl, settings.apiUrl, 'telegram')

  /** Telegram's answer to setWebhook is believed only once getWebhookInfo shows the same. */
  async function setWebhook() {
    if (secret === undefined || 'finding' in target) return undefined
    const answer = await api.setWebhook({ url: target.address, secret, maxConnections: MAX_CONNECTIONS })
    if (!answer.ok) return answer
    const after = await api.getWebhookInfo()
    if (!after.ok) return after
    return { ok: true as const, right: mismatches(after.result, target.address).length === 0 }
  }

  const outcome = await carryOut(
    {
      channel: 'Telegram',
      look: lookAtTelegram(read.facts, { ...wish, settings }),
      named: (step) =>
        step === 'webhook'
          ? `webhook ${'address' in target ? target.address : ''} with the secret, messages that wait are kept`
          : step === 'polling'
            ? 'the webhook left from before is taken away, messages that wait are kept'
            : step,
      async run(step) {
        const shown = read.facts.profiles.find(({ profile, parts }) => inWords(profile, parts) === step)
        const answer =
          shown === undefined
            ? await (step === 'polling' ? api.deleteWebhook() : setWebhook())
            : await setParts(api, shown.profile, shown.parts)
        if (answer?.ok === true)
          return !('right' in answer) || answer.right
            ? 'done'
            : {
                failed: 'PUBLIC_URL is not what Telegram shows after it was set. Run setup again.',
                stop: false,
              }
        const refusal = answer?.refusal ?? { kind: 'never' }
        if (step === 'webhook' && refusal.kind === 'never') return { failed: NOT_TAKEN, stop: false }
        const [problem, remedy] = refusalInWords(refusal)
        const key = refusal.kind === 'unreachable' ? 'TELEGRAM_API_URL' : 'TELEGRAM_BOT_TOKEN'
        return {
          failed: `${key} ${problem}, so this is not set: ${step}. ${remedy}`,
          stop: refusal.kind === 'token' || refusal.kind === 'unreachable',
        }
      },
    },
    dialogue,
  )
  return { ...outcome, byHand: [...outcome.byHand, ...ALWAYS] }
}

const NOT_TAKEN =
  'PUBLIC_URL is not taken by Telegram. It must be reachable from the internet, by https with a valid certificate.'

const ALWAYS = [
  'Telegram: in BotFather, see that the username and the picture name nothing: they are seen on her phone.',
  'Telegram: after a new TELEGRAM_WEBHOOK_SECRET, run setup with --again: Telegram does not show which one it has.',
]
