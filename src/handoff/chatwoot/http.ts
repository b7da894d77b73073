import { Pool } from 'undici'
import type { Trouble } from './trouble.ts'

/**
 * Carries requests to Chatwoot over connections of ours, bounded in number, size and time. Redirects are not followed,
 * because following one would hand the token to another host. No error leaves this file: what is thrown inside carries
 * addresses and texts, so each call resolves to an `Answer` whose trouble is one of five words.
 */
export type Answer<T> = { ok: true; value: T } | { ok: false; trouble: Trouble }

export interface Request {
  method: 'GET' | 'POST' | 'DELETE'
  /** Below the address of the server, with its first slash. */
  path: string
  body?: unknown
  token?: string
}

export interface Http {
  /** Resolves to the JSON of a 2xx; undefined when it has no body. */
  ask(request: Request): Promise<Answer<unknown>>
  close(): Promise<void>
}

const CONNECTIONS = 16
const PART_MS = 10_000
/** A hundred long messages with all that Chatwoot says of each. */
const LONGEST_ANSWER = 8 * 1024 * 1024

export function createHttp(url: string, callMs: number): Http {
  const base = addressOf(url)
  const pool =
    base === undefined
      ? undefined
      : new Pool(base.origin, {
          connections: CONNECTIONS,
          connect: { timeout: PART_MS },
          headersTimeout: PART_MS,
          bodyTimeout: PART_MS,
          maxResponseSize: LONGEST_ANSWER,
        })
  const prefix = base?.pathname.replace(/\/+$/u, '') ?? ''

  async function ask({ method, path, body, token }: Request): Promise<Answer<unknown>> {
    if (pool === undefined) return unreachable
    try {
      const answer = await pool.request({
        method,
        path: prefix + path,
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { api_access_token: token }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(callMs),
      })
      return answerOf(answer.statusCode, await answer.body.text())
    } catch {
      return unreachable
    }
  }

  return {
    ask,
    async close() {
      await pool?.close().catch(() => {})
    },
  }
}

const unreachable = { ok: false, trouble: 'unreachable' } as const

/** Proxies answer with pages of their own, with any status: what is not JSON says nothing of what Chatwoot did. */
function answerOf(status: number, text: string): Answer<unknown> {
  if (status === 429) return { ok: false, trouble: 'busy' }
  if (status < 200 || (status >= 300 && status < 400) || status >= 500) return unreachable
  const json = parsed(text)
  if (json === undefined) return unreachable
  if (status < 300) return { ok: true, value: json.value }
  if (status === 401 || status === 403) return { ok: false, trouble: 'token' }
  // Chatwoot's 404 says so in JSON; a server that is not Chatwoot's has none, or an empty one.
  if (status === 404) return json.value === undefined ? unreachable : { ok: false, trouble: 'gone' }
  return { ok: false, trouble: 'refused' }
}

function parsed(text: string): { value: unknown } | undefined {
  if (text.trim() === '') return { value: undefined }
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

function addressOf(url: string): URL | undefined {
  const address = URL.parse(url)
  return address?.protocol === 'https:' || address?.protocol === 'http:' ? address : undefined
}
