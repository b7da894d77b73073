import type { Board } from '../../../wire.ts'
import { day } from '../../times.ts'
import { t } from '../../wording.ts'

/** Two numbers of each day as bars, drawn here; and the same as a table for whoever wants the numbers. */

type Day = Board['days'][number]
interface Series {
  name: string
  of: (day: Day) => number | undefined
}
interface Props {
  title: string
  days: readonly Day[]
  series: readonly [Series, Series]
  /** A value in words. */
  words: (value: number) => string
  hint?: string
}

const WIDTH = 600
const HEIGHT = 160

export function DaysChart({ title, days, series, words, hint }: Props) {
  const values = days.flatMap((one) => series.flatMap(({ of }) => of(one) ?? []))
  const scale = Math.max(1, ...values)
  const most = values.length === 0 ? '–' : words(Math.max(...values))
  const step = WIDTH / Math.max(1, days.length)
  const [first, last] = [days[0]?.day ?? '', days.at(-1)?.day ?? '']
  return (
    <figure class="chart">
      <figcaption>
        <h2>{title}</h2>
        <ul class="legend">
          {series.map(({ name }, position) => (
            <li key={name}>
              <svg viewBox="0 0 12 12" aria-hidden="true" class={`swatch series-${position}`}>
                <rect width="12" height="12" rx="2" />
              </svg>
              {name}
            </li>
          ))}
        </ul>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={t('board.chart', { title, first: day(first), last: day(last), most })}
      >
        <line class="grid" x1="0" x2={WIDTH} y1="1" y2="1" />
        <line class="grid" x1="0" x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
        <line class="axis" x1="0" x2={WIDTH} y1={HEIGHT - 1} y2={HEIGHT - 1} />
        {days.map((one, position) =>
          series.map(({ of, name }, place) => {
            const height = ((of(one) ?? 0) / scale) * (HEIGHT - 4)
            return (
              <rect
                key={`${one.day} ${name}`}
                class={`series-${place}`}
                x={position * step + (place + 0.4) * (step * 0.36)}
                y={HEIGHT - 1 - height}
                width={step * 0.32}
                height={height}
                rx="1.5"
              />
            )
          }),
        )}
      </svg>
      <p class="ends quiet small" aria-hidden="true">
        <span>{day(first)}</span>
        <span>{t('board.most', { most })}</span>
        <span>{day(last)}</span>
      </p>
      {hint !== undefined && <p class="quiet small">{hint}</p>}
      <details>
        <summary>
          {t('board.table')}
          <span class="unseen">: {title}</span>
        </summary>
        <div class="scrolls" role="region" aria-label={title} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('board.day')}</th>
                {series.map(({ name }) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {days.toReversed().map((one) => (
                <tr key={one.day}>
                  <th scope="row">{day(one.day)}</th>
                  {series.map(({ name, of }) => {
                    const value = of(one)
                    return <td key={name}>{value === undefined ? '–' : words(value)}</td>
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  )
}
