import { Fragment } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Entry } from '../../../../handoff/handoff.ts'
import { threads, unsent } from '../../state/store.ts'
import { dayAndTime, sameDay } from '../../times.ts'
import { t } from '../../wording.ts'
import { Bubble } from './bubble.tsx'
import { UnsentBubble } from './unsent-bubble.tsx'

/** What was said, oldest first. It follows the newest words unless the caseworker reads further up. */

const NEAR_END_PX = 120

export function Thread({ id }: { id: string }) {
  const entries = threads.value.get(id)
  const waiting = unsent.value.filter((one) => one.case === id && one.kind !== 'note')
  const log = useRef<HTMLDivElement>(null)
  const follows = useRef(true)
  const said = (entries ?? []).filter(isSaid)

  useLayoutEffect(() => {
    if (!follows.current || log.current === null) return
    log.current.scrollTop = log.current.scrollHeight
    // On a narrow screen it is the page that scrolls.
    if (matchMedia('(max-width: 45.99rem)').matches) scrollTo({ top: document.documentElement.scrollHeight })
  }, [said.length, waiting.length])

  return (
    <div
      ref={log}
      class="thread"
      role="log"
      aria-label={t('thread')}
      // Scrolls by keyboard.
      tabIndex={0}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        follows.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX
      }}
    >
      {entries === undefined && <p class="quiet centre">{t('asking')}</p>}
      <ol>
        {said.map((entry, position) => {
          const before = said[position - 1]
          return (
            <Fragment key={entry.id}>
              {before !== undefined && !sameDay(before.at, entry.at) && (
                <li class="happened">
                  <span>{dayAndTime(entry.at)}</span>
                </li>
              )}
              <Bubble entry={entry} />
            </Fragment>
          )
        })}
        {waiting.map((item) => (
          <UnsentBubble key={item.entry} item={item} />
        ))}
      </ol>
    </div>
  )
}

function isSaid(entry: Entry): entry is Exclude<Entry, { kind: 'note' }> {
  return entry.kind !== 'note'
}
