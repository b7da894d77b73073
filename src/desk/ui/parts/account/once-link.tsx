import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../../wording.ts'

/** A link that lets somebody in: shown once, to be handed over by a safe way. */

export function OnceLink({ link, onDone }: { link: string; onDone: () => void }) {
  const copied = useSignal(false)
  const field = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => field.current?.select(), [link])
  return (
    <div class="banner once-link">
      <label class="field">
        <span>{t('accounts.link')}</span>
        <input ref={field} readOnly dir="ltr" value={link} />
      </label>
      <div class="buttons">
        <button
          type="button"
          class="strong"
          onClick={() => void navigator.clipboard.writeText(link).then(() => (copied.value = true))}
        >
          {t(copied.value ? 'accounts.copied' : 'accounts.copy')}
        </button>
        <button type="button" onClick={onDone}>
          {t('accounts.linkDone')}
        </button>
      </div>
    </div>
  )
}
