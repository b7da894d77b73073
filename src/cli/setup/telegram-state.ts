import { isDeepStrictEqual } from 'node:util'
import { ALLOWED_UPDATES, type BotApi } from '../../channels/telegram/bot-api.ts'
import type { Refusal } from '../../channels/telegram/refusal.ts'
import type { Me, WebhookInfo } from '../../channels/telegram/self.ts'
import type { TelegramSettings } from '../../config.ts'
import type { Instant } from '../../operations/environment.ts'
import { byHand, type Finding, first, forSetup, type Look } from './finding.ts'
import { differingParts, inWords, type ProfileOf, type ReadingProfile } from './telegram-profile.ts'
import { webhookAddress } from './webhook-address.ts'

/**
 * How the bot stands with Telegram, read and judged in one place for `setup` and `check --online`. Telegram's own
 * sentences and another owner's webhook address are compared and never shown: either may hold a secret.
 */
export type TelegramReading = Pick<BotApi, 'getMe' | 'getWebhookInfo'> & ReadingProfile

export interface TelegramFacts {
  bot: Me
  webhook: WebhookInfo
  /** Profiles that are not as they should be, with the parts that differ. */
  profiles: readonly { profile: ProfileOf; parts: readonly string[] }[]
}

export interface TelegramWish {
  settings: Pick<TelegramSettings, 'apiUrl' | 'webhookSecret'>
  publicUrl: string | undefined
  /** Set what cannot be read back (the secret) even where all that can be read is right. */
  again: boolean
  now: Instant
}

export const MAX_CONNECTIONS = 40
const DAY_MS = 24 * 3_600_000
const TOKEN = 'TELEGRAM_BOT_TOKEN'
const SECRET = 'TELEGRAM_WEBHOOK_SECRET'

export async function readTelegram(
  api: TelegramReading,
  profiles: readonly ProfileOf[],
): Promise<{ facts: TelegramFacts } | { finding: Finding }> {
  const bot = await api.getMe()
  if (!bot.ok) return { finding: refused(bot.refusal) }
  const webhook = await api.getWebhookInfo()
  if (!webhook.ok) return { finding: refused(webhook.refusal) }
  const differing: TelegramFacts['profiles'][number][] = []
  for (const profile of profiles) {
    const parts = await differingParts(api, profile)
    if (parts.length > 0) differing.push({ profile, parts })
  }
  return { facts: { bot: bot.result, webhook: webhook.result, profiles: differing } }
}

function refused(refusal: Refusal): Finding {
  const [problem, remedy] = refusalInWords(refusal)
  return first(refusal.kind === 'unreachable' ? 'TELEGRAM_API_URL' : TOKEN, problem, remedy)
}

/** What went wrong and what to do, for a call that does not concern a single setting. */
export function refusalInWords(refusal: Refusal): [problem: string, remedy: string] {
  switch (refusal.kind) {
    case 'token':
      return ['is refused by Telegram', 'Copy it again from BotFather, or check TELEGRAM_API_URL.']
    case 'unreachable':
      return ['cannot be reached', 'Check the connection of this machine, and try again in a minute.']
    case 'flood':
      return [
        'was used too often just now',
        `Run it again in ${Math.max(1, Math.ceil((refusal.afterMs ?? 60_000) / 60_000))} min.`,
      ]
    default:
      return ['may not do this', 'Try it again; if it stays so, report it to the makers of Lantern.']
  }
}

export function lookAtTelegram({ bot, webhook, profiles }: TelegramFacts, wish: TelegramWish): Look {
  const seen = [
    `the token works; the bot is ${/^\w{3,40}$/u.test(bot.username ?? '') ? `@${bot.username}` : 'without a username'}.`,
    wish.settings.webhookSecret === undefined
      ? `${SECRET} is not set: Lantern fetches messages itself (polling), and no address is needed.`
      : `messages ${webhook.url === '' ? 'shall ' : ''}come by webhook; ${inNumber(webhook.pending)} at Telegram.`,
  ]
  return { seen, findings: [...strangers(bot), ...delivery(webhook, wish), ...shown(profiles)] }
}

