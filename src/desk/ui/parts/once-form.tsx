import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'

interface Props {
  /** What its button says. */
  verb: string
  /** The one thing to do on the screen. */
  strong?: boolean
  /** Runs to its end before the form can be sent again, however often the button is pressed. */
  onSend: (form: HTMLFormElement) => Promise<void>
  children: ComponentChildren
}

/** A form over the whole width, with one button. */
export function OnceForm({ verb, strong = false, onSend, children }: Props) {
  const busy = useSignal(false)
  async function send(form: HTMLFormElement): Promise<void> {
    if (busy.value) return
    busy.value = true
    await onSend(form)
    busy.value = false
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void send(event.currentTarget)
      }}
    >
      {children}
      <button type="submit" class={strong ? 'strong wide' : 'wide'} aria-disabled={busy.value}>
        {verb}
      </button>
    </form>
  )
}
