import type { QueueEntry } from '../../../../handoff/handoff.ts'
import { isMine, queue, queueKnown } from '../../state/store.ts'
import { t } from '../../wording.ts'
import { CaseRow } from './case-row.tsx'

/** The queue in the server's order, in three parts: those who wait, those with me, those with colleagues. Beside a case, one's own come first. */

export function CaseList({ mineFirst = false }: { mineFirst?: boolean }) {
  const all = queue.value
  const waiting = all.filter(({ state }) => state === 'waiting')
  const mine = all.filter(isMine)
  const others = all.filter((one) => one.state !== 'waiting' && !isMine(one))
  return (
    <>
      {mineFirst && <Part title={t('queue.mine')} cases={mine} />}
      <Part
        title={t('queue.waiting')}
        cases={waiting}
        empty={t(queueKnown.value ? 'queue.nobodyWaits' : 'asking')}
      />
      {!mineFirst && <Part title={t('queue.mine')} cases={mine} />}
      <Part title={t('queue.others')} cases={others} />
    </>
  )
}

function Part({ title, cases, empty }: { title: string; cases: QueueEntry[]; empty?: string }) {
  if (cases.length === 0 && empty === undefined) return null
  return (
    <section class="part">
      <h2>
        {title} {cases.length > 0 && <span class="quiet">{cases.length}</span>}
      </h2>
      {cases.length === 0 ? (
        <p class="nobody">{empty}</p>
      ) : (
        <ol class="rows">
          {cases.map((one) => (
            <CaseRow key={one.id} one={one} />
          ))}
        </ol>
      )}
    </section>
  )
}
