import type { QueueEntry } from '../../../../handoff/handoff.ts'
import { ticking } from '../../server/clock.ts'
import { duration } from '../../times.ts'
import { languageName, named, t } from '../../wording.ts'
import { Icon, type IconName } from '../icon.tsx'

/** What is known of a case without opening it, in the order in which a caseworker asks. */

const URGENCY_ICONS: Record<QueueEntry['urgency'], IconName> = {
  now: 'urgent',
  within72h: 'clock',
  within120h: 'clock',
  young: 'young',
  usual: 'usual',
}

export function Urgency({ urgency }: { urgency: QueueEntry['urgency'] }) {
  return (
    <span class={`urgency urgency-${urgency}`}>
      <Icon name={URGENCY_ICONS[urgency]} />
      {named('urgency', urgency)}
    </span>
  )
}

export function Presence({ presence }: { presence: QueueEntry['presence'] }) {
  return (
    <span class={`presence presence-${presence}`}>
      <Icon name={presence} />
      {named('presence', presence)}
    </span>
  )
}

export function Facts({ one }: { one: QueueEntry }) {
  return (
    <p class="facts">
      <Urgency urgency={one.urgency} />
      <span>{languageName(one.language)}</span>
      {one.need !== '' && <bdi>{named('need', one.need)}</bdi>}
      {one.area !== '' && <bdi>{one.area}</bdi>}
      {one.aidConduct && <span class="flag">{t('aidConduct')}</span>}
      <Presence presence={one.presence} />
      <WindowLeft one={one} />
    </p>
  )
}

const HOUR_MS = 3_600_000
const SOON_MS = 2 * HOUR_MS

/** To the hour, and to the minute when it is near. */
export function WindowLeft({ one }: { one: QueueEntry }) {
  if (one.windowUntil === undefined) return null
  const left = one.windowUntil - ticking.value
  return (
    <span class={left < SOON_MS ? 'window soon' : 'window'}>
      {left > 0
        ? t('window.left', { time: duration(left < SOON_MS ? left : left - (left % HOUR_MS)) })
        : t('window.over')}
    </span>
  )
}
