import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { passkeysHere } from '../../server/passkey.ts'
import { t } from '../../wording.ts'
import { Icon } from '../icon.tsx'

/** A passkey first, and behind a button the other way, which stands open where this browser makes no passkeys. */

interface Props {
  /** On the button of the passkey. */
  label: string
  onTouch: () => Promise<void>
  /** What went wrong, if anything. */
  wrong: string | false
  /** The other way. */
  children: ComponentChildren
}

export function TwoWays({ label, onTouch, wrong, children }: Props) {
  const another = useSignal(!passkeysHere)
  const busy = useSignal(false)
  return (
    <>
      {passkeysHere && (
        <button
          type="button"
          class="strong wide"
          aria-disabled={busy.value}
          onClick={() => {
            if (busy.value) return
            busy.value = true
            void onTouch().finally(() => (busy.value = false))
          }}
        >
          <Icon name="key" />
          {label}
        </button>
      )}
      <p class="wrong" role="alert">
        {wrong}
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
      {another.value && children}
    </>
  )
}
