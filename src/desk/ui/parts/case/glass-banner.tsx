import type { QueueEntry } from '../../../../handoff/handoff.ts'
import { ticking } from '../../server/clock.ts'
import { colleagueName, glassUntil } from '../../state/store.ts'
import { timeLeft } from '../../times.ts'
import { t } from '../../wording.ts'
import { Icon } from '../icon.tsx'

/** Over a case that is read for a stated reason: whose it is, and for how long. */

export function GlassBanner({ one }: { one: QueueEntry }) {
  const until = glassUntil(one.id)
  if (until === undefined) return null
  return (
    <div class="banner glass-open" role="note">
      <Icon name="glass" />
      <div>
        <p>{t('glass.open', { name: colleagueName(one.holder) })}</p>
        <p class="small">{t('glass.rules')}</p>
      </div>
      <p class="left">
        <span class="quiet small">{t('glass.left')}</span>
        <strong>{timeLeft(until - ticking.value)}</strong>
      </p>
    </div>
  )
}
