import { useSignal } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'
import type { ServiceAnswer } from '../../directory-wire.ts'
import { show } from '../state/cases.ts'
import { useAsked } from '../parts/asked.ts'
import { Asking } from '../parts/asking.tsx'
import { Heading } from '../parts/heading.tsx'
import { Icon } from '../parts/icon.tsx'
import {
  cardWanted,
  directoryChanges,
  isMine,
  openService,
  queue,
  tool,
  worksOnCases,
} from '../state/store.ts'
import { t } from '../wording.ts'
import { checkToday, saysStopped } from './change.ts'
import { CorrectionForm } from './correction-form.tsx'
import { FactList } from './fact-list.tsx'
import { dateAndTime, openingInWords } from './in-words.ts'
import { lastService } from './last-service.ts'
import { State } from './service-state.tsx'
import { Numbers } from './service-table.tsx'

/** One service: how to reach it, everything that is known, and what may be done about it. */

export function ServiceSheet({ id }: { id: string }) {
  const asked = useAsked<ServiceAnswer>(`directory/services/${id}`, {}, directoryChanges.value)
  const correcting = useSignal(false)
  useLayoutEffect(() => scrollTo({ top: 0 }), [])
  const { value: known } = asked.value
  return (
    <>
      <button type="button" class="start" onClick={leave}>
        <Icon name="back" />
        {t('cards.back')}
      </button>
      <Asking asked={asked.value} />
      {known !== undefined && (
        <article class="service">
          <header class="service-head">
            <Heading>
              <bdi>{known.row.name}</bdi>
            </Heading>
            <State state={known.row.state} />
            {known.row.state !== 'shown' && <p class="quiet">{t(`directory.why.${known.row.state}`)}</p>}
          </header>
          <div class="reach">
            <Numbers numbers={known.row.numbers} />
            <p>{openingInWords(known.row.opening)}</p>
          </div>
          {known.waiting.map((one) => (
            <p key={one.id} class="warning">
              {one.mine
                ? t('directory.waitsMine')
                : t('directory.waits', { name: one.by, time: dateAndTime(one.at) })}
            </p>
          ))}
          {worksOnCases() && !correcting.value && (
            <Actions known={known} onCorrect={() => (correcting.value = true)} />
          )}
          {correcting.value && (
            <CorrectionForm id={id} form={known.form} onDone={() => (correcting.value = false)} />
          )}
          <FactList known={known} />
        </article>
      )}
    </>
  )
}

function leave(): void {
  lastService.value = openService.value
  openService.value = undefined
}

function Actions({ known, onCorrect }: { known: ServiceAnswer; onCorrect: () => void }) {
  const { id, name, state, numbers } = known.row
  const busy = useSignal(false)
  const once = async (work: () => Promise<unknown>) => {
    if (busy.value) return
    busy.value = true
    await work()
    busy.value = false
  }
  const mine = queue.value.filter((one) => isMine(one) && one.state === 'active' && one.presence !== 'left')
  const isAlive = state === 'shown' || state === 'overdue'
  return (
    <div class="buttons">
      {state === 'shown' &&
        mine.map((one) => (
          <button key={one.id} type="button" class="strong" onClick={() => sendInto(one.id, id)}>
            <Icon name="cards" />
            {t('directory.sendInto', { id: one.id })}
          </button>
        ))}
      {isAlive && (
        <button
          type="button"
          aria-disabled={busy.value}
          onClick={() => void once(() => checkToday(id, name))}
        >
          <Icon name="done" />
          {t('directory.check')}
        </button>
      )}
      <button type="button" onClick={onCorrect}>
        <Icon name="notes" />
        {t('directory.correct')}
      </button>
      {isAlive && numbers.length > 0 && (
        <button type="button" aria-disabled={busy.value} onClick={() => void once(() => saysStopped(id))}>
          {t('directory.stop')}
        </button>
      )}
    </div>
  )
}

/** Her card is looked at before it goes. */
function sendInto(id: string, service: string): void {
  show(id)
  tool.value = 'cards'
  cardWanted.value = service
}
