import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { t } from '../wording.ts'

/** The form of a question with one answer: a list to choose from, the way back, and the button that does it. */

interface Props<Id extends string> {
  label: string
  choices: readonly { id: Id; label: ComponentChildren; disabled?: boolean }[]
  /** On the button. */
  verb: string
  onChoose: (id: Id) => Promise<void>
  onCancel: () => void
}

export function ChooseOne<Id extends string>({ label, choices, verb, onChoose, onCancel }: Props<Id>) {
  const chosen = useSignal<Id | undefined>(undefined)
  const busy = useSignal(false)
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen.value === undefined || busy.value) return
        busy.value = true
        void onChoose(chosen.value).finally(() => (busy.value = false))
      }}
    >
      <div class="radios" role="radiogroup" aria-label={label}>
        {choices.map((choice) => (
          <label key={choice.id} class="radio">
            <input
              type="radio"
              name="choice"
              disabled={choice.disabled}
              checked={chosen.value === choice.id}
              onChange={() => (chosen.value = choice.id)}
            />
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
      <div class="buttons end">
        <button type="button" onClick={onCancel}>
          {t('cancel')}
        </button>
        <button type="submit" class="strong" aria-disabled={chosen.value === undefined}>
          {verb}
        </button>
      </div>
    </form>
  )
}
