import type { MonthTable } from '../../wire.ts'
import { isolate, t } from '../wording.ts'
import { Bars } from './bars.tsx'
import { rowName } from './in-words.ts'
import { NumbersTable } from './numbers-table.tsx'

/** One measure of a month: its rows as bars, and by area in the table. */

export function MeasureFigure({
  table: { measure, rows, areas, cells, rowTotals, sums },
}: {
  table: MonthTable
}) {
  const title = t(`months.${measure}`)
  const named = rows.map((row, at) => ({
    id: row,
    name: rowName(measure, row),
    shown: rowTotals[at] ?? null,
  }))
  const lines = named.map(({ id, name, shown }, at) => ({ id, name, numbers: [shown, ...(cells[at] ?? [])] }))
  const all = sums && { id: 'all', name: t('months.all'), numbers: [sums.all, ...sums.areas] }
  const places = areas.map((area) => (area === '' ? t('months.noArea') : isolate(area)))
  return (
    <figure class="chart">
      <figcaption>
        <h2>{title}</h2>
      </figcaption>
      {rows.length === 0 ? (
        <p class="quiet">{t('months.nothing')}</p>
      ) : (
        <>
          <Bars title={title} rows={named} />
          <NumbersTable
            title={title}
            columns={[t('months.all'), ...places]}
            rows={all === undefined ? lines : [...lines, all]}
          />
        </>
      )}
    </figure>
  )
}
