import type { WhatsappSettings } from '../../config.ts'
import type { Instant } from '../../operations/environment.ts'
import { byHand, type Finding, first, forSetup, type Look } from './finding.ts'
import type { GraphRefusal } from './graph-api.ts'
import { webhookAddress } from './webhook-address.ts'
import {
  type AccountFacts,
  type NumberFacts,
  type Refused,
  SCOPES,
  type WebhookFacts,
  type WhatsappFacts,
} from './whatsapp-facts.ts'

/** How the account stands with Meta, judged in one place for `setup` and `check --online`. */
export interface WhatsappWish {
  settings: Pick<WhatsappSettings, 'apiUrl' | 'graphVersion'>
  publicUrl: string | undefined
  /** The business account, where the token does not tell it. */
  account: string | undefined
  again: boolean
  now: Instant
}

const TOKEN = 'WHATSAPP_ACCESS_TOKEN'
const SECRET = 'WHATSAPP_APP_SECRET'
const NUMBER = 'WHATSAPP_PHONE_NUMBER_ID'
const DAY_MS = 24 * 3_600_000
const SOON_DAYS = 14
/** Version 20 ended on 2026-09-24, and versions end in the order in which they came (reference/channels.md). */
const LAST_ENDED = 20

export function refused(refusal: GraphRefusal): Finding {
  const [key, problem, remedy] = refusalInWords(refusal)
  return first(key, problem, remedy)
}

function refusalInWords(refusal: GraphRefusal): [key: string, problem: string, remedy: string] {
  switch (refusal) {
    case 'token':
      return [TOKEN, 'is refused by Meta', "Make a new one for the system user in Meta's Business settings."]
    case 'forbidden':
      return [
        TOKEN,
        'may not do this',
        `Give its system user the app and the account, and ${SCOPES.join(' and ')}.`,
      ]
    case 'callback':
      return [
        'PUBLIC_URL',
        'did not give Meta the right answer',
        'Start Lantern with these settings first; it must be reachable by https, with the same WHATSAPP_VERIFY_TOKEN.',
      ]
    case 'tooOften':
      return [TOKEN, 'was used too often just now', 'Run it again in an hour.']
    case 'unreachable':
      return [
        'WHATSAPP_API_URL',
        'cannot be reached',
        'Check the connection of this machine, and try again in a minute.',
      ]
    case 'never':
      return [
        SECRET,
        'or another setting is not taken by Meta',
        'Compare the settings with the app dashboard.',
      ]
  }
}

export function lookAtWhatsapp(
  { token, numbers, accounts, webhook }: WhatsappFacts,
  wish: WhatsappWish,
): Look {
  const { settings, now } = wish
  const findings: Finding[] = []
  if (Number.parseInt(settings.graphVersion.slice(1), 10) <= LAST_ENDED)
    findings.push(
      byHand('WHATSAPP_GRAPH_VERSION', 'names a version that Meta has ended', 'Use v25.0, or leave it out.'),
    )
  if (!token.valid) return { seen: [], findings: [...findings, refused('token')] }
  const days = token.expiresAt === undefined ? undefined : Math.floor((token.expiresAt - now) / DAY_MS)
  for (const scope of token.missingScopes)
    findings.push(first(TOKEN, `lacks the permission ${scope}`, 'Make a token that has both permissions.'))
  if (days !== undefined && days < SOON_DAYS)
    findings.push(
      byHand(
        TOKEN,
        `stops working in ${inDays(days)}`,
        'Replace it by one of a system user that never expires.',
      ),
    )
  findings.push(
    ...numbers.flatMap(lookAtNumber),
    ...lookAtAccounts(accounts, wish.account),
    ...lookAtWebhook(webhook, wish),
  )
  const seen = [
    `the token works; it ${days === undefined ? 'never expires' : `expires in ${inDays(days)}`}.`,
    ...numbers.flatMap(({ found, shown, quality, throughput }) =>
      found
        ? [
            `number ${shown ?? '(not shown by Meta)'}: quality ${(quality ?? 'UNKNOWN').toLowerCase()}, throughput ${(throughput ?? 'UNKNOWN').toLowerCase().replace('_', ' ')}.`,
          ]
        : [],
    ),
  ]
  return { seen, findings }
}

