import type { Entry } from '../../../../handoff/handoff.ts'
import { colleagueName, me } from '../../state/store.ts'
import { clockTime } from '../../times.ts'
import { t } from '../../wording.ts'
import { Icon, type IconName } from '../icon.tsx'

/** One entry of a thread. What a person wrote is text and nothing else, in its own direction. */

type Said = Exclude<Entry, { kind: 'note' }>

const DELIVERY_ICONS: Record<'shown' | 'waiting' | 'notTaken', IconName> = {
  shown: 'done',
  waiting: 'waiting',
  notTaken: 'failed',
}

export function Bubble({ entry }: { entry: Said }) {
  if (entry.kind === 'happened')
    return (
      <li class="happened">
        <span>
          {t(`happened.${entry.what}`, { name: who(entry.by) })} <time>{clockTime(entry.at)}</time>
        </span>
      </li>
    )
  const by = entry.kind === 'person' ? undefined : entry.by
  const side = by === undefined ? 'person' : 'desk'
  return (
    <li class={`bubble from-${side}`}>
      <div class="paper">
        <span class="unseen">{by === undefined ? t('thread.person') : who(by)}: </span>
        {entry.kind === 'card' ? (
          <p class="card-line">
            <Icon name="cards" />
            <span>
              <span class="kind">{t('thread.card')}</span>
              <bdi>{entry.title}</bdi>
            </span>
          </p>
        ) : (
          <p class="text" dir="auto">
            {entry.text}
          </p>
        )}
        <p class="stamp">
          {entry.kind !== 'person' && entry.by !== me.value?.id && <bdi>{who(entry.by)}</bdi>}
          <time>{clockTime(entry.at)}</time>
          {entry.kind !== 'person' && (
            <span class={`delivery delivery-${entry.delivery}`}>
              <Icon name={DELIVERY_ICONS[entry.delivery]} />
              {t(`delivery.${entry.delivery}`)}
            </span>
          )}
        </p>
      </div>
    </li>
  )
}

function who(by: string | undefined): string {
  if (by === undefined) return t('thread.desk')
  return by === me.value?.id ? t('thread.me') : colleagueName(by)
}
