import { batch } from '@preact/signals'
import type { Me } from '../../wire.ts'
import { get, leave, post, satDown, watch } from '../server/api.ts'
import { now, ticking } from '../server/clock.ts'
import { connect, disconnect, lost } from '../server/line.ts'
import { quieten } from './notices.ts'
import * as store from './store.ts'
import { speak } from '../wording.ts'

/**
 * Who sits here, and for how long. When nobody does anything for a while, or the session is over, the screen is covered
 * at once: what cases hold leaves the page, and only the caseworker's own unsent words are kept for their return.
 */

const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'wheel', 'touchstart', 'input'] as const

let lastSign = now()
let lastTold = now()
/** Whose words are kept. */
let owner: string | undefined

export async function begin(): Promise<void> {
  watch({
    signedOut() {
      if (store.phase.value === 'in') cover()
    },
    older() {
      store.older.value = true
    },
    reached(there) {
      if (!there && store.line.value === 'on') lost()
    },
  })
  for (const name of SIGNS_OF_LIFE)
    addEventListener(name, () => (lastSign = now()), { passive: true, capture: true })
  document.addEventListener('visibilitychange', () => (ticking.value = now()))
  ticking.subscribe(look)
  addEventListener('beforeunload', (event) => {
    if (store.hasWords.value) event.preventDefault()
  })
  addEventListener('pageshow', ({ persisted }) => {
    // Brought back from the browser's memory: whoever does that may be somebody else.
    if (!persisted) return
    cover()
    void ask()
  })
  if (store.phase.value !== 'invite') await ask()
}

export async function ask(): Promise<void> {
  const answer = await get<Me>('me')
  if (answer.ok) {
    await speak(answer.value.language)
    enter(answer.value)
  } else store.phase.value = answer.why === 'away' || answer.why === 'unavailable' ? 'away' : 'signIn'
}

export function enter(me: Me): void {
  satDown()
  batch(() => {
    if (owner !== undefined && owner !== me.id) dropWords()
    owner = me.id
    lastSign = now()
    lastTold = lastSign
    store.me.value = me
    store.phase.value = 'in'
    if (store.openId.value === undefined) store.view.value = firstView(me)
  })
  void speak(me.language)
  connect()
}

export function cover(): void {
  disconnect()
  quieten()
  batch(() => {
    store.phase.value = 'covered'
    store.queue.value = []
    store.queueKnown.value = false
    store.threads.value = new Map()
    store.alarms.value = []
    store.watched.value = []
    store.openId.value = undefined
    store.withdrawn.value = false
    store.openService.value = undefined
    store.directoryRoom.value = 'services'
    store.directoryNotice.value = undefined
    store.cardWanted.value = undefined
    store.view.value = 'queue'
    store.line.value = 'on'
  })
}

export async function signOut(where: 'here' | 'everywhere' = 'here'): Promise<void> {
  cover()
  batch(() => {
    dropWords()
    owner = undefined
    store.me.value = undefined
    store.phase.value = 'signIn'
  })
  await leave(where === 'here' ? 'sign-out' : 'me/session/end-all')
}

export async function change(what: Partial<Pick<Me, 'language' | 'onShift' | 'capacity'>>): Promise<boolean> {
  const answer = await post<Me>('me', what)
  if (answer.ok) store.me.value = answer.value
  return answer.ok
}

function look(): void {
  const me = store.me.value
  if (store.phase.value !== 'in' || me === undefined) return
  const at = now()
  if (at >= me.until || at - lastSign >= me.idleMs) {
    cover()
    void leave('sign-out')
    return
  }
  // Someone who types a long answer asks the server nothing; it must not think that nobody is here.
  if (lastSign > lastTold && at - lastTold > me.idleMs / 3) {
    lastTold = at
    void change({})
  }
}

function dropWords(): void {
  store.drafts.value = new Map()
  store.noteDrafts.value = new Map()
  store.unsent.value = []
}

function firstView({ role }: Me): store.View {
  if (role === 'administrator') return 'accounts'
  return role === 'auditor' ? 'log' : 'queue'
}
