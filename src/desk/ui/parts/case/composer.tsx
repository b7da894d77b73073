import type { QueueEntry } from '../../../../handoff/handoff.ts'
import { LONGEST_TEXT } from '../../../wire.ts'
import { ticking } from '../../server/clock.ts'
import { send } from '../../state/outbox.ts'
import { drafts } from '../../state/store.ts'
import { count } from '../../times.ts'
import { t } from '../../wording.ts'
import { Icon } from '../icon.tsx'
import { ToolButtons } from './tool-buttons.tsx'

/** Where a caseworker writes. The words stay with their case until they are sent, whatever is opened in between. */

const NEAR_LIMIT = 200

export function Composer({ one }: { one: QueueEntry }) {
  const { id } = one
  if (one.presence === 'left') return <LeftBox />
  const draft = drafts.value.get(id) ?? ''
  const left = LONGEST_TEXT - draft.length
  const windowOver = one.windowUntil !== undefined && one.windowUntil <= ticking.value

  function sendDraft(): void {
    // Read anew: of two clicks in one breath, the second finds nothing.
    const text = drafts.value.get(id) ?? ''
    if (text.trim() === '' || text.length > LONGEST_TEXT) return
    drafts.value = new Map(drafts.value).set(id, '')
    send({ case: id, kind: 'write', text })
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        sendDraft()
      }}
    >
      {(windowOver || one.presence === 'away') && (
        <p class="hint">
          <Icon name="away" />
          {t(windowOver ? 'composer.windowOver' : one.nudge ? 'composer.awayNudge' : 'composer.away')}
        </p>
      )}
      <textarea
        rows={2}
        dir="auto"
        aria-label={t('composer.label')}
        aria-describedby="composer-left"
        placeholder={t('composer.placeholder')}
        autocomplete="off"
        value={draft}
        onInput={({ currentTarget: { value } }) => (drafts.value = new Map(drafts.value).set(id, value))}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return
          event.preventDefault()
          sendDraft()
        }}
      />
      <div class="composer-foot">
        <ToolButtons one={one} />
        <span id="composer-left" class={left < 0 ? 'counter over' : 'counter'}>
          {left < NEAR_LIMIT ? t('composer.left', { n: left, count: count(left) }) : t('composer.keys')}
        </span>
        <button type="submit" class="strong send" aria-disabled={draft.trim() === '' || left < 0}>
          <Icon name="send" />
          {t('send')}
        </button>
      </div>
    </form>
  )
}

function LeftBox() {
  return (
    <div class="composer locked" role="note">
      <Icon name="lock" />
      <div>
        <p>
          <strong>{t('left.title')}</strong>
        </p>
        <p>{t('left.text')}</p>
      </div>
    </div>
  )
}
