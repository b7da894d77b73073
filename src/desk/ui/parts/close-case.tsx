import { useSignal } from '@preact/signals'
import type { Outcome, QueueEntry } from '../../../handoff/handoff.ts'
import { attempt } from '../cases.ts'
import { say } from '../notices.ts'
import { unsent } from '../store.ts'
import { t } from '../wording.ts'
import { Dialog } from './dialog.tsx'

/** Ends a case with what came of it. */

/** As in handoff.ts, whose values a page does not import. */
const OUTCOMES = ['helped', 'referred', 'noAnswer', 'notOurs', 'ended'] as const satisfies Outcome[]

export function CloseCase({ one, onClose }: { one: QueueEntry; onClose: () => void }) {
  const outcome = useSignal<Outcome | undefined>(undefined)
  const waiting = unsent.value.filter((item) => item.case === one.id).length
  return (
    <Dialog label={t('close.title')} onClose={onClose}>
      <p>{t('close.text')}</p>
      {waiting > 0 && (
        <p class="warning" role="status">
          {t('close.unsent', { n: waiting })}
        </p>
      )}
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (outcome.value === undefined) return
          void attempt(one.id, 'close', { outcome: outcome.value }).then((done) => {
            if (done) say(t('close.done'))
            else onClose()
          })
        }}
      >
        <div class="radios" role="radiogroup" aria-label={t('close.title')}>
          {OUTCOMES.map((name) => (
            <label key={name} class="radio">
              <input
                type="radio"
                name="outcome"
                checked={outcome.value === name}
                onChange={() => (outcome.value = name)}
              />
              <span>{t(`outcome.${name}`)}</span>
            </label>
          ))}
        </div>
        <div class="buttons end">
          <button type="button" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" class="strong" aria-disabled={outcome.value === undefined}>
            {t('close.do')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
