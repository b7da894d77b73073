import { z } from 'zod'
import type { WhatsappSettings } from '../../config.ts'
import type { Instant } from '../../operations/environment.ts'
import type { GraphAnswer, GraphApi, GraphRefusal } from './graph-api.ts'

/**
 * What Meta says of the account. Kept of it: status words from fixed lists, numbers, ids for the next call, and the
 * organisation's own phone number as Meta writes it; the rest is dropped here, so that it cannot be shown.
 */
export interface WhatsappFacts {
  token: Token
  numbers: readonly NumberFacts[]
  accounts: readonly AccountFacts[]
  webhook: WebhookFacts | Refused
}

/** What could not be read, and why. */
export interface Refused {
  refusal: GraphRefusal
}

export interface Token {
  app: string
  valid: boolean
  /** undefined: never. */
  expiresAt: Instant | undefined
  missingScopes: readonly string[]
}

export interface NumberFacts {
  /** Of WHATSAPP_PHONE_NUMBER_ID, the place in the list from 1. */
  place: number
  found: boolean
  shown?: string | undefined
  quality?: string | undefined
  throughput?: string | undefined
  cloudApi?: boolean
  /** Used in the WhatsApp Business app on a phone as well. */
  onPhoneToo?: boolean
}

export interface AccountFacts {
  id: string
  /** Whether our app hears it. */
  subscribed: boolean | Refused
}

export interface WebhookFacts {
  callback: string
  active: boolean
  fields: readonly string[]
}

export const SCOPES = ['whatsapp_business_messaging', 'whatsapp_business_management'] as const

const id = z.string().regex(/^\d{3,30}$/u)
const debugged = z.object({
  data: z.object({
    app_id: id.optional(),
    is_valid: z.boolean(),
    expires_at: z.number().optional(),
    scopes: z.array(z.string()).default([]),
    granular_scopes: z
      .array(z.object({ scope: z.string(), target_ids: z.array(id).default([]) }))
      .default([]),
  }),
})
const word = (...words: readonly [string, ...string[]]) => z.enum(words).optional().catch(undefined)
const numbered = z.object({
  display_phone_number: z
    .string()
    .regex(/^[+\d][\d ()-]{3,29}$/u)
    .optional()
    .catch(undefined),
  quality_rating: word('GREEN', 'YELLOW', 'RED', 'UNKNOWN'),
  platform_type: z.string().optional(),
  throughput: z
    .object({ level: word('STANDARD', 'HIGH', 'NOT_APPLICABLE') })
    .optional()
    .catch(undefined),
})
const onPhone = z.object({ is_on_biz_app: z.boolean() })
const apps = z.object({
  data: z.array(z.object({ whatsapp_business_api_data: z.object({ id: z.string() }).optional() })),
})
const subscriptions = z.object({
  data: z.array(
    z.object({
      object: z.string(),
      callback_url: z.string().default(''),
      active: z.boolean().default(false),
      fields: z.array(z.union([z.string(), z.object({ name: z.string() })])).default([]),
    }),
  ),
})

export async function readWhatsapp(
  api: GraphApi,
  { phoneNumberIds }: Pick<WhatsappSettings, 'phoneNumberIds'>,
  account: string | undefined,
): Promise<{ facts: WhatsappFacts } | Refused> {
  const token = read(debugged, await api.debugToken())
  if ('refusal' in token) return token
  const { app_id: app = '', is_valid: valid, expires_at: expires = 0, ...data } = token.value.data
  const facts: WhatsappFacts = {
    token: {
      app,
      valid,
      expiresAt: expires === 0 ? undefined : expires * 1000,
      missingScopes: SCOPES.filter((scope) => !data.scopes.includes(scope)),
    },
    numbers: [],
    accounts: [],
    webhook: { refusal: 'token' },
  }
  if (!valid) return { facts }
  // Meta always names the app of a token that works.
  if (app === '') return { refusal: 'unreachable' }
  const numbers = await Promise.all(phoneNumberIds.map((number, at) => readNumber(api, number, at + 1)))
  const cut = numbers.find((number) => typeof number === 'string')
  if (cut !== undefined) return { refusal: cut }
  const targets = data.granular_scopes.flatMap(({ scope, target_ids: ids }) =>
    scope === 'whatsapp_business_management' ? ids : [],
  )
  const accounts = account === undefined ? [...new Set(targets)] : [account]
  return {
    facts: {
      ...facts,
      numbers: numbers.filter((number) => typeof number !== 'string'),
      accounts: await Promise.all(accounts.map((one) => readAccount(api, one, app))),
      webhook: await readWebhook(api, app),
    },
  }
}

async function readNumber(api: GraphApi, number: string, place: number): Promise<NumberFacts | GraphRefusal> {
  const answer = read(numbered, await api.phoneNumber(number, FIELDS))
  if ('refusal' in answer)
    return answer.refusal === 'never' || answer.refusal === 'forbidden'
      ? { place, found: false }
      : answer.refusal
  // Asked apart: a version that does not know the field refuses the whole call.
  const phone = read(onPhone, await api.phoneNumber(number, ['is_on_biz_app']))
  const { display_phone_number: shown, quality_rating: quality, platform_type: platform } = answer.value
  return {
    place,
    found: true,
    shown,
    quality,
    throughput: answer.value.throughput?.level,
    cloudApi: platform === undefined || platform === 'CLOUD_API',
    onPhoneToo: 'value' in phone && phone.value.is_on_biz_app,
  }
}

const FIELDS = ['display_phone_number', 'verified_name', 'quality_rating', 'platform_type', 'throughput']

async function readAccount(api: GraphApi, account: string, app: string): Promise<AccountFacts> {
  const answer = read(apps, await api.subscribedApps(account))
  const subscribed =
    'value' in answer ? answer.value.data.some((one) => one.whatsapp_business_api_data?.id === app) : answer
  return { id: account, subscribed }
}

export async function readWebhook(api: GraphApi, app: string): Promise<WebhookFacts | Refused> {
  const answer = read(subscriptions, await api.subscriptions(app))
  if ('refusal' in answer) return answer
  const ours = answer.value.data.find(({ object }) => object === 'whatsapp_business_account')
  const fields = ours?.fields.map((field) => (typeof field === 'string' ? field : field.name)) ?? []
  return { callback: ours?.callback_url ?? '', active: ours?.active ?? false, fields }
}

function read<T>(form: z.ZodType<T>, answer: GraphAnswer): { value: T } | Refused {
  if (!answer.ok) return { refusal: answer.refusal }
  const parsed = form.safeParse(answer.body)
  return parsed.success ? { value: parsed.data } : { refusal: 'unreachable' }
}
