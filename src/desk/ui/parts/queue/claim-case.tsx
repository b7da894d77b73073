import { useSignal } from '@preact/signals'
import type { QueueEntry } from '../../../../handoff/handoff.ts'
import { attempt, show } from '../../state/cases.ts'
import { me } from '../../state/store.ts'
import { t } from '../../wording.ts'
import { Icon } from '../icon.tsx'

/** Takes a case that waits; for caseworkers alone. */

export function ClaimCase({ one }: { one: QueueEntry }) {
  const busy = useSignal(false)
  if (me.value?.role !== 'caseworker') return null
  return (
    <button
      type="button"
      class={one.urgency === 'usual' ? '' : 'strong'}
      data-claim={one.id}
      aria-disabled={busy.value}
      onClick={() => {
        if (busy.value) return
        busy.value = true
        void attempt(one.id, 'claim').then((done) => {
          busy.value = false
          if (done) show(one.id)
        })
      }}
    >
      <Icon name="speech" />
      {t('queue.claim')}
      <span class="unseen"> {one.id}</span>
    </button>
  )
}
