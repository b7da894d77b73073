import { colleagueName, me, threads } from '../../state/store.ts'
import { dayAndTime } from '../../times.ts'
import { t } from '../../wording.ts'

/** The notes of a case, the newest first. */

const notesOf = (id: string) => (threads.value.get(id) ?? []).filter((entry) => entry.kind === 'note')

export function NoteList({ id }: { id: string }) {
  return (
    <>
      {notesOf(id)
        .toReversed()
        .map((note) => (
          <li key={note.id}>
            <p class="text" dir="auto">
              {note.text}
            </p>
            <p class="stamp">
              <bdi>{note.by === me.value?.id ? t('thread.me') : colleagueName(note.by)}</bdi>
              <time>{dayAndTime(note.at)}</time>
            </p>
          </li>
        ))}
    </>
  )
}

/** For whoever reads a case and writes nothing. */
export function NotesToRead({ id }: { id: string }) {
  if (notesOf(id).length === 0) return null
  return (
    <details class="notes-to-read">
      <summary>{t('tools.notes')}</summary>
      <ul class="notes">
        <NoteList id={id} />
      </ul>
    </details>
  )
}
