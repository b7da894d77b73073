import { useSignal } from '@preact/signals'
import type { QueueEntry } from '../../../handoff/handoff.ts'
import { attempt } from '../cases.ts'
import { say } from '../notices.ts'
import { colleagues, me } from '../store.ts'
import { t } from '../wording.ts'
import { Dialog } from './dialog.tsx'

/** Offers a case to a colleague on shift. It stays with whoever has it until the colleague says yes. */

export function Transfer({ one, onClose }: { one: QueueEntry; onClose: () => void }) {
  const to = useSignal<string | undefined>(undefined)
  const there = colleagues.value.filter(({ id, onShift }) => onShift && id !== me.value?.id)
  return (
    <Dialog label={t('transfer.title')} onClose={onClose}>
      <p>{t('transfer.text')}</p>
      {there.length === 0 && <p class="nobody">{t('transfer.nobody')}</p>}
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (to.value === undefined) return
          void attempt(one.id, 'offer', { to: to.value }).then((done) => {
            onClose()
            if (done) say(t('transfer.done'))
          })
        }}
      >
        <div class="radios" role="radiogroup" aria-label={t('transfer.title')}>
          {there.map(({ id, name, load, capacity }) => (
            <label key={id} class="radio">
              <input
                type="radio"
                name="to"
                disabled={load >= capacity}
                checked={to.value === id}
                onChange={() => (to.value = id)}
              />
              <span>
                <bdi>{name}</bdi>
                <span class="quiet">
                  {t(load >= capacity ? 'transfer.full' : 'transfer.load', { n: load, capacity })}
                </span>
              </span>
            </label>
          ))}
        </div>
        <div class="buttons end">
          <button type="button" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" class="strong" aria-disabled={to.value === undefined}>
            {t('transfer.do')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
