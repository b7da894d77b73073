import { useSignal } from '@preact/signals'
import type { Me } from '../../wire.ts'
import { type Failure, post } from '../api.ts'
import { formText } from '../form-text.ts'
import { Heading } from '../parts/heading.tsx'
import { Icon } from '../parts/icon.tsx'
import { LanguageChoice } from '../parts/language-choice.tsx'
import { passkeysHere, usePasskey } from '../passkey.ts'
import { enter } from '../session.ts'
import { drafts, phase, unsent } from '../store.ts'
import { t } from '../wording.ts'

/** The door, and the cover over a desk that nobody sits at. It names nothing of what is behind it. */

export function SignIn() {
  const another = useSignal(!passkeysHere)
  const busy = useSignal(false)
  const why = useSignal<Failure | 'cancelled' | undefined>(undefined)
  const covered = phase.value === 'covered'
  const kept = unsent.value.length > 0 || [...drafts.value.values()].some((text) => text !== '')

  async function touch(): Promise<void> {
    if (busy.value) return
    busy.value = true
    const answer = await usePasskey<Me>('sign-in/passkey')
    busy.value = false
    why.value = answer.ok ? undefined : answer.why
    if (answer.ok) enter(answer.value)
  }

  return (
    <main class="door" id="main">
      <div class="door-card">
        <Heading>{t(covered ? 'covered.title' : 'signIn.title')}</Heading>
        {covered && <p>{t(kept ? 'covered.kept' : 'covered.text')}</p>}
        {passkeysHere && (
          <button type="button" class="strong wide" aria-disabled={busy.value} onClick={() => void touch()}>
            <Icon name="key" />
            {t('signIn.passkey')}
          </button>
        )}
        <p class="wrong" role="alert">
          {why.value !== undefined && refused(why.value)}
        </p>
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
        {another.value && <PasswordForm onAnswer={(failure) => (why.value = failure)} />}
        <LanguageChoice />
      </div>
    </main>
  )
}

function PasswordForm({ onAnswer }: { onAnswer: (why: Failure | undefined) => void }) {
  const busy = useSignal(false)
  async function submit(form: HTMLFormElement): Promise<void> {
    if (busy.value) return
    busy.value = true
    const [name, password, code] = ['name', 'password', 'code'].map((field) => formText(form, field))
    const answer = await post<Me>('sign-in/password', { name, password, code })
    busy.value = false
    form.reset()
    onAnswer(answer.ok ? undefined : answer.why)
    if (answer.ok) enter(answer.value)
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void submit(event.currentTarget)
      }}
    >
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
      <button type="submit" class="wide" aria-disabled={busy.value}>
        {t('signIn.do')}
      </button>
    </form>
  )
}

/** Which of the three was wrong is not said. */
function refused(why: Failure | 'cancelled'): string {
  if (why === 'cancelled') return t('signIn.refused.cancelled')
  return why === 'tooMany' || why === 'away' || why === 'unavailable'
    ? t(`refused.${why}`)
    : t('signIn.refused.wrong')
}
