import type { DeskEvent, Me } from '../../wire.ts'
import { get } from './api.ts'
import { alarmed, offered, watching } from '../state/attention.ts'
import { loadCase, loadQueue } from '../state/cases.ts'
import { directoryChanged } from '../state/directory-notice.ts'
import { forget } from '../state/let-go.ts'
import { sendAll } from '../state/outbox.ts'
import * as store from '../state/store.ts'

/**
 * The line on which the server says what changed. It says nothing of what a case holds, so after a break everything that
 * is shown is asked for anew, and no event needs to be remembered.
 */

/** Short: the first look also tells that a session has ended. */
const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 15_000

let source: EventSource | undefined
let timer: ReturnType<typeof setTimeout> | undefined
let wait = FIRST_WAIT_MS

export function connect(): void {
  clearTimeout(timer)
  source?.close()
  source = new EventSource('/desk/api/events')
  source.addEventListener('open', () => {
    wait = FIRST_WAIT_MS
    store.line.value = 'on'
    void catchUp()
  })
  source.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const event: DeskEvent = JSON.parse(data)
    heed(event)
  })
  source.addEventListener('error', lost)
}

export function disconnect(): void {
  clearTimeout(timer)
  source?.close()
  source = undefined
}

/** The browser's own word on the network: quicker than a request that fails. */
export function watchNetwork(): void {
  addEventListener('offline', () => {
    if (store.phase.value === 'in') lost()
  })
  addEventListener('online', () => {
    wait = FIRST_WAIT_MS
    if (store.phase.value === 'in') void tryAgain()
  })
}

export function lost(): void {
  if (store.phase.value !== 'in') return
  source?.close()
  source = undefined
  store.line.value = navigator.onLine ? 'reconnecting' : 'offline'
  clearTimeout(timer)
  timer = setTimeout(() => void tryAgain(), wait)
  wait = Math.min(wait * 2, LONGEST_WAIT_MS)
}

/** Asks first: an event stream does not say why it was refused. */
async function tryAgain(): Promise<void> {
  const answer = await get<Me>('me')
  if (store.phase.value !== 'in') return
  if (answer.ok) {
    store.me.value = answer.value
    connect()
  } else if (answer.why === 'stale') store.line.value = 'on'
  else lost()
}

async function catchUp(): Promise<void> {
  directoryChanged()
  if (!store.worksOnCases()) return
  await loadQueue()
  const held = store.queue.value.filter((one) => store.isMine(one) || store.threads.value.has(one.id))
  await Promise.all(held.map(({ id }) => loadCase(id)))
  sendAll()
}

function heed(event: DeskEvent): void {
  switch (event.kind) {
    case 'queue':
      lookAtQueue()
      break
    case 'case': {
      const known = store.queue.value.find(({ id }) => id === event.id)
      if (known !== undefined && (store.isMine(known) || store.glassUntil(event.id) !== undefined))
        void loadCase(event.id)
      else lookAtQueue()
      break
    }
    case 'directory':
      directoryChanged()
      break
    case 'withdrawn':
      forget(event.id, 'withdrawn')
      break
    case 'me':
      void get<Me>('me').then((answer) => {
        if (answer.ok && store.phase.value === 'in') store.me.value = answer.value
      })
      break
    case 'lost':
      forget(event.id, 'notice.gone')
      lookAtQueue()
      break
    case 'alarm':
      alarmed(event.id, event.why)
      break
    case 'glass':
    case 'tripwire':
      watching(event)
      break
    default:
    // Of a newer server; a page that is too old is told so by the next answer.
  }
}

/** At once, and then at most once a second; the last change is always looked at. */
const LOOK_MS = 1_000
let resting = false
let again = false

function lookAtQueue(): void {
  again = resting
  if (resting) return
  resting = true
  setTimeout(() => {
    resting = false
    if (again) lookAtQueue()
  }, LOOK_MS)
  void bringQueue()
}

async function bringQueue(): Promise<void> {
  if (!store.worksOnCases()) return
  const before = store.queue.value.filter(store.isOfferedToMe).length
  await loadQueue()
  if (store.queue.value.filter(store.isOfferedToMe).length > before) offered()
}
