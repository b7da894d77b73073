import type { QueueEntry } from '../../../../handoff/handoff.ts'
import { attempt } from '../../state/cases.ts'
import { say } from '../../state/notices.ts'
import { t } from '../../wording.ts'
import { Dialog } from '../dialog.tsx'

/** Puts a case back into the queue, after one question. */

export function Release({ one, onClose }: { one: QueueEntry; onClose: () => void }) {
  return (
    <Dialog label={t('release.title')} onClose={onClose}>
      <p>{t('release.text')}</p>
      <div class="buttons end">
        <button type="button" onClick={onClose}>
          {t('cancel')}
        </button>
        <button
          type="button"
          class="strong"
          onClick={() =>
            void attempt(one.id, 'release').then((done) => {
              onClose()
              if (done) say(t('release.done'))
            })
          }
        >
          {t('release.do')}
        </button>
      </div>
    </Dialog>
  )
}
