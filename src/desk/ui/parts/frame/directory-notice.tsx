import { showDirectory } from '../../state/directory-notice.ts'
import { directoryNotice, view } from '../../state/store.ts'
import { t } from '../../wording.ts'

/** One quiet line over the queue: what nobody sees any more, and what waits. Beside a conversation it says nothing. */

export function DirectoryNotice() {
  const known = directoryNotice.value
  if (known === undefined || view.value === 'case' || view.value === 'directory') return null
  const { overdue, waiting, stopped } = known
  if (overdue === 0 && waiting === 0) return null
  return (
    <div class="stale" role="status">
      {overdue > 0 && (
        <p>
          <span>{t('stale.overdue', { n: overdue })}</span>
          <button type="button" class="link" onClick={() => showDirectory('due')}>
            {t('stale.toList')}
          </button>
        </p>
      )}
      {waiting > 0 && (
        <p>
          <span>{stopped > 0 ? t('stale.stopped', { n: stopped }) : t('stale.waiting', { n: waiting })}</span>
          <button type="button" class="link" onClick={() => showDirectory('proposals')}>
            {t('stale.look')}
          </button>
        </p>
      )}
    </div>
  )
}