function lookAtNumber({ place, found, cloudApi, onPhoneToo, quality }: NumberFacts): Finding[] {
  const at = `(number ${place} of the list)`
  if (!found)
    return [
      first(
        NUMBER,
        `${at} is not known to Meta, or not to this token`,
        'Copy the id from the app dashboard.',
      ),
    ]
  const findings: Finding[] = []
  if (cloudApi !== true || onPhoneToo === true)
    findings.push(
      byHand(
        NUMBER,
        `${at} is also used in an app on a phone (coexistence), which keeps a second copy of every chat`,
        'Use a number of its own, on the Cloud API alone.',
      ),
    )
  if (quality === 'RED')
    findings.push(
      byHand(
        NUMBER,
        `${at} has the quality red, so Meta may stop it`,
        'See WhatsApp Manager, Phone numbers.',
      ),
    )
  return findings
}

function lookAtAccounts(accounts: readonly AccountFacts[], given: string | undefined): Finding[] {
  const which = 'Find its id in WhatsApp Manager, and run this again with --waba <id>.'
  const [only, ...others] = accounts
  if (only === undefined)
    return [first(TOKEN, 'does not tell which business account the numbers belong to', which)]
  const open = accounts.filter(({ subscribed }) => subscribed !== true)
  if (others.length > 0)
    return open.length < accounts.length
      ? []
      : [first(TOKEN, `is for ${accounts.length} business accounts, and the app hears none of them`, which)]
  if (typeof only.subscribed === 'object' && isPassing(only.subscribed))
    return [refused(only.subscribed.refusal)]
  if (typeof only.subscribed === 'object')
    return [
      first(
        TOKEN,
        given === undefined
          ? 'may not read its business account'
          : 'may not read the account given with --waba',
        'Give its system user full control of the account in Business settings.',
      ),
    ]
  return open.length === 0
    ? []
    : [forSetup('account', TOKEN, 'belongs to an app that does not hear the business account yet')]
}

function lookAtWebhook(
  webhook: WebhookFacts | Refused,
  { settings, publicUrl, again }: WhatsappWish,
): Finding[] {
  const wanted = webhookAddress(publicUrl, settings.apiUrl, 'whatsapp')
  if ('finding' in wanted) return [wanted.finding]
  if ('refusal' in webhook && isPassing(webhook)) return [refused(webhook.refusal)]
  if ('refusal' in webhook)
    return [
      first(
        SECRET,
        'is not the secret of the app that the token belongs to',
        'Copy it from Settings, Basic, of that app.',
      ),
    ]
  const wrong = webhookMismatch(webhook, wanted.address)
  if (wrong !== undefined) return [forSetup('webhook', 'PUBLIC_URL', wrong)]
  if (again)
    return [
      forSetup(
        'webhook',
        'WHATSAPP_VERIFY_TOKEN',
        'cannot be read back from Meta, and you asked to set it again',
      ),
    ]
  return webhook.fields.length === 1
    ? []
    : [
        byHand(
          'PUBLIC_URL',
          'also gets webhook fields that Lantern does not read',
          'In the app dashboard, WhatsApp, Configuration, switch off every field but messages.',
        ),
      ]
}

/** undefined: messages come to the address. */
export function webhookMismatch(
  { callback, active, fields }: WebhookFacts,
  address: string,
): string | undefined {
  if (callback === '') return 'is not known to Meta: the app has no webhook'
  if (callback !== address) return 'is not where the webhook points: it is set to another address'
  if (!active) return 'has a webhook that is switched off'
  return fields.includes('messages') ? undefined : 'has a webhook that does not bring messages'
}

/** Not the fault of the setting that was asked with. */
function isPassing({ refusal }: Refused): boolean {
  return refusal === 'unreachable' || refusal === 'tooOften'
}

function inDays(days: number): string {
  return days === 1 ? '1 day' : `${Math.max(0, days)} days`
}
