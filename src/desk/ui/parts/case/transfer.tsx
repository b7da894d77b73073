import type { QueueEntry } from '../../../../handoff/handoff.ts'
import { attempt } from '../../state/cases.ts'
import { say } from '../../state/notices.ts'
import { colleagues, me } from '../../state/store.ts'
import { t } from '../../wording.ts'
import { ChooseOne } from '../choose-one.tsx'
import { Dialog } from '../dialog.tsx'

/** Offers a case to a colleague on shift. It stays with whoever has it until the colleague says yes. */

export function Transfer({ one, onClose }: { one: QueueEntry; onClose: () => void }) {
  const there = colleagues.value.filter(
    ({ id, onShift }) => onShift && id !== me.value?.id && id !== one.holder,
  )
  return (
    <Dialog label={t('transfer.title')} onClose={onClose}>
      <p>{t('transfer.text')}</p>
      {there.length === 0 && <p class="nobody">{t('transfer.nobody')}</p>}
      <ChooseOne
        label={t('transfer.title')}
        choices={there.map(({ id, name, load, capacity }) => ({
          id,
          disabled: load >= capacity,
          label: (
            <>
              <bdi>{name}</bdi>
              <span class="quiet">
                {t(load >= capacity ? 'transfer.full' : 'transfer.load', { n: load, capacity })}
              </span>
            </>
          ),
        }))}
        verb={t('transfer.do')}
        onCancel={onClose}
        onChoose={async (to) => {
          const done = await attempt(one.id, 'offer', { to })
          onClose()
          if (done) say(t('transfer.done'))
        }}
      />
    </Dialog>
  )
}
