import { PAGE_HEADER, type Refused } from '../../wire.ts'
import { heedServerTime } from './clock.ts'

/**
 * The server as the page sees it. It may be away at any moment: no call throws for that, each resolves with what was
 * said or with why not. Nothing is cached and nothing is stored.
 */

/** away: no answer came, the line may be down; whoever asked decides whether to ask again. */
export type Failure = Refused | 'away'
export type Result<T> = { ok: true; value: T } | { ok: false; why: Failure }

const PATIENCE_MS = 15_000
/** Which page asks; the shell was told by the server that made it. */
const PAGE = { [PAGE_HEADER]: document.querySelector<HTMLElement>('#page')?.dataset['build'] ?? '' }
const ROOT = '/desk/api/'
const REFUSALS: ReadonlySet<string> = new Set<Refused>([
  'signIn',
  'again',
  'forbidden',
  'gone',
  'taken',
  'notYours',
  'full',
  'invalid',
  'tooMany',
  'stale',
  'unavailable',
])

export interface Watcher {
  /** The session is over. */
  signedOut(): void
  /** The server gives out another page by now. */
  older(): void
  /** Whether the server could be reached. */
  reached(there: boolean): void
}
let watcher: Watcher | undefined
/** Whoever sits down after somebody else is not sent away by what their requests are told. */
let sitting = 0
/** The answer to a sign-out clears the browser: nothing new is asked before, or it would clear that as well. */
let leaving: Promise<unknown> = Promise.resolve()

/** One listener for what every answer may bring. */
export function watch(by: Watcher): void {
  watcher = by
}

export function get<T>(path: string, query: Record<string, string> = {}): Promise<Result<T>> {
  const asked = new URLSearchParams(query).toString()
  return ask(`${path}${asked === '' ? '' : `?${asked}`}`, { method: 'GET', headers: PAGE })
}

export function post<T>(path: string, body: object = {}): Promise<Result<T>> {
  return ask(path, {
    method: 'POST',
    headers: { ...PAGE, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

/** Ends the session on the server; what is asked afterwards waits for that. */
export async function leave(path: 'sign-out' | 'me/session/end-all'): Promise<void> {
  const left = post(path)
  leaving = left
  await left
}

export function satDown(): void {
  sitting += 1
}

async function ask<T>(path: string, init: RequestInit): Promise<Result<T>> {
  const then = sitting
  await leaving
  try {
    const response = await fetch(ROOT + path, {
      ...init,
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    heedServerTime(response.headers.get('date'))
    if (response.ok) {
      const value: T = await response.json()
      watcher?.reached(true)
      return { ok: true, value }
    }
    const why = await refusal(response)
    if (why === 'signIn' && then === sitting) watcher?.signedOut()
    if (why === 'stale') watcher?.older()
    return { ok: false, why }
  } catch {
    watcher?.reached(false)
    return { ok: false, why: 'away' }
  }
}

/** A proxy in between may answer in its own words. */
async function refusal(response: Response): Promise<Refused> {
  try {
    const { refused }: { refused?: string } = await response.json()
    if (refused !== undefined && REFUSALS.has(refused)) return refused as Refused
  } catch {
    // Not of ours.
  }
  return response.status === 401 ? 'signIn' : 'unavailable'
}
