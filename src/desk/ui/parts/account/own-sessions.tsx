import type { OwnAccess } from '../../../wire.ts'
import { signOut } from '../../state/session.ts'
import { dayAndTime } from '../../times.ts'
import { t } from '../../wording.ts'

/** Where one is signed in. Ending this session is signing out; it is not in the list of what can be ended. */

interface Props {
  access: OwnAccess
  onChange: (path: string, body: object) => Promise<boolean>
}

export function OwnSessions({ access: { sessions }, onChange }: Props) {
  return (
    <section class="part">
      <h2>{t('own.sessions')}</h2>
      <ul class="accounts">
        {sessions.map(({ id, began, lastSeen, isThis }) => (
          <li key={id}>
            <p class="who">
              <span class="name">{t(isThis ? 'own.session.this' : 'own.session.other')}</span>
              <span class="quiet">
                {t('own.session.times', { began: dayAndTime(began), seen: dayAndTime(lastSeen) })}
              </span>
            </p>
            {!isThis && (
              <button type="button" onClick={() => void onChange('session/end', { id })}>
                {t('own.session.end')}
              </button>
            )}
          </li>
        ))}
      </ul>
      <button type="button" class="start" onClick={() => void signOut('everywhere')}>
        {t('own.endAll')}
      </button>
    </section>
  )
}
