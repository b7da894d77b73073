import { signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { ProposalRow } from '../../directory-wire.ts'
import { useAsked } from '../parts/asked.ts'
import { Asking } from '../parts/asking.tsx'
import { Icon } from '../parts/icon.tsx'
import { directoryChanges } from '../state/store.ts'
import { t } from '../wording.ts'
import { dateAndTime } from './in-words.ts'
import { Review } from './review.tsx'

/** What waits for a second person; services that are said not to answer stand first. */

const open = signal<number | undefined>(undefined)

export function ProposalList() {
  const asked = useAsked<{ proposals: ProposalRow[] }>('directory/proposals', {}, directoryChanges.value)
  const proposals = asked.value.value?.proposals
  // One that was answered leaves the list before anybody asks for it again.
  const again = useSignal(0)
  useEffect(() => void (again.value = directoryChanges.peek()), [proposals])
  return (
    <>
      <Asking asked={asked.value} />
      {proposals?.length === 0 && <p class="nobody">{t('directory.nothingWaits')}</p>}
      {proposals !== undefined && proposals.length > 0 && (
        <ol class="proposals">
          {proposals.map((one) => (
            <Proposal key={one.id} one={one} again={again.value} />
          ))}
        </ol>
      )}
    </>
  )
}

function Proposal({ one, again }: { one: ProposalRow; again: number }) {
  const isOpen = open.value === one.id
  return (
    <li class={one.closes ? 'closes' : ''}>
      <div class="proposal-head">
        <div>
          <h2>
            {one.closes && <Icon name="urgent" />}
            {one.kind === 'list'
              ? t('directory.aList')
              : t(one.closes ? 'directory.aClosing' : 'directory.aCorrection', { name: one.name })}
          </h2>
          <p class="quiet small">
            {t('directory.by', { name: one.by, time: dateAndTime(one.at) })}
            {one.kind === 'list' && (
              <>
                {' · '}
                <bdi>{one.about}</bdi>
              </>
            )}
          </p>
        </div>
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => (open.value = isOpen ? undefined : one.id)}
        >
          {t(isOpen ? 'close' : 'directory.look')}
          <span class="unseen"> {one.kind === 'list' ? one.about : one.name}</span>
        </button>
      </div>
      {isOpen && <Review id={one.id} again={again} />}
    </li>
  )
}
