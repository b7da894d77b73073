import { checkFields, type Fields, may, need } from './fields.ts'
import { accept, type GraphAnswer, type Payload, refuse } from './graph-answer.ts'
import { handshake } from './handshake.ts'
import { displayNumber } from './webhook-body.ts'

/**
 * The calls around messages that a setup makes: what a number is, whether the app gets the account's webhooks, what a
 * token may do, and where webhooks go. Not played: registering a number, two-step PINs, webhooks of other objects.
 */
export const WABA_ID = '888000888'
export const APP_ID = '777000777'

/** What stands at Meta; a test may change it. */
export interface Setup {
  /** Whether the app is subscribed to the account. While it is not, nothing happens at the callback URL. */
  subscribed: boolean
  scopes: string[]
  /** Whose assets the two WhatsApp scopes are for. */
  targets: string[]
  /** Seconds since 1970; 0: never. */
  expiresAt: number
  /** Of the numbers by id, over the defaults. */
  numbers: Record<string, Payload>
  /** Where the app gets its webhooks, once that was set. */
  callback?: { url: string; fields: string[] }
}

export function defaultSetup(): Setup {
  return {
    subscribed: true,
    scopes: ['whatsapp_business_management', 'whatsapp_business_messaging', 'public_profile'],
    targets: [WABA_ID],
    expiresAt: 0,
    numbers: {},
  }
}

/** A call on anything but messages. `token` is what was sent as Bearer. */
export interface SetupCall {
  method: string
  node: string
  edge: string
  /** Query and body together. */
  params: Payload
  token: string
}

interface Known {
  setup: Setup
  numbers: readonly string[]
  version: string
  accessToken: string
  appToken: string
  callbackChanged(url: string): void
}

const SUBSCRIPTION: Fields = {
  object: need('text'),
  callback_url: need('text'),
  verify_token: need('text'),
  fields: need('text'),
  include_values: 'not played',
}

export async function answerSetup(call: SetupCall, known: Known): Promise<GraphAnswer> {
  const { method, node, edge, params, token } = call
  const { setup, accessToken, appToken } = known
  const ofApp = node === APP_ID
  const debug = node === 'debug_token' && edge === ''
  if (token !== (ofApp ? appToken : accessToken) && !(debug && token === appToken)) {
    return refuse(190, 'The token is wrong for this call', 401)
  }
  switch (`${method} ${edge}`) {
    case 'GET ':
      if (debug) return debugToken(params, known)
      return known.numbers.includes(node) ? describeNumber(node, params, setup) : unknown()
    case 'GET subscribed_apps':
      if (node !== WABA_ID) return unknown()
      return checkFields('', params, {}) ?? accept({ data: setup.subscribed ? [SUBSCRIBED_APP] : [] })
    case 'POST subscribed_apps': {
      const notPlayed = { override_callback_uri: 'not played', verify_token: 'not played' } as const
      const wrong = node === WABA_ID ? checkFields('', params, notPlayed) : unknown()
      if (wrong !== undefined) return wrong
      setup.subscribed = true
      return accept({ success: true })
    }
    case 'GET subscriptions':
      return ofApp ? (checkFields('', params, {}) ?? describeCallback(known)) : unknown()
    case 'POST subscriptions':
      return ofApp ? setCallback(params, known) : unknown()
    default:
      return unknown()
  }
}

function unknown(): GraphAnswer {
  return refuse(100, 'There is no such object, or the fake does not play this call on it')
}

const SUBSCRIBED_APP = {
  whatsapp_business_api_data: { id: APP_ID, name: 'Lantern', link: 'https://www.example.org/' },
}

const USUAL = 'verified_name,display_phone_number,quality_rating,code_verification_status,platform_type'

function describeNumber(id: string, params: Payload, setup: Setup): GraphAnswer {
  const wrong = checkFields('', params, { fields: may('text') })
  if (wrong !== undefined) return wrong
  const about: Payload = {
    id,
    display_phone_number: `+${displayNumber(id).replaceAll(/(\d{3})(?=\d)/g, '$1 ')}`,
    verified_name: 'Word of the day',
    quality_rating: 'GREEN',
    code_verification_status: 'VERIFIED',
    platform_type: 'CLOUD_API',
    throughput: { level: 'STANDARD' },
    name_status: 'APPROVED',
    status: 'CONNECTED',
    account_mode: 'LIVE',
    is_pin_enabled: true,
    messaging_limit_tier: 'TIER_250',
    ...setup.numbers[id],
  }
  const { fields = USUAL } = params
  const wanted = typeof fields === 'string' ? fields.split(',') : []
  const strange = wanted.find((field) => !Object.hasOwn(about, field))
  if (strange !== undefined) return refuse(100, `A phone number has no field ${strange}`)
  return accept({ ...Object.fromEntries(wanted.map((field) => [field, about[field]])), id })
}

function debugToken(params: Payload, { setup, accessToken }: Known): GraphAnswer {
  const wrong = checkFields('', params, { input_token: need('text') })
  if (wrong !== undefined) return wrong
  if (params['input_token'] !== accessToken) {
    const error = { code: 190, message: 'Invalid OAuth access token.' }
    return accept({ data: { is_valid: false, scopes: [], error } })
  }
  return accept({
    data: {
      app_id: APP_ID,
      type: 'SYSTEM_USER',
      application: 'Lantern',
      data_access_expires_at: 0,
      expires_at: setup.expiresAt,
      is_valid: true,
      scopes: setup.scopes,
      granular_scopes: setup.scopes
        .filter((scope) => scope.startsWith('whatsapp_'))
        .map((scope) => ({ scope, target_ids: setup.targets })),
      user_id: '666000666',
    },
  })
}

async function setCallback(params: Payload, known: Known): Promise<GraphAnswer> {
  const wrong = checkFields('', params, SUBSCRIPTION)
  if (wrong !== undefined) return wrong
  const { object, callback_url: url, verify_token: verify, fields } = params
  if (object !== 'whatsapp_business_account') return refuse(100, 'object must be whatsapp_business_account')
  const names = String(fields).split(',')
  if (names.join() !== 'messages') return refuse(100, 'The fake plays no field but messages')
  // Meta wants https; a loopback address is for the tests.
  if (!/^(https:\/\/|http:\/\/127\.0\.0\.1[:/])/.test(String(url))) {
    return refuse(100, 'callback_url must be https')
  }
  const failed = await handshake(String(url), String(verify))
  if (failed !== undefined) return refuse(2200, failed)
  known.setup.callback = { url: String(url), fields: names }
  known.callbackChanged(String(url))
  return accept({ success: true })
}

function describeCallback({ setup, version }: Known): GraphAnswer {
  const { callback } = setup
  if (callback === undefined) return accept({ data: [] })
  const fields = callback.fields.map((name) => ({ name, version }))
  return accept({
    data: [{ object: 'whatsapp_business_account', callback_url: callback.url, active: true, fields }],
  })
}
