import { batch, useSignal } from '@preact/signals'
import { shortcutsShown } from '../../shortcuts.ts'
import { leaveCase } from '../../state/let-go.ts'
import { signOut } from '../../state/session.ts'
import { showDirectory } from '../../state/directory-notice.ts'
import { directoryNotice, me, type View, view } from '../../state/store.ts'
import { type Key, t } from '../../wording.ts'
import { Icon } from '../icon.tsx'
import { Settings } from './settings.tsx'
import { Shift } from './shift.tsx'

/** What is always there: where one is, the shift, and the way out. */

const ROOMS: { view: View; key: Key; roles: readonly string[] }[] = [
  { view: 'queue', key: 'nav.queue', roles: ['caseworker', 'supervisor'] },
  { view: 'board', key: 'nav.board', roles: ['supervisor'] },
  { view: 'accounts', key: 'nav.accounts', roles: ['administrator'] },
  { view: 'directory', key: 'nav.directory', roles: ['caseworker', 'supervisor', 'administrator'] },
  { view: 'log', key: 'nav.log', roles: ['auditor', 'administrator'] },
  { view: 'months', key: 'nav.months', roles: ['supervisor', 'administrator'] },
]

export function TopBar() {
  const settings = useSignal(false)
  const role = me.value?.role ?? 'caseworker'
  const rooms = ROOMS.filter(({ roles }) => roles.includes(role))
  const here = view.value === 'case' ? 'queue' : view.value
  return (
    <header class="bar">
      <nav aria-label={t('nav.label')}>
        {rooms.map((room) => (
          <button
            key={room.view}
            type="button"
            aria-current={here === room.view ? 'page' : undefined}
            onClick={() => (room.view === 'directory' ? showDirectory('services') : go(room.view))}
          >
            {t(room.key)}
            {room.view === 'directory' && <Waiting />}
          </button>
        ))}
      </nav>
      {role === 'caseworker' && <Shift />}
      <div class="bar-end">
        <button
          type="button"
          class="plain"
          aria-label={t('shortcuts.title')}
          title={t('shortcuts.title')}
          onClick={() => (shortcutsShown.value = true)}
        >
          <span aria-hidden="true" class="mark">
            ?
          </span>
        </button>
        <button
          type="button"
          class="plain"
          aria-label={t('settings')}
          title={t('settings')}
          onClick={() => (settings.value = true)}
        >
          <Icon name="settings" />
        </button>
        <button
          type="button"
          class="plain"
          aria-label={t('nav.account')}
          title={t('nav.account')}
          aria-current={here === 'account' ? 'page' : undefined}
          onClick={() => go('account')}
        >
          <Icon name="person" />
        </button>
        <button
          type="button"
          class="plain"
          aria-label={t('signOut')}
          title={t('signOut')}
          onClick={() => void signOut()}
        >
          <Icon name="left" />
        </button>
      </div>
      {settings.value && <Settings onClose={() => (settings.value = false)} />}
    </header>
  )
}

/** What a supervisor may decide on. */
function Waiting() {
  const waiting = directoryNotice.value?.waiting ?? 0
  if (waiting === 0) return null
  return (
    <span class="count">
      {waiting}
      <span class="unseen"> {t('stale.waiting', { n: waiting })}</span>
    </span>
  )
}

function go(to: View): void {
  batch(() => {
    leaveCase()
    view.value = to
  })
}
