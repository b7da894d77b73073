import { batch } from '@preact/signals'
import type { Entry, QueueEntry } from '../../../handoff/handoff.ts'
import type { CaseAnswer, CasePost, QueueAnswer } from '../../wire.ts'
import { get, post, type Failure } from '../server/api.ts'
import { newCaseArrived, newWordsArrived } from './attention.ts'
import { forget, isDropped, letGoOf, letGoOfLost } from './let-go.ts'
import { sayRefused } from './notices.ts'
import * as store from './store.ts'

/** Brings the queue and the cases into the store. An answer that comes too late changes nothing. */

export type Verb = 'claim' | 'release' | 'offer' | 'accept' | 'reject' | 'write' | 'card' | 'note' | 'close'

const WIDE = '(min-width: 70rem) and (min-height: 34rem)'

/** A list that was asked for before something was done is too old to say whose a case is. */
let done = 0

export async function loadQueue(): Promise<void> {
  const asked = done
  const answer = await get<QueueAnswer>('queue')
  if (!answer.ok || store.phase.value !== 'in') return
  if (asked !== done) return loadQueue()
  const before = store.queueKnown.value ? new Set(store.queue.value.map(({ id }) => id)) : undefined
  const queue = answer.value.queue.filter(({ id }) => !isDropped(id))
  batch(() => {
    store.queue.value = queue
    store.colleagues.value = answer.value.accounts
    store.queueKnown.value = true
  })
  if (before !== undefined && queue.some((one) => one.state === 'waiting' && !before.has(one.id)))
    newCaseArrived()
  letGoOfLost()
}

export async function loadCase(id: string): Promise<void> {
  const answer = await get<CaseAnswer>(`cases/${id}`, { after: String(heldUntil(id)) })
  if (answer.ok) take(answer.value)
  else if (answer.why === 'gone' && store.threads.value.has(id)) {
    forget(id, 'notice.gone')
    void loadQueue()
  }
}

/** What a caseworker asks of a case; resolves with undefined when it was done. */
export async function act(
  id: string,
  verb: Verb,
  body: Omit<CasePost, 'after'> = {},
): Promise<Failure | undefined> {
  const answer = await post<CaseAnswer>(`cases/${id}/${verb}`, { ...body, after: heldUntil(id) })
  if (!answer.ok) return answer.why
  done += 1
  take(answer.value)
  return undefined
}

/** The same, and a refusal is said. True when it was done. */
export async function attempt(id: string, verb: Verb, body: Omit<CasePost, 'after'> = {}): Promise<boolean> {
  const why = await act(id, verb, body)
  if (why === undefined) return true
  sayRefused(why)
  if (why !== 'away' && why !== 'signIn') void loadQueue()
  return false
}

export function show(id: string): void {
  batch(() => {
    store.withdrawn.value = false
    store.openId.value = id
    store.view.value = 'case'
    // Where there is room beside the thread, the phrase book lies open.
    store.tool.value = matchMedia(WIDE).matches ? 'phrases' : undefined
    store.alarms.value = store.alarms.value.filter((alarm) => alarm.id !== id)
  })
  void loadCase(id)
}

function take({ case: one, entries }: CaseAnswer): void {
  if (isDropped(one.id) || store.phase.value !== 'in') return
  if (one.state === 'withdrawn') return forget(one.id, 'withdrawn')
  if (one.state === 'closed' || !store.mayRead(one)) {
    putInQueue(one)
    letGoOf(one.id)
    return
  }
  const known = store.threads.value.get(one.id) ?? []
  const merged = new Map([...known, ...entries].map((entry) => [entry.id as string, entry]))
  const fresh = entries.filter(
    (entry) => entry.kind === 'person' && !known.some((older) => older.id === entry.id),
  )
  batch(() => {
    store.threads.value = new Map(store.threads.value).set(
      one.id,
      [...merged.values()].toSorted((a, b) => a.seq - b.seq),
    )
    store.unsent.value = store.unsent.value.filter(({ entry }) => !merged.has(entry))
    putInQueue(one)
  })
  if (fresh.length > 0 && known.length > 0) newWordsArrived(one.id, fresh.length)
}

function putInQueue(one: QueueEntry): void {
  const others = store.queue.value
  store.queue.value =
    one.state === 'closed'
      ? others.filter(({ id }) => id !== one.id)
      : others.some(({ id }) => id === one.id)
        ? others.map((other) => (other.id === one.id ? one : other))
        : [...others, one]
}

/** A delivery may change after the entry was read, so asking begins before the oldest that still waits. */
function heldUntil(id: string): number {
  const entries: readonly Entry[] = store.threads.value.get(id) ?? []
  const waiting = entries.find((entry) => 'delivery' in entry && entry.delivery === 'waiting')
  return waiting === undefined ? (entries.at(-1)?.seq ?? 0) : waiting.seq - 1
}
