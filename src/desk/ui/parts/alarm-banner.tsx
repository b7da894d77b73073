import { show } from '../cases.ts'
import { alarms, isMine, queue } from '../store.ts'
import { t } from '../wording.ts'
import { Icon } from './icon.tsx'

/** Somebody has waited too long. It stays until somebody looks or puts it away. */

export function AlarmBanners() {
  return (
    <>
      {alarms.value.map(({ id, why }) => {
        const mine = queue.value.some((one) => one.id === id && isMine(one))
        return (
          <div class="banner alarm" key={id}>
            <Icon name="urgent" />
            <p>{t(`alarm.${why}`, { id })}</p>
            <div class="buttons">
              {mine && (
                <button type="button" class="strong" onClick={() => show(id)}>
                  {t('case.open')}
                </button>
              )}
              <button
                type="button"
                onClick={() => (alarms.value = alarms.value.filter((one) => one.id !== id))}
              >
                {t('alarm.seen')}
              </button>
            </div>
          </div>
        )
      })}
    </>
  )
}
