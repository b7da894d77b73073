import { useSignal } from '@preact/signals'
import type { DueRow } from '../../directory-wire.ts'
import { useAsked } from '../parts/asked.ts'
import { Asking } from '../parts/asking.tsx'
import { Icon } from '../parts/icon.tsx'
import { directoryChanges, openService } from '../state/store.ts'
import { day } from '../times.ts'
import { t } from '../wording.ts'
import { checkToday, saysStopped } from './change.ts'
import { Numbers } from './service-table.tsx'

/** Whom to dial: what is overdue and seen by nobody, and what will be within a week. */

export function DueList() {
  const asked = useAsked<{ due: DueRow[] }>('directory/due', {}, directoryChanges.value)
  const due = asked.value.value?.due
  return (
    <>
      <p class="quiet">{t('directory.dueHint')}</p>
      <Asking asked={asked.value} />
      {due?.length === 0 && <p class="nobody">{t('directory.nothingDue')}</p>}
      {due !== undefined && due.length > 0 && (
        <ol class="due-list">
          {due.map((one) => (
            <Due key={one.id} one={one} />
          ))}
        </ol>
      )}
    </>
  )
}

function Due({ one }: { one: DueRow }) {
  const busy = useSignal(false)
  const { id, name, numbers, why, passed, date, stopped } = one
  const once = async (work: () => Promise<unknown>) => {
    if (busy.value) return
    busy.value = true
    await work()
    busy.value = false
  }
  return (
    <li class={passed ? 'passed' : ''}>
      <div class="due-what">
        <h2>
          <bdi>{name}</bdi>
        </h2>
        <p class={passed ? 'due-when late' : 'due-when'}>
          {why === 'never'
            ? t('directory.due.never')
            : t(`directory.due.${why}.${passed ? 'passed' : 'soon'}`, { day: day(date, 'year') })}
        </p>
        <p class="quiet small">
          {why === 'never' ? (
            <bdi>{one.source}</bdi>
          ) : (
            t('directory.checkedBy', { day: day(one.checkedOn, 'year'), name: one.checkedBy })
          )}
        </p>
        {stopped && (
          <p class="state state-overdue">
            <Icon name="urgent" />
            {t('directory.stoppedWaits')}
          </p>
        )}
      </div>
      <Numbers numbers={numbers} />
      <div class="buttons">
        {why === 'review' && (
          <button
            type="button"
            class="strong"
            aria-disabled={busy.value}
            onClick={() => void once(() => checkToday(id, name))}
          >
            <Icon name="done" />
            {t('directory.check')}
            <span class="unseen"> {name}</span>
          </button>
        )}
        {!stopped && (
          <button type="button" aria-disabled={busy.value} onClick={() => void once(() => saysStopped(id))}>
            {t('directory.stop')}
            <span class="unseen"> {name}</span>
          </button>
        )}
        <button type="button" data-service={id} onClick={() => (openService.value = id)}>
          {t('case.open')}
          <span class="unseen"> {name}</span>
        </button>
      </div>
    </li>
  )
}
