import type { QueueEntry } from '../../../../handoff/handoff.ts'
import { LONGEST_TEXT } from '../../../wire.ts'
import { send } from '../../state/outbox.ts'
import { noteDrafts, unsent } from '../../state/store.ts'
import { t } from '../../wording.ts'
import { NoteList } from './note-list.tsx'

/** For the desk alone; the person never sees them, and they are erased with the case. */

export function Notes({ one }: { one: QueueEntry }) {
  const { id } = one
  const waiting = unsent.value.filter((item) => item.case === id && item.kind === 'note')
  const draft = noteDrafts.value.get(id) ?? ''

  function keep(text: string): void {
    noteDrafts.value = new Map(noteDrafts.value).set(id, text)
  }

  function add(): void {
    const text = noteDrafts.value.get(id) ?? ''
    if (text.trim() === '') return
    keep('')
    send({ case: id, kind: 'note', text })
  }

  return (
    <div class="tools-body">
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          add()
        }}
      >
        <label class="field">
          <span>{t('notes.label')}</span>
          <textarea
            rows={3}
            dir="auto"
            maxLength={LONGEST_TEXT}
            autocomplete="off"
            value={draft}
            onInput={(event) => keep(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) add()
            }}
          />
        </label>
        <p class="quiet small">{t('notes.hint')}</p>
        <button type="submit" class="wide" aria-disabled={draft.trim() === ''}>
          {t('notes.add')}
        </button>
      </form>
      <ul class="notes">
        {waiting.map((item) => (
          <li key={item.entry}>
            <p class="text" dir="auto">
              {item.text}
            </p>
            <p class="stamp">
              {t(item.refused === undefined ? 'delivery.sending' : `refused.${item.refused}`)}
            </p>
          </li>
        ))}
        <NoteList id={id} />
      </ul>
    </div>
  )
}
