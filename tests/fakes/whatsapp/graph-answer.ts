import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'

/** What the Graph API answers: a body under a status, and a refusal in the one form that Meta gives all of them. */
export type Payload = Record<string, unknown>

export interface GraphAnswer {
  status: number
  body: Payload
  /** Why it was refused, for `refusals()`. Never holds what was sent. */
  refusal?: string
}

const MESSAGES: Readonly<Record<number, string>> = {
  100: 'Invalid parameter',
  190: 'Invalid OAuth access token',
  2200: 'Callback verification failed',
  130429: 'Rate limit hit',
  131008: 'Required parameter is missing',
  131009: 'Parameter value is not valid',
  131026: 'Message undeliverable',
  131047: 'Re-engagement message',
  131056: '(Business Account, Consumer Account) pair rate limit hit',
}

export function titleOf(code: number): string {
  return MESSAGES[code] ?? 'Something went wrong'
}

export function accept(body: Payload): GraphAnswer {
  return { status: 200, body }
}

export function refuse(code: number, details: string, status = 400): GraphAnswer {
  const trace = createHash('sha256').update(`${code} ${details}`).digest('base64url').slice(0, 22)
  const error = {
    message: `(#${code}) ${titleOf(code)}`,
    type: 'OAuthException',
    code,
    error_data: { messaging_product: 'whatsapp', details },
    fbtrace_id: `A${trace}`,
  }
  return { status, body: { error }, refusal: `${code}: ${details}` }
}

export function write(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' }).end(JSON.stringify(body))
}

export function isObject(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
