import { signal } from '@preact/signals'
import { render } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Look } from '../../../../flows/context.ts'
import type { Setup } from '../wire.ts'
import { Drawer } from './drawer.tsx'
import { LockScreen } from './lock-screen.tsx'
import { createPhone } from './phone.ts'
import { PhoneView } from './phone-view.tsx'
import { recallLook, rememberLook } from './session.ts'

/** The page: one phone in the middle, of one of two looks, and beside it what others could see and what is kept. */

const LOOKS: readonly { look: Look; words: string }[] = [
  { look: 'whatsapp', words: 'WhatsApp' },
  { look: 'telegram', words: 'Telegram' },
]

const root = document.querySelector<HTMLElement>('#page') ?? document.body
const setup: Setup = JSON.parse(root.dataset['setup'] ?? '{}')
const phones = { whatsapp: createPhone('whatsapp', newTag), telegram: createPhone('telegram', newTag) }
const shown = signal<Look>(recallLook())

function Page() {
  const phone = phones[shown.value]
  useEffect(() => {
    phone.connect()
    return () => phone.disconnect()
  }, [phone])

  return (
    <main class="bench">
      <div class="before">
        <h1>Try it on a phone</h1>
        <fieldset class="looks">
          <legend>Behaves like</legend>
          {LOOKS.map(({ look, words }) => (
            <label key={look}>
              <input
                type="radio"
                name="look"
                checked={shown.value === look}
                onChange={() => {
                  shown.value = look
                  rememberLook(look)
                }}
              />
              <span>{words}</span>
            </label>
          ))}
        </fieldset>
      </div>
      <PhoneView key={phone.memory.value.name} phone={phone} setup={setup} />
      <div class="beside">
        <LockScreen phone={phone} setup={setup} />
        <div class="actions">
          <button type="button" disabled={phone.memory.value.blocked} onClick={() => phone.block(true)}>
            Block the bot
          </button>
          <button type="button" onClick={() => phone.renew()}>
            New phone
          </button>
          {setup.desk && <DeskLink />}
        </div>
      </div>
      <Drawer key={phone.look} phone={phone} />
    </main>
  )
}

/** At localhost, where a passkey can be made; 127.0.0.1 is no name for one. */
function DeskLink() {
  const desk = new URL('/desk/', location.href)
  if (desk.hostname === '127.0.0.1') desk.hostname = 'localhost'
  return (
    <a class="desk" href={desk.href} target="_blank" rel="noreferrer">
      The caseworkers' desk
    </a>
  )
}

/** 16 random bytes in base64url: 22 characters. */
function newTag(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

render(<Page />, root)
