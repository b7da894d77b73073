import { useSignal } from '@preact/signals'
import type { Me } from '../../wire.ts'
import { type Failure, post } from '../server/api.ts'
import { formText } from '../form-text.ts'
import { Heading } from '../parts/heading.tsx'
import { LanguageChoice } from '../parts/account/language-choice.tsx'
import { OlderPage } from '../parts/account/older-page.tsx'
import { TwoWays } from '../parts/account/two-ways.tsx'
import { usePasskey } from '../server/passkey.ts'
import { enter } from '../state/session.ts'
import { hasWords, phase } from '../state/store.ts'
import { t } from '../wording.ts'
import { OnceForm } from '../parts/once-form.tsx'

/** The door, and the cover over a desk that nobody sits at. It names nothing of what is behind it. */

export function SignIn() {
  const why = useSignal<Failure | 'cancelled' | undefined>(undefined)
  const covered = phase.value === 'covered'

  async function touch(): Promise<void> {
    const answer = await usePasskey<Me>('sign-in/passkey')
    why.value = answer.ok ? undefined : answer.why
    if (answer.ok) enter(answer.value)
  }

  return (
    <main class="door" id="main">
      <div class="door-card">
        <Heading>{t(covered ? 'covered.title' : 'signIn.title')}</Heading>
        {covered && <p>{t(hasWords.value ? 'covered.kept' : 'covered.text')}</p>}
        <OlderPage />
        <TwoWays
          label={t('signIn.passkey')}
          wrong={why.value !== undefined && refused(why.value)}
          onTouch={touch}
        >
          <PasswordForm onAnswer={(failure) => (why.value = failure)} />
        </TwoWays>
        <LanguageChoice />
      </div>
    </main>
  )
}

function PasswordForm({ onAnswer }: { onAnswer: (why: Failure | undefined) => void }) {
  async function send(form: HTMLFormElement): Promise<void> {
    const [name, password, code] = ['name', 'password', 'code'].map((field) => formText(form, field))
    const answer = await post<Me>('sign-in/password', { name, password, code })
    form.reset()
    onAnswer(answer.ok ? undefined : answer.why)
    if (answer.ok) enter(answer.value)
  }
  return (
    <OnceForm verb={t('signIn.do')} onSend={send}>
      <label class="field">
        <span>{t('signIn.name')}</span>
        <input name="name" required autocomplete="username" autocapitalize="none" spellcheck={false} />
      </label>
      <label class="field">
        <span>{t('signIn.password')}</span>
        <input name="password" type="password" required autocomplete="current-password" />
      </label>
      <label class="field">
        <span>{t('signIn.code')}</span>
        <input name="code" required inputMode="numeric" autocomplete="one-time-code" />
      </label>
    </OnceForm>
  )
}

/** Which of the three was wrong is not said. */
function refused(why: Failure | 'cancelled'): string {
  if (why === 'cancelled') return t('signIn.refused.cancelled')
  return why === 'tooMany' || why === 'away' || why === 'unavailable' || why === 'stale'
    ? t(`refused.${why}`)
    : t('signIn.refused.wrong')
}
