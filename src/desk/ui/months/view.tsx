import { useSignal } from '@preact/signals'
import type { Months } from '../../wire.ts'
import { useAsked } from '../parts/asked.ts'
import { Asking } from '../parts/asking.tsx'
import { Heading } from '../parts/heading.tsx'
import { t } from '../wording.ts'
import { monthName } from './in-words.ts'
import { History } from './history.tsx'
import { MeasureFigure } from './measure-figure.tsx'

/** The statistics of a month: rounded, without what is small, and never of the months that are still near. */

export function MonthsView() {
  const chosen = useSignal<string | undefined>(undefined)
  const { value: month } = chosen
  const asked = useAsked<Months>('months', month === undefined ? {} : { month })
  const months = asked.value.value
  return (
    <main class="page months" id="main">
      <Heading>{t('nav.months')}</Heading>
      <Asking asked={asked.value} />
      {months !== undefined && months.month === undefined && <p>{t('months.none')}</p>}
      {months?.month !== undefined && (
        <>
          <label class="choice">
            <span>{t('months.month')}</span>
            <select
              value={months.month}
              onChange={({ currentTarget }) => (chosen.value = currentTarget.value)}
            >
              {months.months.map((one) => (
                <option key={one} value={one}>
                  {monthName(one)}
                </option>
              ))}
            </select>
          </label>
          <p class="quiet">{t('months.about')}</p>
          <div class="charts">
            {months.tables.map((table) => (
              <MeasureFigure key={table.measure} table={table} />
            ))}
            {months.contacts.length > 1 && <History contacts={months.contacts} />}
          </div>
        </>
      )}
    </main>
  )
}
