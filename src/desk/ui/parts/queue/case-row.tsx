import type { QueueEntry } from '../../../../handoff/handoff.ts'
import { show } from '../../state/cases.ts'
import { ticking } from '../../server/clock.ts'
import { colleagueName, isMine, mayRead, me, openId } from '../../state/store.ts'
import { duration } from '../../times.ts'
import { t } from '../../wording.ts'
import { BreakGlass } from './break-glass.tsx'
import { ClaimCase } from './claim-case.tsx'
import { Facts } from './facts.tsx'
import { Move } from '../case/move.tsx'

/** One line of the queue. Only the waiting time of those who wait is large. */

export function CaseRow({ one }: { one: QueueEntry }) {
  const mine = isMine(one)
  const waits = one.state === 'waiting'
  return (
    <li
      class={`row row-${one.urgency} ${waits ? 'waits' : ''}`}
      aria-current={openId.value === one.id ? 'true' : undefined}
    >
      <div class="row-main">
        <p class="row-head">
          <bdi class="number">{one.id}</bdi>
          {one.unanswered > 0 && mine && <span class="count">{t('unanswered', { n: one.unanswered })}</span>}
        </p>
        <Facts one={one} />
      </div>
      <div class="row-end">
        <p class="wait">
          {waits ? (
            <>
              <span class="quiet">{t('queue.waits')}</span>
              <strong>{duration(ticking.value - one.openedAt)}</strong>
            </>
          ) : (
            <span class="quiet">
              {mine
                ? one.state === 'offered'
                  ? t('offer.waits', { name: colleagueName(one.offeredTo) })
                  : t('queue.since', { time: duration(ticking.value - one.openedAt) })
                : t('queue.with', { name: colleagueName(one.holder) })}
            </span>
          )}
        </p>
        {waits && <ClaimCase one={one} />}
        {mayRead(one) && openId.value !== one.id && (
          <button type="button" data-open={one.id} onClick={() => show(one.id)}>
            {t('case.open')}
            <span class="unseen"> {one.id}</span>
          </button>
        )}
        {me.value?.role === 'supervisor' && one.holder !== undefined && (
          <>
            {!mayRead(one) && <BreakGlass one={one} />}
            <Move one={one} />
          </>
        )}
      </div>
    </li>
  )
}
