import { SHORTCUTS, shortcutsShown } from '../../shortcuts.ts'
import { t } from '../../wording.ts'
import { Dialog } from '../dialog.tsx'

/** What the keys do. */

export function ShortcutList() {
  if (!shortcutsShown.value) return null
  return (
    <Dialog label={t('shortcuts.title')} onClose={() => (shortcutsShown.value = false)}>
      <dl class="keys">
        {[
          ...SHORTCUTS,
          { shown: 'Ctrl + Enter', key: 'shortcuts.send' as const },
          { shown: 'Esc', key: 'shortcuts.close' as const },
          { shown: '?', key: 'shortcuts.title' as const },
        ].map(({ shown, key }) => (
          <div key={shown}>
            <dt>
              <kbd dir="ltr">{shown}</kbd>
            </dt>
            <dd>{t(key)}</dd>
          </div>
        ))}
      </dl>
      <p class="quiet small">{t('shortcuts.hint')}</p>
    </Dialog>
  )
}
