import { hasWords, older } from '../../state/store.ts'
import { t } from '../../wording.ts'
import { Icon } from '../icon.tsx'

/** The server gives out a newer page by now. Typed words live in this one only, so they are sent first. */

export function OlderPage() {
  const kept = hasWords.value
  return (
    <div role="status">
      {older.value && (
        <div class="banner older">
          <Icon name="again" />
          <p>{t(kept ? 'older.kept' : 'older.text')}</p>
          <div class="buttons">
            <button type="button" class={kept ? '' : 'strong'} onClick={() => location.reload()}>
              {t('older.do')}
            </button>
          </div>
        </div>
      )}
    </div>
  )
}
