import { useSignal } from '@preact/signals'
import type { OwnAccess } from '../../../wire.ts'
import { say, sayRefused } from '../../state/notices.ts'
import { t } from '../../wording.ts'
import { NewPassword } from './new-password.tsx'

/** The other way in: set, or set anew, together with its app for codes. */

export function OwnPassword({ access, onLook }: { access: OwnAccess; onLook: () => Promise<void> }) {
  const setting = useSignal(false)
  return (
    <section class="part">
      <h2>{t('own.password')}</h2>
      <p>{t(access.hasPassword ? 'own.hasPassword' : 'own.noPassword')}</p>
      {setting.value ? (
        <div class="sheet">
          <p class="quiet small">{t('own.passwordText')}</p>
          <NewPassword
            path="me/password"
            body={NOTHING}
            verb={t('own.save')}
            onAnswer={(answer) => {
              if (!answer.ok) return sayRefused(answer.why)
              setting.value = false
              say(t('accounts.done'))
              void onLook()
            }}
          />
          <button type="button" class="link" onClick={() => (setting.value = false)}>
            {t('cancel')}
          </button>
        </div>
      ) : (
        <button type="button" class="start" onClick={() => (setting.value = true)}>
          {t(access.hasPassword ? 'own.changePassword' : 'own.setPassword')}
        </button>
      )}
    </section>
  )
}

const NOTHING = {}
