import { useSignal } from '@preact/signals'
import type { QueueEntry } from '../../../../handoff/handoff.ts'
import { leaveCase } from '../../state/let-go.ts'
import { ticking } from '../../server/clock.ts'
import { colleagueName, isMine } from '../../state/store.ts'
import { duration } from '../../times.ts'
import { t } from '../../wording.ts'
import { CloseCase } from './close-case.tsx'
import { Facts } from '../queue/facts.tsx'
import { Heading } from '../heading.tsx'
import { Icon } from '../icon.tsx'
import { Release } from './release.tsx'
import { Transfer } from './transfer.tsx'

/** Whose case it is, what is known, and how it goes on. */

export function CaseHead({ one }: { one: QueueEntry }) {
  const asking = useSignal<'transfer' | 'release' | 'close' | undefined>(undefined)
  const end = () => (asking.value = undefined)
  return (
    <div class="case-head">
      <div class="case-title">
        <button type="button" class="plain" aria-label={t('case.back')} onClick={leaveCase}>
          <Icon name="back" />
        </button>
        <Heading>{t('case.title', { id: one.id })}</Heading>
        <span class="quiet">{t('queue.since', { time: duration(ticking.value - one.openedAt) })}</span>
      </div>
      <Facts one={one} />
      {isMine(one) && (
        <div class="buttons">
          {one.state === 'offered' ? (
            <p class="quiet">{t('offer.waits', { name: colleagueName(one.offeredTo) })}</p>
          ) : (
            <button type="button" onClick={() => (asking.value = 'transfer')}>
              {t('transfer')}
            </button>
          )}
          <button type="button" onClick={() => (asking.value = 'release')}>
            {t('release')}
          </button>
          <button type="button" onClick={() => (asking.value = 'close')}>
            {t('close.case')}
          </button>
        </div>
      )}
      {asking.value === 'transfer' && <Transfer one={one} onClose={end} />}
      {asking.value === 'close' && <CloseCase one={one} onClose={end} />}
      {asking.value === 'release' && <Release one={one} onClose={end} />}
    </div>
  )
}
