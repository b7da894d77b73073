import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Me, PasswordSetup } from '../../../wire.ts'
import { type Failure, post, type Result } from '../../server/api.ts'
import { formText } from '../../form-text.ts'
import { withFreshTouch } from '../../server/fresh-touch.ts'
import { t } from '../../wording.ts'
import { OnceForm } from '../once-form.tsx'

/** A long password, and an app that makes codes, whose key is shown here once. */

const SHORTEST = 15

interface Props {
  /** Without `/options`. */
  path: string
  /** Goes with both requests, `last` with the second only. */
  body: object
  last?: object
  verb: string
  onAnswer: (answer: Result<Me>) => void
}

export function NewPassword({ path, body, last = {}, verb, onAnswer }: Props) {
  const asked = useSignal<PasswordSetup | undefined>(undefined)
  const why = useSignal<Failure | undefined>(undefined)
  useEffect(() => {
    void withFreshTouch(() => post<PasswordSetup>(`${path}/options`, body)).then((answer) => {
      if (answer.ok) asked.value = answer.value
      else why.value = answer.why
    })
  }, [path, JSON.stringify(body)])
  if (asked.value === undefined)
    return <p class="quiet">{why.value === undefined ? t('asking') : t(`refused.${why.value}`)}</p>
  const { setup, secret } = asked.value

  async function send(form: HTMLFormElement): Promise<void> {
    const [password, code] = ['password', 'code'].map((name) => formText(form, name))
    onAnswer(await withFreshTouch(() => post<Me>(path, { ...body, ...last, setup, password, code })))
  }

  return (
    <OnceForm verb={verb} onSend={send}>
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
    </OnceForm>
  )
}
