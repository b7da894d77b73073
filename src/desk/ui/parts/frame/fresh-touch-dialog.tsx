import { useSignal } from '@preact/signals'
import { type Failure, post } from '../../server/api.ts'
import { touchWanted } from '../../server/fresh-touch.ts'
import { passkeysHere, usePasskey } from '../../server/passkey.ts'
import { me } from '../../state/store.ts'
import { t } from '../../wording.ts'
import { Dialog } from '../dialog.tsx'

/** "Is it still you?": a touch of the passkey, or password and code. */

export function FreshTouchDialog() {
  const password = useSignal('')
  const code = useSignal('')
  const why = useSignal<Failure | 'cancelled' | undefined>(undefined)
  const finish = touchWanted.value
  if (finish === undefined) return null
  const heed = (answer: { ok: true } | { ok: false; why: Failure | 'cancelled' }) => {
    password.value = ''
    code.value = ''
    why.value = answer.ok ? undefined : answer.why
    if (answer.ok) finish(true)
  }
  return (
    <Dialog label={t('again.title')} onClose={() => finish(false)}>
      <div class="stack">
        <p>{t('again.text')}</p>
        {passkeysHere && (me.value?.passkeys ?? 0) > 0 && (
          <button
            type="button"
            class="strong wide"
            onClick={() => void usePasskey<object>('again/passkey').then(heed)}
          >
            {t('signIn.passkey')}
          </button>
        )}
        {me.value?.hasPassword === true && (
          <form
            class="stack"
            onSubmit={(event) => {
              event.preventDefault()
              void post<object>('again/password', { password: password.value, code: code.value }).then(heed)
            }}
          >
            <label class="field">
              <span>{t('signIn.password')}</span>
              <input
                type="password"
                autocomplete="current-password"
                value={password.value}
                onInput={(event) => (password.value = event.currentTarget.value)}
              />
            </label>
            <label class="field">
              <span>{t('signIn.code')}</span>
              <input
                inputMode="numeric"
                autocomplete="one-time-code"
                value={code.value}
                onInput={(event) => (code.value = event.currentTarget.value)}
              />
            </label>
            <button type="submit" class="wide">
              {t('again.do')}
            </button>
          </form>
        )}
        <p class="wrong" role="alert">
          {why.value !== undefined &&
            t(`signIn.refused.${why.value === 'cancelled' ? 'cancelled' : 'wrong'}`)}
        </p>
      </div>
    </Dialog>
  )
}
