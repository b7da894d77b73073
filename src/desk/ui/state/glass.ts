import type { GlassReason } from '../../wire.ts'
import { post, type Failure } from '../server/api.ts'
import { show } from './cases.ts'
import { ticking } from '../server/clock.ts'
import { withFreshTouch } from '../server/fresh-touch.ts'
import { letGoOf } from './let-go.ts'
import { say } from './notices.ts'
import * as store from './store.ts'
import { t } from '../wording.ts'

/** A supervisor reads a case of a colleague for a stated reason. When the time is over, nothing of it stays on the page. */

/** Resolves with undefined when the case is open. */
export async function breakGlass(id: string, reason: GlassReason): Promise<Failure | undefined> {
  const answer = await withFreshTouch(() => post<{ until: number }>(`cases/${id}/break-glass`, { reason }))
  if (!answer.ok) return answer.why
  const me = store.me.value
  if (me === undefined) return 'signIn'
  const others = me.glass.filter((one) => one.id !== id)
  store.me.value = { ...me, glass: [...others, { id, until: answer.value.until }] }
  show(id)
  return undefined
}

export function watchGlass(): void {
  ticking.subscribe((at) => {
    const me = store.me.value
    const over = me?.glass.filter(({ until }) => until <= at) ?? []
    if (me === undefined || over.length === 0) return
    store.me.value = { ...me, glass: me.glass.filter(({ until }) => until > at) }
    for (const { id } of over) {
      const isShown = store.openId.value === id
      letGoOf(id)
      if (isShown) say(t('glass.over'))
    }
  })
}
