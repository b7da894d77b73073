import type { Months } from '../../wire.ts'
import { t } from '../wording.ts'
import { Bars } from './bars.tsx'
import { monthName } from './in-words.ts'
import { NumbersTable } from './numbers-table.tsx'

/** How many contacts there were, month by month; nothing is summed up over months. */

export function History({ contacts }: Pick<Months, 'contacts'>) {
  const title = t('months.history')
  const rows = contacts.map(({ month, total }) => ({ id: month, name: monthName(month), shown: total }))
  return (
    <figure class="chart">
      <figcaption>
        <h2>{title}</h2>
      </figcaption>
      <Bars title={title} rows={rows} />
      <NumbersTable
        title={title}
        columns={[t('months.all')]}
        rows={rows.map(({ id, name, shown }) => ({ id, name, numbers: [shown] }))}
      />
    </figure>
  )
}
