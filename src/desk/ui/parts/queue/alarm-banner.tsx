import type { QueueEntry } from '../../../../handoff/handoff.ts'
import { show } from '../../state/cases.ts'
import { alarms, mayRead, me, queue } from '../../state/store.ts'
import { t } from '../../wording.ts'
import { BreakGlass } from './break-glass.tsx'
import { ClaimCase } from './claim-case.tsx'
import { Icon } from '../icon.tsx'

/** Somebody has waited too long. It stays until somebody looks or puts it away, and offers what the reader may do. */

export function AlarmBanners() {
  return (
    <>
      {alarms.value.map(({ id, why }) => {
        const one = queue.value.find((entry) => entry.id === id)
        return (
          <div class="banner alarm" key={id}>
            <Icon name="urgent" />
            <p>{t(`alarm.${why}`, { id })}</p>
            <div class="buttons">
              {one !== undefined && <WayIn one={one} />}
              <button
                type="button"
                onClick={() => (alarms.value = alarms.value.filter((other) => other.id !== id))}
              >
                {t('alarm.seen')}
              </button>
            </div>
          </div>
        )
      })}
    </>
  )
}

function WayIn({ one }: { one: QueueEntry }) {
  if (mayRead(one))
    return (
      <button type="button" class="strong" onClick={() => show(one.id)}>
        {t('case.open')}
        <span class="unseen"> {one.id}</span>
      </button>
    )
  if (one.state === 'waiting') return <ClaimCase one={one} />
  return me.value?.role === 'supervisor' ? <BreakGlass one={one} /> : null
}
