import { change } from '../../state/session.ts'
import { isMine, me, queue } from '../../state/store.ts'
import { sayRefused } from '../../state/notices.ts'
import { t } from '../../wording.ts'

/** On shift or not, and how many people at once. */

const MOST = 8

export function Shift() {
  const who = me.value
  if (who === undefined) return null
  const held = queue.value.filter(isMine).length
  const set = async (what: { onShift?: boolean; capacity?: number }) => {
    if (!(await change(what))) sayRefused('unavailable')
  }
  return (
    <div class="shift" role="group" aria-label={t('shift')}>
      <button
        type="button"
        role="switch"
        aria-checked={who.onShift}
        class="switch"
        onClick={() => void set({ onShift: !who.onShift })}
      >
        <span class="knob" aria-hidden="true" />
        {t(who.onShift ? 'shift.on' : 'shift.off')}
      </button>
      <label class="capacity">
        <span>{t('shift.capacity', { n: held })}</span>
        <select
          value={String(who.capacity)}
          onChange={(event) => void set({ capacity: Number(event.currentTarget.value) })}
        >
          {Array.from({ length: Math.max(MOST, who.capacity) }, (_, position) => position + 1).map((n) => (
            <option key={n} value={String(n)}>
              {n}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
