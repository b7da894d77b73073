import { batch } from '@preact/signals'
import { now } from '../server/clock.ts'
import { quieten, say } from './notices.ts'
import * as store from './store.ts'
import { t } from '../wording.ts'

/** Where the page lets go of a case: when somebody leaves it, when it is no longer theirs, when it was withdrawn. */

/** Withdrawn: what is still under way for these is dropped. */
const dropped = new Set<string>()
export function isDropped(id: string): boolean {
  return dropped.has(id)
}

export function leaveCase(): void {
  batch(() => {
    store.openId.value = undefined
    store.withdrawn.value = false
    if (store.view.value === 'case') store.view.value = 'queue'
  })
}

/** A case that a list no longer has may have been withdrawn in that moment: the word of it comes just behind. */
const WORD_BEHIND_MS = 10_000
let tookOff = { id: '', at: 0 }

function tookOffJustNow(id: string): boolean {
  const nothingElse = store.openId.value === undefined && store.view.value === 'queue'
  return tookOff.id === id && nothingElse && now() - tookOff.at < WORD_BEHIND_MS
}

/** Nothing of it stays: not on the screen, not in a box, not under way. */
export function forget(id: string, why: 'withdrawn' | 'notice.gone'): void {
  if (why === 'withdrawn') dropped.add(id)
  const open = store.openId.value === id
  const shown = open || (why === 'withdrawn' && tookOffJustNow(id))
  if (open) tookOff = { id, at: now() }
  const held = store.threads.value.has(id)
  quieten()
  batch(() => {
    store.queue.value = store.queue.value.filter((one) => one.id !== id)
    letGoOf(id)
    if (why === 'withdrawn' && shown) {
      store.withdrawn.value = true
      store.view.value = 'case'
    }
  })
  if (why === 'notice.gone' ? shown : held && !shown) say(t(why))
}

export function letGoOf(id: string): void {
  batch(() => {
    store.threads.value = store.without(store.threads.value, id)
    store.drafts.value = store.without(store.drafts.value, id)
    store.noteDrafts.value = store.without(store.noteDrafts.value, id)
    store.unsent.value = store.unsent.value.filter((one) => one.case !== id)
    store.alarms.value = store.alarms.value.filter((alarm) => alarm.id !== id)
    if (store.openId.value === id) leaveCase()
  })
}

/** What the queue no longer says is mine: taken away, closed or withdrawn while the line was down. */
export function letGoOfLost(): void {
  const held = new Set(store.queue.value.filter(store.mayRead).map(({ id }) => id as string))
  const known = [
    ...store.threads.value.keys(),
    ...store.drafts.value.keys(),
    ...store.noteDrafts.value.keys(),
  ]
  for (const id of new Set([...known, ...store.unsent.value.map((one) => one.case)]))
    if (!held.has(id)) {
      const shown = store.openId.value === id
      letGoOf(id)
      if (!shown) continue
      tookOff = { id, at: now() }
      say(t('notice.gone'))
    }
}
