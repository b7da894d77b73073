import type { QueueEntry } from '../../../../handoff/handoff.ts'
import { attempt, show } from '../../state/cases.ts'
import { leaveCase } from '../../state/let-go.ts'
import { colleagueName, isOfferedToMe, openId, queue } from '../../state/store.ts'
import { t } from '../../wording.ts'
import { Facts } from './facts.tsx'
import { Icon } from '../icon.tsx'

/** A colleague asks to take over a case. Before the answer it can be read. */

export function OfferBanners() {
  return (
    <>
      {queue.value.filter(isOfferedToMe).map((one) => (
        <Offer key={one.id} one={one} />
      ))}
    </>
  )
}

function Offer({ one }: { one: QueueEntry }) {
  return (
    <div class="banner offer">
      <Icon name="pass" />
      <div>
        <p>{t('offer.from', { name: colleagueName(one.holder), id: one.id })}</p>
        <Facts one={one} />
      </div>
      <div class="buttons">
        <button
          type="button"
          class="strong"
          onClick={() =>
            void attempt(one.id, 'accept').then((done) => {
              if (done) show(one.id)
            })
          }
        >
          {t('offer.accept')}
        </button>
        <button
          type="button"
          onClick={() =>
            void attempt(one.id, 'reject').then((done) => {
              if (done && openId.value === one.id) leaveCase()
            })
          }
        >
          {t('offer.reject')}
        </button>
        {openId.value !== one.id && (
          <button type="button" onClick={() => show(one.id)}>
            {t('offer.read')}
          </button>
        )}
      </div>
    </div>
  )
}
