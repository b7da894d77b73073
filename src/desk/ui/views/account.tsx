import { get, post } from '../server/api.ts'
import { withFreshTouch } from '../server/fresh-touch.ts'
import { say, sayRefused } from '../state/notices.ts'
import { useAsked } from '../parts/asked.ts'
import { Asking } from '../parts/asking.tsx'
import { Heading } from '../parts/heading.tsx'
import { OwnPasskeys } from '../parts/account/own-passkeys.tsx'
import { OwnPassword } from '../parts/account/own-password.tsx'
import { OwnSessions } from '../parts/account/own-sessions.tsx'
import { me } from '../state/store.ts'
import { t } from '../wording.ts'
import type { Me, OwnAccess } from '../../wire.ts'

/** One's own account: the ways in, and where one is signed in. */

export function AccountView() {
  const asked = useAsked<OwnAccess>('me/access')
  const who = me.value
  const access = asked.value.value

  /** What a change of one's access left, asked anew. */
  async function look(): Promise<void> {
    const [again, mine] = await Promise.all([get<OwnAccess>('me/access'), get<Me>('me')])
    if (again.ok) asked.value = { value: again.value }
    if (mine.ok) me.value = mine.value
  }

  /** `path` under me/; a fresh touch is asked for where the server wants one. True when it was done. */
  async function change(path: string, body: object): Promise<boolean> {
    const answer = await withFreshTouch(() => post(`me/${path}`, body))
    if (answer.ok) say(t('accounts.done'))
    else if (answer.why !== 'again') sayRefused(answer.why)
    await look()
    return answer.ok
  }

  return (
    <main class="page narrow" id="main">
      <Heading>{t('nav.account')}</Heading>
      {who !== undefined && (
        <p class="quiet">{t('own.who', { name: who.name, role: t(`role.${who.role}`) })}</p>
      )}
      <Asking asked={asked.value} />
      {access !== undefined && (
        <>
          <OwnPasskeys access={access} onChange={change} onLook={look} />
          <OwnPassword access={access} onLook={look} />
          <OwnSessions access={access} onChange={change} />
        </>
      )}
    </main>
  )
}
