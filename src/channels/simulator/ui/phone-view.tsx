import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Setup } from '../wire.ts'
import { BubbleView, type Presses } from './bubble.tsx'
import { Composer } from './composer.tsx'
import { Icon } from './icons.tsx'
import type { Bubble } from './memory.ts'
import type { Phone } from './phone.ts'
import { type Attachment, AttachSheet, ListSheet, PlaceSheet } from './sheets.tsx'
import { directionOf } from './wording.ts'

/** The phone: header, messages, and below them what a person writes with. A sheet covers all of it while it is open. */

type Open = { kind: 'list'; bubble: Bubble } | { kind: 'attach' } | { kind: 'place' } | undefined

/** Within this many pixels of the end, new messages keep the end in view. */
const NEAR_END = 120

export function PhoneView({ phone, setup }: { phone: Phone; setup: Setup }) {
  const open = useSignal<Open>(undefined)
  const opener = useRef<Element | null>(null)
  const { bubbles, blocked } = phone.memory.value
  const newest = bubbles.findLast(({ from }) => from === 'contact')
  const placeLabel = phone.look === 'telegram' ? newest?.message?.placeLabel : undefined

  function show(next: Open): void {
    opener.current ??= document.activeElement
    open.value = next
  }

  function close(): void {
    open.value = undefined
  }

  useLayoutEffect(() => {
    if (open.value !== undefined || opener.current === null) return
    const back = opener.current
    opener.current = null
    if (back instanceof HTMLElement && back.isConnected) back.focus()
  }, [open.value])

  const presses: Presses = {
    choice(id, label) {
      close()
      // On WhatsApp a pressed button is a message of the person's; on Telegram it leaves no trace in the chat.
      phone.write(
        { kind: 'choice', id },
        phone.look === 'whatsapp' ? { text: label, sign: 'text' } : undefined,
      )
    },
    list: (bubble) => show({ kind: 'list', bubble }),
    place: () => show({ kind: 'place' }),
  }

  function attach(what: Attachment): void {
    if (what === 'place') return show({ kind: 'place' })
    close()
    phone.write({ kind: 'unsupported' }, { text: what === 'photo' ? 'Photo' : 'Voice note', sign: 'media' })
  }

  return (
    <section class="phone" data-look={phone.look} aria-label="Phone">
      <div class="screen" dir={directionOf(newest?.text ?? '')} inert={open.value !== undefined}>
        <header class="chat-head" dir="ltr">
          <span class="avatar">
            <Icon name="person" />
          </span>
          <div>
            <h2 dir="auto">{setup.contactName}</h2>
            <p role="status">{phone.online.value ? (blocked ? 'blocked' : 'online') : 'connecting…'}</p>
          </div>
        </header>
        <Messages phone={phone} contactName={setup.contactName} presses={presses} />
        {placeLabel !== undefined && !blocked && (
          <div class="keyboard">
            <button type="button" dir="auto" aria-haspopup="dialog" onClick={presses.place}>
              <Icon name="place" />
              {placeLabel}
            </button>
          </div>
        )}
        <Composer phone={phone} onAttach={() => show({ kind: 'attach' })} />
      </div>
      {open.value?.kind === 'list' && open.value.bubble.message !== undefined && (
        <ListSheet message={open.value.bubble.message} onPick={presses.choice} onClose={close} />
      )}
      {open.value?.kind === 'attach' && <AttachSheet onPick={attach} onClose={close} />}
      {open.value?.kind === 'place' && (
        <PlaceSheet
          places={setup.places}
          onClose={close}
          onShare={(place, words) => {
            close()
            phone.write({ kind: 'place', ...place }, { text: words, sign: 'place' })
          }}
        />
      )}
    </section>
  )
}

function Messages({ phone, contactName, presses }: { phone: Phone; contactName: string; presses: Presses }) {
  const log = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const { bubbles } = phone.memory.value
  useLayoutEffect(() => {
    if (log.current !== null && atEnd.current) log.current.scrollTop = log.current.scrollHeight
  }, [bubbles.length])
  return (
    <div
      ref={log}
      class="messages"
      role="log"
      aria-live="polite"
      aria-label="Messages"
      // Scrolls by keyboard.
      tabIndex={0}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END
      }}
    >
      {bubbles.length === 0 && (
        <p class="hint">{phone.look === 'telegram' ? 'No messages here yet.' : 'Write anything to begin.'}</p>
      )}
      <ol>
        {bubbles.map((bubble) => (
          <BubbleView
            key={bubble.tag}
            bubble={bubble}
            look={phone.look}
            contactName={contactName}
            presses={presses}
          />
        ))}
      </ol>
    </div>
  )
}
