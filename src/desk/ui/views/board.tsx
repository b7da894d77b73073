import { useEffect } from 'preact/hooks'
import type { Board } from '../../wire.ts'
import { get } from '../server/api.ts'
import { useAsked } from '../parts/asked.ts'
import { Asking } from '../parts/asking.tsx'
import { DaysChart } from '../parts/board/days-chart.tsx'
import { Heading } from '../parts/heading.tsx'
import { Load } from '../parts/board/load.tsx'
import { queue } from '../state/store.ts'
import { count, duration } from '../times.ts'
import { t } from '../wording.ts'

/** How the desk does, without a word of what is said at it. */

const AGAIN_MS = 30_000

export function BoardView() {
  const asked = useAsked<Board>('board')
  const changes = queue.value
  useEffect(() => {
    const look = () =>
      void get<Board>('board').then((answer) => {
        if (answer.ok) asked.value = { value: answer.value }
      })
    const timer = setInterval(look, AGAIN_MS)
    if (asked.peek().value !== undefined) look()
    return () => clearInterval(timer)
  }, [changes])
  const board = asked.value.value
  return (
    <main class="page" id="main">
      <Heading>{t('board.title')}</Heading>
      <Asking asked={asked.value} />
      {board !== undefined && (
        <>
          <dl class="tiles">
            <div class={board.waiting > 0 ? 'tile warm' : 'tile'}>
              <dt>{t('board.waiting')}</dt>
              <dd>{count(board.waiting)}</dd>
            </div>
            <div class="tile">
              <dt>{t('board.oldest')}</dt>
              <dd>{board.waiting === 0 ? '–' : duration(board.oldestWaitingMs)}</dd>
            </div>
            <div class="tile">
              <dt>{t('board.active')}</dt>
              <dd>{count(board.active)}</dd>
            </div>
          </dl>
          <Load colleagues={board.colleagues} />
          <div class="charts">
            <DaysChart
              title={t('board.cases')}
              days={board.days}
              series={[
                { name: t('board.opened'), of: ({ opened }) => opened },
                { name: t('board.closed'), of: ({ closed }) => closed },
              ]}
              words={count}
            />
            <DaysChart
              title={t('board.medians')}
              days={board.days}
              series={[
                { name: t('board.toClaim'), of: ({ medianToClaimMs }) => medianToClaimMs },
                { name: t('board.toClose'), of: ({ medianToCloseMs }) => medianToCloseMs },
              ]}
              words={duration}
              hint={t('board.few')}
            />
          </div>
        </>
      )}
    </main>
  )
}
