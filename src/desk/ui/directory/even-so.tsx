import type { Signal } from '@preact/signals'
import { t } from '../wording.ts'

/** Ticked by whoever read what would be lost and goes on all the same. */
export function EvenSo({ on }: { on: Signal<boolean> }) {
  return (
    <label class="tick">
      <input
        type="checkbox"
        checked={on.value}
        onChange={(event) => (on.value = event.currentTarget.checked)}
      />
      <span>{t('directory.evenSo')}</span>
    </label>
  )
}
