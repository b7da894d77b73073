import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Invite, Me } from '../../wire.ts'
import { type Failure, post } from '../server/api.ts'
import { Heading } from '../parts/heading.tsx'
import { LanguageChoice } from '../parts/account/language-choice.tsx'
import { NewPassword } from '../parts/account/new-password.tsx'
import { OlderPage } from '../parts/account/older-page.tsx'
import { TwoWays } from '../parts/account/two-ways.tsx'
import { makePasskey } from '../server/passkey.ts'
import { enter } from '../state/session.ts'
import { phase } from '../state/store.ts'
import { language, t } from '../wording.ts'

/** An invitation is accepted: a passkey for this place, or a password and a code. */

type Invited = Pick<Invite, 'name' | 'role'>

export function AcceptInvite({ token }: { token: string }) {
  const invited = useSignal<Invited | undefined>(undefined)
  const why = useSignal<Failure | 'cancelled' | undefined>(undefined)
  useEffect(() => {
    void post<Invited>('invite', { token }).then((answer) => {
      if (answer.ok) invited.value = answer.value
      else why.value = answer.why
    })
  }, [token])

  function heed(answer: { ok: true; value: Me } | { ok: false; why: Failure | 'cancelled' }): void {
    why.value = answer.ok ? undefined : answer.why
    if (answer.ok) enter(answer.value)
  }

  const { value } = invited
  const wrong = why.value !== undefined && refused(why.value)
  const last = { language: language.value }
  return (
    <main class="door" id="main">
      <div class="door-card">
        <Heading>{t('invite.title')}</Heading>
        <OlderPage />
        {value === undefined ? (
          <p class="wrong" role="alert">
            {wrong}
          </p>
        ) : (
          <>
            <p>{t('invite.text', { name: value.name, role: t(`role.${value.role}`) })}</p>
            <TwoWays
              label={t('invite.passkey')}
              wrong={wrong}
              onTouch={() => makePasskey<Me>('invite/accept/passkey', { token }, last).then(heed)}
            >
              <NewPassword
                path="invite/accept/password"
                body={{ token }}
                last={last}
                verb={t('invite.do')}
                onAnswer={heed}
              />
            </TwoWays>
          </>
        )}
        {value === undefined && why.value !== undefined && (
          <button type="button" class="wide" onClick={() => (phase.value = 'signIn')}>
            {t('signIn.title')}
          </button>
        )}
        <LanguageChoice />
      </div>
    </main>
  )
}

function refused(why: Failure | 'cancelled'): string {
  if (why === 'cancelled') return t('signIn.refused.cancelled')
  return why === 'gone' ? t('invite.gone') : t(`refused.${why}`)
}
