import { t } from '../wording.ts'
import { shownNumber } from './in-words.ts'

/** Numbers as bars in a list, each with its name and in figures; for a screen reader one sentence, and the table after it. */

interface Props {
  title: string
  rows: readonly { id: string; name: string; shown: number | null }[]
}

const WIDTH = 100

export function Bars({ title, rows }: Props) {
  const highest = Math.max(0, ...rows.map(({ shown }) => shown ?? 0))
  const most = shownNumber(highest === 0 ? null : highest)
  return (
    <div class="bars" role="img" aria-label={t('months.chart', { title, most })}>
      {rows.map(({ id, name, shown }) => (
        <div key={id} class="bar-row">
          <span class="bar-name">{name}</span>
          <svg viewBox={`0 0 ${WIDTH} 8`} preserveAspectRatio="none" aria-hidden="true">
            <rect class="track" width={WIDTH} height="8" />
            <rect class="series-0" width={((shown ?? 0) / Math.max(1, highest)) * WIDTH} height="8" />
          </svg>
          <span class={shown === null ? 'bar-number quiet' : 'bar-number'}>{shownNumber(shown)}</span>
        </div>
      ))}
    </div>
  )
}
