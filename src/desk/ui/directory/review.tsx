import { useSignal } from '@preact/signals'
import type { Done, ReviewAnswer } from '../../directory-wire.ts'
import { say } from '../state/notices.ts'
import { useAsked } from '../parts/asked.ts'
import { Asking } from '../parts/asking.tsx'
import { EvenSo } from './even-so.tsx'
import { t } from '../wording.ts'
import { decide } from './change.ts'
import { ChangeList } from './change-list.tsx'
import { whyNot } from './in-words.ts'

/** What a proposal would change, and the yes or no to it. */

/** `again`: asked anew when it changes. */
export function Review({ id, again }: { id: number; again: number }) {
  const asked = useAsked<ReviewAnswer>(`directory/proposals/${id}`, {}, again)
  const { value: review } = asked.value
  return (
    <div class="review">
      <Asking asked={asked.value} />
      {review !== undefined && (
        <>
          {review.note !== '' && (
            <blockquote dir="auto">
              <p>{review.note}</p>
            </blockquote>
          )}
          <ChangeList review={review} />
          <Decision id={id} review={review} />
        </>
      )}
    </div>
  )
}

function Decision({ id, review: { proposal, hindrance, live } }: { id: number; review: ReviewAnswer }) {
  const evenSo = useSignal(false)
  const busy = useSignal(false)
  const askEvenSo = hindrance?.kind === 'notServed'
  const why = proposal.mine
    ? t('directory.not.samePerson')
    : hindrance === undefined
      ? undefined
      : whyNot(hindrance)
  const mayApprove = !proposal.mine && (hindrance === undefined || (askEvenSo && evenSo.value))

  async function answer(verb: 'approve' | 'refuse'): Promise<void> {
    if (busy.value) return
    busy.value = true
    if (verb === 'refuse') {
      const done = await decide<object>(`proposals/${id}/refuse`, {})
      if (done !== undefined) say(t('directory.refused'))
    } else {
      const body = { on: live, ...(evenSo.value ? { evenSo: true } : {}) }
      const done = await decide<Done>(`proposals/${id}/approve`, body)
      if (done !== undefined) say(done.kind === 'published' ? t('directory.approved') : whyNot(done))
    }
    busy.value = false
  }

  return (
    <>
      {why !== undefined && <p class="warning">{why}</p>}
      {hindrance?.kind === 'faulty' && (
        <ul class="faults">
          {hindrance.faults.slice(0, MOST_FAULTS).map((fault) => (
            <li key={`${fault.service} ${fault.field}`} lang="en" dir="ltr">
              {fault.service}: {fault.field} {fault.problem}. {fault.remedy}
            </li>
          ))}
        </ul>
      )}
      {askEvenSo && !proposal.mine && <EvenSo on={evenSo} />}
      <div class="buttons">
        {mayApprove && (
          <button
            type="button"
            class="strong"
            aria-disabled={busy.value}
            onClick={() => void answer('approve')}
          >
            {t('directory.approve')}
          </button>
        )}
        <button type="button" aria-disabled={busy.value} onClick={() => void answer('refuse')}>
          {t(proposal.mine ? 'directory.takeBack' : 'directory.refuse')}
        </button>
      </div>
    </>
  )
}

const MOST_FAULTS = 20
