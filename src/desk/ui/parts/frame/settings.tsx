import { notifications, sound, switchNotifications, switchSound } from '../../state/attention.ts'
import { shortcutsOn } from '../../shortcuts.ts'
import { me } from '../../state/store.ts'
import { t } from '../../wording.ts'
import { Dialog } from '../dialog.tsx'
import { LanguageChoice } from '../account/language-choice.tsx'

/** What one caseworker likes here. Only the language is kept; the rest ends with the tab. */

export function Settings({ onClose }: { onClose: () => void }) {
  return (
    <Dialog label={t('settings')} onClose={onClose}>
      <div class="stack">
        <p class="quiet">{t('settings.who', { name: me.value?.name ?? '' })}</p>
        <LanguageChoice />
        <label class="tick">
          <input
            type="checkbox"
            checked={sound.value}
            onChange={(event) => switchSound(event.currentTarget.checked)}
          />
          <span>{t('settings.sound')}</span>
        </label>
        <label class="tick">
          <input
            type="checkbox"
            checked={notifications.value}
            onChange={(event) => void switchNotifications(event.currentTarget.checked)}
          />
          <span>{t('settings.notifications')}</span>
        </label>
        <p class="quiet small">{t('settings.notificationsHint')}</p>
        <label class="tick">
          <input
            type="checkbox"
            checked={shortcutsOn.value}
            onChange={(event) => (shortcutsOn.value = event.currentTarget.checked)}
          />
          <span>{t('settings.shortcuts')}</span>
        </label>
      </div>
    </Dialog>
  )
}
