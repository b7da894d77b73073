import type { Signal } from '@preact/signals'
import { t } from '../wording.ts'

/** Where one types what one looks for. */
export function SearchField({ label, text }: { label: string; text: Signal<string> }) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="search"
        dir="auto"
        autocomplete="off"
        value={text.value}
        onInput={(event) => (text.value = event.currentTarget.value)}
      />
    </label>
  )
}

export function NothingFound() {
  return (
    <p class="quiet" role="status">
      {t('nothingFound')}
    </p>
  )
}
