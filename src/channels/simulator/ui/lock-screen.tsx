import type { Setup } from '../wire.ts'
import { Icon } from './icons.tsx'
import { preview } from './memory.ts'
import type { Phone } from './phone.ts'
import { clockTime } from './wording.ts'

/** What the notification of the newest message shows on a locked screen, to whoever looks at it. */

export function LockScreen({ phone, setup }: { phone: Phone; setup: Setup }) {
  const newest = preview(phone.memory.value)
  return (
    <section class="lock" aria-labelledby="lock-title">
      <h2 id="lock-title">What a locked screen shows</h2>
      <div class="glass">
        {newest === undefined ? (
          <p class="quiet">No notification</p>
        ) : (
          <div class="notification" dir="auto">
            <span class="avatar">
              <Icon name="person" />
            </span>
            <p>
              <strong>{setup.contactName}</strong>
              <span class="preview" dir="auto">
                {newest.text}
              </span>
            </p>
            {newest.at !== undefined && <time>{clockTime(newest.at)}</time>}
          </div>
        )}
      </div>
    </section>
  )
}
