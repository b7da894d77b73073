import type { QueueEntry } from '../../../../handoff/handoff.ts'
import type { Phrase } from '../../../wire.ts'
import { closeTool } from '../../close-tool.ts'
import { send } from '../../state/outbox.ts'
import { drafts } from '../../state/store.ts'
import { t } from '../../wording.ts'
import { useSent } from './sent.ts'

/** One line of the phrase book. */

interface Props {
  phrase: Phrase
  one: QueueEntry
  language: string
  direction: 'ltr' | 'rtl'
}

export function PhraseRow({ phrase, one, language, direction }: Props) {
  const [sent, markSent] = useSent()
  const canSend = one.presence !== 'left'

  function insert(): void {
    const before = drafts.value.get(one.id) ?? ''
    const gap = before === '' || /\s$/u.test(before) ? '' : ' '
    drafts.value = new Map(drafts.value).set(one.id, before + gap + phrase.text)
    const box = document.querySelector<HTMLElement>('.composer textarea')
    if (box?.checkVisibility() === false) closeTool('.composer textarea')
    else box?.focus()
  }

  return (
    <li>
      {phrase.meaning !== phrase.text && (
        <p class="meaning" dir="auto">
          {phrase.meaning}
        </p>
      )}
      <p class="said" lang={language} dir={direction}>
        {phrase.text}
      </p>
      {canSend && (
        <p class="buttons">
          <button type="button" onClick={insert}>
            {t('phrases.insert')}
            <span class="unseen"> {phrase.meaning}</span>
          </button>
          <button
            type="button"
            aria-disabled={sent}
            onClick={() => {
              if (markSent()) send({ case: one.id, kind: 'write', text: phrase.text })
            }}
          >
            {t(sent ? 'sent' : 'send')}
            <span class="unseen"> {phrase.meaning}</span>
          </button>
        </p>
      )}
    </li>
  )
}
