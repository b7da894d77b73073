import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Invite, Me } from '../../wire.ts'
import { type Failure, post } from '../api.ts'
import { InvitePassword } from '../parts/invite-password.tsx'
import { Heading } from '../parts/heading.tsx'
import { Icon } from '../parts/icon.tsx'
import { LanguageChoice } from '../parts/language-choice.tsx'
import { makePasskey, passkeysHere } from '../passkey.ts'
import { enter } from '../session.ts'
import { phase } from '../store.ts'
import { language, t } from '../wording.ts'

/** An invitation is accepted: a passkey for this place, or a password and a code. */

type Invited = Pick<Invite, 'name' | 'role'>

export function AcceptInvite({ token }: { token: string }) {
  const invited = useSignal<Invited | undefined>(undefined)
  const why = useSignal<Failure | 'cancelled' | undefined>(undefined)
  const another = useSignal(!passkeysHere)
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
  return (
    <main class="door" id="main">
      <div class="door-card">
        <Heading>{t('invite.title')}</Heading>
        {value !== undefined && (
          <>
            <p>{t('invite.text', { name: value.name, role: t(`role.${value.role}`) })}</p>
            {passkeysHere && (
              <button
                type="button"
                class="strong wide"
                onClick={() =>
                  void makePasskey<Me>('invite/accept/passkey', { token }, { language: language.value }).then(
                    heed,
                  )
                }
              >
                <Icon name="key" />
                {t('invite.passkey')}
              </button>
            )}
            {passkeysHere && (
              <button
                type="button"
                class="link"
                aria-expanded={another.value}
                onClick={() => (another.value = !another.value)}
              >
                {t('signIn.another')}
              </button>
            )}
            {another.value && <InvitePassword token={token} onAnswer={heed} />}
          </>
        )}
        <p class="wrong" role="alert">
          {why.value !== undefined && refused(why.value)}
        </p>
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
