import { assertive, hush, notice, polite } from '../../state/notices.ts'
import { t } from '../../wording.ts'
import { Icon } from '../icon.tsx'

/** What is read out, and one quiet line that goes by itself. The regions are always there, or nobody hears them. */

export function Live() {
  return (
    <>
      <div class="unseen" role="status" aria-live="polite">
        {polite.value}
      </div>
      <div class="unseen" role="alert" aria-live="assertive">
        {assertive.value}
      </div>
      {notice.value !== '' && (
        <aside class="notice">
          <p>{notice.value}</p>
          <button type="button" class="plain" aria-label={t('close')} onClick={hush}>
            <Icon name="close" />
          </button>
        </aside>
      )}
    </>
  )
}
