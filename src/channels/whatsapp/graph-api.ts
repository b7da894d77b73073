import { WhatsAppClient } from '@kapso/whatsapp-cloud-api'
import { Pool } from 'undici'
import type { Sensitive } from '../../privacy/sensitive.ts'
import type { Destination } from './identity.ts'
import type { Outgoing } from './outgoing.ts'
import { type Refusal, refusalOf, refusalOfCode } from './refusal.ts'

/**
 * The edge to Meta: kapso's client writes the requests, and a pool of connections of ours carries them, bounded in
 * number, size and time. Redirects are not followed, because following one would hand the token to another host. No
 * error leaves this file: the client's errors carry Meta's text and the person's number, so each call resolves to an
 * `Answer` whose refusal is made of fixed words and numbers. There is no call for reading receipts, for "is typing"
 * or for templates.
 */
export type Answer = { ok: true } | { ok: false; refusal: Refusal }
export type Uploaded = { ok: true; id: string } | { ok: false; refusal: Refusal }

export interface GraphApi {
  send(to: Destination, outgoing: Outgoing): Promise<Answer>
  /** Gives Meta a recording, from which the number of ours may send it for 30 days. */
  upload(ours: string, sound: Uint8Array<ArrayBuffer>): Promise<Uploaded>
  /** Resolves when what was under way is answered or given up. */
  close(): Promise<void>
}

export interface GraphApiParts {
  accessToken: Sensitive<string>
  /** `https://graph.facebook.com`, or a stand-in. */
  apiUrl: string
  /** `v25.0` */
  graphVersion: string
  /** Milliseconds that one call may take in all, its wait for a free connection included. */
  callMs: number
}

const CONNECTIONS = 64
const PART_MS = 10_000
/** Meta's answers have some hundred bytes. */
const LONGEST_ANSWER = 64 * 1024

export function createGraphApi({ accessToken, apiUrl, graphVersion, callMs }: GraphApiParts): GraphApi {
  const base = apiUrl.replace(/\/+$/u, '')
  const pool = poolFor(base)
  const client = new WhatsAppClient({
    accessToken: accessToken.reveal(),
    baseUrl: base,
    graphVersion,
    fetch: (input, init) =>
      fetchThrough(pool, callMs, input instanceof Request ? input.url : String(input), init),
  })

  async function post({ ours, userId, phone }: Destination, outgoing: Outgoing): Promise<unknown> {
    // If both are given the phone number counts, and it is the older, proven way.
    const to = {
      phoneNumberId: ours,
      ...(phone === undefined ? { recipient: userId ?? '' } : { to: phone }),
    }
    const { messages } = client
    switch (outgoing.kind) {
      case 'text':
        return messages.sendText({ ...to, body: outgoing.text, previewUrl: false })
      case 'buttons':
        return messages.sendInteractiveButtons({ ...to, bodyText: outgoing.text, buttons: outgoing.buttons })
      case 'list':
        return messages.sendInteractiveList({
          ...to,
          bodyText: outgoing.text,
          buttonText: outgoing.opener,
          sections: [{ rows: outgoing.rows }],
        })
      case 'voice':
        return messages.sendAudio({ ...to, audio: { id: outgoing.media, voice: true } })
      case 'askPlace':
        return messages.sendInteractiveRaw({
          ...to,
          interactive: {
            type: 'location_request_message',
            body: { text: outgoing.text },
            action: { name: 'send_location' },
          },
        })
    }
  }

  return {
    async send(to, outgoing) {
      try {
        return answerOf(await post(to, outgoing))
      } catch (error) {
        return { ok: false, refusal: refusalOf(error) }
      }
    },
    async upload(ours, sound) {
      try {
        const file = new Blob([sound], { type: 'audio/ogg; codecs=opus' })
        const answer: unknown = await client.media.upload({
          phoneNumberId: ours,
          type: 'audio/ogg; codecs=opus',
          file,
          fileName: 'voice.ogg',
        })
        const taken = answerOf(answer)
        if (!taken.ok) return taken
        const id: unknown =
          typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'id') : undefined
        return typeof id === 'string' && id !== ''
          ? { ok: true, id }
          : { ok: false, refusal: { kind: 'unreachable' } }
      } catch (error) {
        return { ok: false, refusal: refusalOf(error) }
      }
    },
    async close() {
      await pool?.close().catch(() => {})
    },
  }
}

/**
 * What came with a 2xx. An error that Meta wrapped in a success is an error; a page is a proxy's, so nothing was sent;
 * anything else was taken, even where no message id can be found in it, because sending again would be a second copy.
 */
function answerOf(answer: unknown): Answer {
  if (typeof answer === 'string' && /^\s*</u.test(answer))
    return { ok: false, refusal: { kind: 'unreachable' } }
  const error: unknown =
    typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'error') : undefined
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined
  return typeof code === 'number' ? { ok: false, refusal: refusalOfCode(code) } : { ok: true }
}

/** Undefined for an address that is none: then every call is `unreachable`. */
function poolFor(base: string): Pool | undefined {
  try {
    return new Pool(new URL(base).origin, {
      connections: CONNECTIONS,
      connect: { timeout: PART_MS },
      headersTimeout: PART_MS,
      bodyTimeout: PART_MS,
      maxResponseSize: LONGEST_ANSWER,
    })
  } catch {
    return undefined
  }
}

async function fetchThrough(
  pool: Pool | undefined,
  callMs: number,
  url: string,
  init: RequestInit = {},
): Promise<Response> {
  if (pool === undefined) throw new Error('no address')
  const form = init.body instanceof FormData ? new Response(init.body) : undefined
  const type = form?.headers.get('content-type')
  const ending = new AbortController()
  // Cleared when the call is over: a signal with a time of its own stays in memory until then, with all that hangs on it.
  const timer = setTimeout(() => ending.abort(), callMs)
  try {
    const { statusCode, headers, body } = await pool.request({
      method: 'POST',
      path: url.slice(url.indexOf('/', 'https://'.length)),
      headers: {
        ...(init.headers as Record<string, string>),
        ...(typeof type === 'string' ? { 'content-type': type } : {}),
      },
      body: form === undefined ? (typeof init.body === 'string' ? init.body : null) : await form.bytes(),
      signal: ending.signal,
    })
    return responseOf(statusCode, headers['retry-after'], await body.text())
  } finally {
    clearTimeout(timer)
  }
}

/** What the client reads of a `Response`, and no more: a whole one costs as much as the call. */
function responseOf(status: number, retryAfter: unknown, text: string): Response {
  // Meta now and then calls its JSON something else, and proxies call their pages JSON.
  const json = parsed(text)
  const headers: Readonly<Record<string, string | undefined>> = {
    'content-type': json === undefined ? 'text/plain' : 'application/json',
    'retry-after': typeof retryAfter === 'string' ? retryAfter : undefined,
  }
  const response = {
    ok: status >= 200 && status < 300,
    status,
    headers: { get: (name: string) => headers[name.toLowerCase()] ?? null },
    text: () => Promise.resolve(text),
    json: () =>
      json === undefined ? Promise.reject(new SyntaxError('no JSON')) : Promise.resolve(json.value),
    clone: () => responseOf(status, retryAfter, text),
  }
  return response as unknown as Response
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}
