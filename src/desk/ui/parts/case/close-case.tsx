import type { Outcome, QueueEntry } from '../../../../handoff/handoff.ts'
import { attempt } from '../../state/cases.ts'
import { say } from '../../state/notices.ts'
import { unsent } from '../../state/store.ts'
import { t } from '../../wording.ts'
import { ChooseOne } from '../choose-one.tsx'
import { Dialog } from '../dialog.tsx'

/** Ends a case with what came of it. */

/** As in handoff.ts, whose values a page does not import. */
const OUTCOMES = ['helped', 'referred', 'noAnswer', 'notOurs', 'ended'] as const satisfies Outcome[]

export function CloseCase({ one, onClose }: { one: QueueEntry; onClose: () => void }) {
  const waiting = unsent.value.filter((item) => item.case === one.id).length
  return (
    <Dialog label={t('close.title')} onClose={onClose}>
      <p>{t('close.text')}</p>
      {waiting > 0 && (
        <p class="warning" role="status">
          {t('close.unsent', { n: waiting })}
        </p>
      )}
      <ChooseOne
        label={t('close.title')}
        choices={OUTCOMES.map((id) => ({ id, label: t(`outcome.${id}`) }))}
        verb={t('close.do')}
        onCancel={onClose}
        onChoose={async (outcome) => {
          if (await attempt(one.id, 'close', { outcome })) say(t('close.done'))
          else onClose()
        }}
      />
    </Dialog>
  )
}
