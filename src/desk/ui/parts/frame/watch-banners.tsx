import { watched } from '../../state/store.ts'
import { clockTime } from '../../times.ts'
import { t } from '../../wording.ts'
import { Icon } from '../icon.tsx'

/** A second person knows: somebody reads a case for a stated reason, or was stopped. It stays until it is put away. */

export function WatchBanners() {
  return (
    <>
      {watched.value.map((one) => (
        <div
          class={`banner ${one.kind === 'tripwire' ? 'alarm' : 'glass-open'}`}
          key={`${one.kind} ${one.id}`}
        >
          <Icon name={one.kind === 'tripwire' ? 'urgent' : 'glass'} />
          <p>
            {one.kind === 'tripwire'
              ? t('tripwire.heard', { name: one.name })
              : t('glass.heard', { name: one.name, id: one.id, time: clockTime(one.until) })}
          </p>
          <div class="buttons">
            <button
              type="button"
              onClick={() => (watched.value = watched.value.filter((other) => other !== one))}
            >
              {t('alarm.seen')}
            </button>
          </div>
        </div>
      ))}
    </>
  )
}
