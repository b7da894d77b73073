import { useSignal } from '@preact/signals'
import type { QueueEntry } from '../../../../handoff/handoff.ts'
import { t } from '../../wording.ts'
import { Release } from './release.tsx'
import { Transfer } from './transfer.tsx'

/** A supervisor moves a case without reading it. */

export function Move({ one }: { one: QueueEntry }) {
  const asking = useSignal<'transfer' | 'release' | undefined>(undefined)
  const end = () => (asking.value = undefined)
  return (
    <>
      {one.state === 'active' && (
        <button type="button" onClick={() => (asking.value = 'transfer')}>
          {t('transfer')}
          <span class="unseen"> {one.id}</span>
        </button>
      )}
      <button type="button" onClick={() => (asking.value = 'release')}>
        {t('release')}
        <span class="unseen"> {one.id}</span>
      </button>
      {asking.value === 'transfer' && <Transfer one={one} onClose={end} />}
      {asking.value === 'release' && <Release one={one} onClose={end} />}
    </>
  )
}
