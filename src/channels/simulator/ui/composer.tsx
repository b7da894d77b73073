import type { Phone } from './phone.ts'
import { Icon } from './icons.tsx'

/** The line below the messages: a text, an attachment; or the one button that the platform shows instead of them. */

export function Composer({ phone, onAttach }: { phone: Phone; onAttach: () => void }) {
  const { bubbles, waiting, draft, blocked } = phone.memory.value
  if (blocked)
    return (
      <div class="composer single">
        <p>You blocked this contact.</p>
        <button type="button" onClick={() => phone.block(false)}>
          Unblock
        </button>
      </div>
    )
  if (phone.look === 'telegram' && bubbles.length === 0 && waiting.length === 0)
    return (
      <div class="composer single">
        <button
          type="button"
          class="start"
          onClick={() => phone.write({ kind: 'text', text: '/start' }, { text: '/start', sign: 'text' })}
        >
          Start
        </button>
      </div>
    )

  function send(): void {
    if (draft.trim() === '') return
    phone.write({ kind: 'text', text: draft }, { text: draft, sign: 'text' })
    phone.draft('')
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <button
        type="button"
        class="plain attach"
        aria-label="Attach"
        aria-haspopup="dialog"
        onClick={onAttach}
      >
        <Icon name="attach" />
      </button>
      <textarea
        rows={1}
        dir="auto"
        aria-label="Message"
        placeholder="Message"
        autocomplete="off"
        value={draft}
        onInput={(event) => phone.draft(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
          event.preventDefault()
          send()
        }}
      />
      <button type="submit" class="send" aria-label="Send">
        <Icon name="send" />
      </button>
    </form>
  )
}
