import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Me } from '../../wire.ts'
import { type Failure, post, type Result } from '../api.ts'
import { formText } from '../form-text.ts'
import { language, t } from '../wording.ts'

/** The other way in: a long password, and an app that makes codes, whose key is shown here once. */

const SHORTEST = 15

interface Setup {
  setup: string
  secret: string
}
interface Props {
  token: string
  onAnswer: (answer: Result<Me>) => void
}

export function InvitePassword({ token, onAnswer }: Props) {
  const asked = useSignal<Setup | undefined>(undefined)
  const why = useSignal<Failure | undefined>(undefined)
  useEffect(() => {
    void post<Setup>('invite/accept/password/options', { token }).then((answer) => {
      if (answer.ok) asked.value = answer.value
      else why.value = answer.why
    })
  }, [token])
  if (asked.value === undefined)
    return <p class="quiet">{why.value === undefined ? t('asking') : t(`refused.${why.value}`)}</p>
  const { setup, secret } = asked.value

  async function submit(form: HTMLFormElement): Promise<void> {
    const [password, code] = ['password', 'code'].map((name) => formText(form, name))
    onAnswer(
      await post<Me>('invite/accept/password', { token, setup, password, code, language: language.value }),
    )
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
        <span>{t('invite.password', { n: SHORTEST })}</span>
        <input name="password" type="password" required minLength={SHORTEST} autocomplete="new-password" />
      </label>
      <div class="field">
        <span>{t('invite.secret')}</span>
        <code class="once" dir="ltr">
          {secret.replace(/(.{4})(?=.)/gu, '$1 ')}
        </code>
      </div>
      <label class="field">
        <span>{t('signIn.code')}</span>
        <input name="code" required inputMode="numeric" autocomplete="one-time-code" />
      </label>
      <button type="submit" class="wide">
        {t('invite.do')}
      </button>
    </form>
  )
}
