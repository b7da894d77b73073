import { request } from 'undici'
import type { WhatsappSettings } from '../../config.ts'
import { type Sensitive, sensitive } from '../../privacy/sensitive.ts'

/**
 * The few calls to Meta's Graph API that set up and check an account. No redirect is followed, because it would hand
 * the token to another host; a call ends after 10 s; and of a refusal nothing is kept but what kind it is.
 */
export type GraphAnswer = { ok: true; body: unknown } | { ok: false; refusal: GraphRefusal }

export type GraphRefusal =
  /** 190: expired, revoked or mistyped. */
  | 'token'
  /** 10, 200 to 299: the token may not do this. */
  | 'forbidden'
  /** 2200: Meta asked the callback address for its answer and did not get it. */
  | 'callback'
  /** 4, 17, 32, 613, 80000 to 80014, 130429. */
  | 'tooOften'
  /** Such an id is not there, or not for this token; anything else that Meta will not take. */
  | 'never'
  /** 5xx, a cut line, a time-out, an answer that is not Meta's. */
  | 'unreachable'

export interface GraphApi {
  debugToken(): Promise<GraphAnswer>
  phoneNumber(id: string, fields: readonly string[]): Promise<GraphAnswer>
  subscribedApps(account: string): Promise<GraphAnswer>
  subscribeApp(account: string): Promise<GraphAnswer>
  subscriptions(app: string): Promise<GraphAnswer>
  /** Meta asks `callback` for its challenge before it answers. */
  subscribe(app: string, callback: string): Promise<GraphAnswer>
}

const TIME_OUT_MS = 10_000

export function createGraphApi(settings: WhatsappSettings): GraphApi {
  const { accessToken, appSecret, verifyToken, apiUrl, graphVersion } = settings
  const root = `${apiUrl.replace(/\/+$/u, '')}/${graphVersion}`
  const appToken = (app: string) => sensitive(`${app}|${appSecret.reveal()}`)

  async function call(
    method: 'GET' | 'POST',
    path: string,
    token: Sensitive<string>,
    values: Readonly<Record<string, string>> = {},
  ): Promise<GraphAnswer> {
    const query =
      method === 'GET' && Object.keys(values).length > 0 ? `?${new URLSearchParams(values).toString()}` : ''
    try {
      const response = await request(`${root}/${path}${query}`, {
        method,
        headers: {
          authorization: `Bearer ${token.reveal()}`,
          ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
        },
        body: method === 'POST' ? JSON.stringify(values) : null,
        signal: AbortSignal.timeout(TIME_OUT_MS),
        // A kept connection would hold the program open after its last word.
        reset: true,
      })
      const body: unknown = JSON.parse(await response.body.text())
      return response.statusCode === 200
        ? { ok: true, body }
        : { ok: false, refusal: refusalOf(response.statusCode, body) }
    } catch {
      return { ok: false, refusal: 'unreachable' }
    }
  }

  return {
    debugToken: () => call('GET', 'debug_token', accessToken, { input_token: accessToken.reveal() }),
    phoneNumber: (id, fields) => call('GET', id, accessToken, { fields: fields.join(',') }),
    subscribedApps: (account) => call('GET', `${account}/subscribed_apps`, accessToken),
    subscribeApp: (account) => call('POST', `${account}/subscribed_apps`, accessToken),
    subscriptions: (app) => call('GET', `${app}/subscriptions`, appToken(app)),
    subscribe: (app, callback) =>
      call('POST', `${app}/subscriptions`, appToken(app), {
        object: 'whatsapp_business_account',
        callback_url: callback,
        verify_token: verifyToken.reveal(),
        fields: 'messages',
      }),
  }
}

function refusalOf(status: number, body: unknown): GraphRefusal {
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  if (status >= 500 || typeof code !== 'number') return 'unreachable'
  if (code === 190 || status === 401) return 'token'
  if (code === 10 || (code >= 200 && code < 300)) return 'forbidden'
  if (code === 2200) return 'callback'
  if (TOO_OFTEN.has(code) || (code >= 80_000 && code <= 80_014)) return 'tooOften'
  return 'never'
}

const TOO_OFTEN = new Set([4, 17, 32, 613, 130_429])
