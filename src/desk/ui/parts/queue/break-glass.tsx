import { useSignal } from '@preact/signals'
import type { QueueEntry } from '../../../../handoff/handoff.ts'
import { GLASS_REASONS } from '../../../wire.ts'
import { breakGlass } from '../../state/glass.ts'
import { sayRefused } from '../../state/notices.ts'
import { colleagueName } from '../../state/store.ts'
import { t } from '../../wording.ts'
import { ChooseOne } from '../choose-one.tsx'
import { Dialog } from '../dialog.tsx'

/** The button by which a supervisor reads a colleague's case, and the question before it: for what reason. */

export function BreakGlass({ one }: { one: QueueEntry }) {
  const asking = useSignal(false)
  const end = () => (asking.value = false)
  return (
    <>
      <button type="button" data-glass={one.id} onClick={() => (asking.value = true)}>
        {t('glass.read')}
        <span class="unseen"> {one.id}</span>
      </button>
      {asking.value && (
        <Dialog label={t('glass.title')} onClose={end}>
          <p>{t('glass.text', { name: colleagueName(one.holder), id: one.id })}</p>
          <ChooseOne
            label={t('glass.why')}
            choices={GLASS_REASONS.map((id) => ({ id, label: t(`glass.reason.${id}`) }))}
            verb={t('glass.do')}
            onCancel={end}
            onChoose={async (reason) => {
              const why = await breakGlass(one.id, reason)
              // Not confirmed again: the question stays, and nothing has happened.
              if (why === 'again') return
              end()
              if (why !== undefined) sayRefused(why)
            }}
          />
        </Dialog>
      )}
    </>
  )
}