/** What shows a chat to others, or lets others call the bot into theirs. */
function strangers({
  joinsGroups,
  readsGroups,
  inlineQueries,
  guestQueries,
}: TelegramFacts['bot']): Finding[] {
  const open = [
    [joinsGroups, 'lets the bot be put into groups, where others read along', 'Allow Groups?'],
    [readsGroups, 'lets the bot read along in groups', 'Group Privacy (turn it on)'],
    [inlineQueries, 'lets the bot be called inside any chat (inline mode)', 'Inline Mode'],
    [guestQueries, 'lets the bot be called into chats that it is not part of (guest mode)', 'Guest Mode'],
  ] as const
  return open.flatMap(([on, problem, where]) =>
    on === true
      ? [byHand(TOKEN, problem, `Switch it off in BotFather: /mybots, Bot Settings, ${where}.`)]
      : [],
  )
}

function delivery(webhook: WebhookInfo, { settings, publicUrl, again, now }: TelegramWish): Finding[] {
  if (settings.webhookSecret === undefined)
    return webhook.url === ''
      ? []
      : [
          forSetup(
            'polling',
            SECRET,
            'is not set, but a webhook is left from before, so nothing can be fetched',
          ),
        ]
  const wanted = webhookAddress(publicUrl, settings.apiUrl, 'telegram')
  if ('finding' in wanted) return [wanted.finding]
  if (webhook.url === '')
    return [forSetup('webhook', 'PUBLIC_URL', 'is not known to Telegram: no webhook is set')]
  const wrong = mismatches(webhook, wanted.address)
  if (wrong.length > 0) return wrong.map(([key, problem]) => forSetup('webhook', key, problem))
  if (again)
    return [forSetup('webhook', SECRET, 'cannot be read back from Telegram, and you asked to set it again')]
  const { lastErrorAt, lastError = '', pending } = webhook
  // An error that everything was delivered after is history.
  if (pending === 0 || lastErrorAt === undefined || now - lastErrorAt > DAY_MS) return []
  if (/\b401\b/u.test(lastError))
    return [
      forSetup(
        'webhook',
        SECRET,
        `is not the one that Telegram sends, so ${inNumber(pending)} at Lantern's door`,
      ),
    ]
  return [
    byHand(
      'PUBLIC_URL',
      `could not be reached by Telegram ${ago(now - lastErrorAt)}, and ${inNumber(pending)}`,
      'See that Lantern runs and that its https certificate is valid; Telegram then brings them by itself.',
    ),
  ]
}

/** What getWebhookInfo shows that is not as Lantern sets it. */
export function mismatches(
  { url, allowedUpdates, maxConnections }: WebhookInfo,
  address: string,
): [key: string, problem: string][] {
  const wrong: [string, string][] = []
  if (url !== address)
    wrong.push(['PUBLIC_URL', 'is not where the webhook points: it is set to another address'])
  if (!isDeepStrictEqual(sorted(allowedUpdates), sorted(ALLOWED_UPDATES)))
    wrong.push([SECRET, 'belongs to a webhook that brings other kinds of updates than Lantern reads'])
  if ((maxConnections ?? MAX_CONNECTIONS) !== MAX_CONNECTIONS)
    wrong.push([SECRET, `belongs to a webhook with other than ${MAX_CONNECTIONS} connections`])
  return wrong
}

function shown(profiles: TelegramFacts['profiles']): Finding[] {
  return profiles.map(({ profile, parts }) => {
    const step = inWords(profile, parts)
    return forSetup(step, TOKEN, `belongs to a bot that does not show what bot.json says: ${step}`)
  })
}

function sorted(kinds: readonly string[] | undefined): string[] {
  return (kinds ?? []).toSorted((a, b) => a.localeCompare(b))
}

function inNumber(messages: number): string {
  if (messages === 0) return 'no message waits'
  return messages === 1 ? '1 message waits' : `${messages} messages wait`
}

function ago(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000))
  return minutes < 120 ? `${minutes} min ago` : `${Math.round(minutes / 60)} h ago`
}
