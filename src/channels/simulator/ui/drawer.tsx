import { useEffect } from 'preact/hooks'
import { useSignal } from '@preact/signals'
import type { KeptShown } from '../wire.ts'
import type { Deletion } from './memory.ts'
import type { Phone } from './phone.ts'
import { exactTime } from './wording.ts'

/** What the server keeps of this phone, as it lies there, and what it has deleted. */

const LOOK_AGAIN_MS = 2000

export function Drawer({ phone }: { phone: Phone }) {
  const open = useSignal(false)
  useEffect(() => {
    if (!open.value) return undefined
    const timer = setInterval(() => void phone.lookAgain(), LOOK_AGAIN_MS)
    void phone.lookAgain()
    return () => clearInterval(timer)
  }, [open.value, phone])

  return (
    <details class="drawer" onToggle={(event) => (open.value = event.currentTarget.open)}>
      <summary>What the server keeps</summary>
      <div class="drawer-body">
        <Kept kept={phone.kept.value} />
        <h3>What was deleted</h3>
        <Deletions deletions={phone.memory.value.deletions} look={phone.look} />
      </div>
    </details>
  )
}

function Kept({ kept }: { kept: KeptShown | null | undefined }) {
  if (kept === undefined) return <p class="quiet">Asking…</p>
  if (kept === null) return <p class="nothing">Nothing. There is no record of this phone.</p>
  const remembered = Object.entries(kept.context).filter(([, value]) => !isEmpty(value))
  return (
    <>
      <dl class="facts">
        <div>
          <dt>Page</dt>
          <dd>
            <code>{kept.state}</code>
          </dd>
        </div>
        <div>
          <dt>Turns</dt>
          <dd>{kept.revision}</dd>
        </div>
        <div>
          <dt>Waiting to be sent</dt>
          <dd>{kept.outboxWaiting}</dd>
        </div>
      </dl>
      <h3>Remembered between two messages</h3>
      <dl class="facts context">
        {remembered.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{typeof value === 'string' ? value : JSON.stringify(value)}</code>
            </dd>
          </div>
        ))}
      </dl>
      <h3>How it lies in the file</h3>
      {kept.stored.map((hex, position) => (
        <figure key={position}>
          <figcaption>{hex.length / 2} bytes, sealed</figcaption>
          {/* Scrolls by keyboard. */}
          <pre tabIndex={0} role="region" aria-label="Sealed bytes">
            {hex.replace(/(.{8})(?=.)/gu, '$1 ')}
          </pre>
        </figure>
      ))}
    </>
  )
}

function Deletions({ deletions, look }: { deletions: readonly Deletion[]; look: Phone['look'] }) {
  return (
    <>
      {deletions.length === 0 && <p class="quiet">Nothing yet.</p>}
      <ul class="deletions" aria-live="polite">
        {deletions.map(({ what, count, at }, position) => (
          <li key={position}>
            <time>{exactTime(at)}</time>
            {what === 'record'
              ? 'The record and everything that waited'
              : `${count} ${count === 1 ? 'message' : 'messages'} on the phone`}
          </li>
        ))}
      </ul>
      {look === 'whatsapp' && (
        <p class="quiet">
          This platform cannot delete messages from a phone: they stay until she deletes them.
        </p>
      )}
    </>
  )
}

function isEmpty(value: unknown): boolean {
  return (
    value === '' ||
    value === null ||
    value === false ||
    value === 0 ||
    (Array.isArray(value) && value.length === 0)
  )
}
