import { useSignal } from '@preact/signals'
import type { Account, Invite } from '../../wire.ts'
import { get, post } from '../server/api.ts'
import { withFreshTouch } from '../server/fresh-touch.ts'
import { say, sayRefused } from '../state/notices.ts'
import { AccountRow } from '../parts/account/account-row.tsx'
import { useAsked } from '../parts/asked.ts'
import { Asking } from '../parts/asking.tsx'
import { Heading } from '../parts/heading.tsx'
import { InviteForm } from '../parts/account/invite-form.tsx'
import { OnceLink } from '../parts/account/once-link.tsx'
import { dayAndTime } from '../times.ts'
import { t } from '../wording.ts'

/** Who may sit at the desk. A link is shown once and kept nowhere. */

interface Accounts {
  accounts: Account[]
  invites: Invite[]
}

export function AccountsView() {
  const asked = useAsked<Accounts>('accounts')
  const link = useSignal<string | undefined>(undefined)

  /** `path` under accounts/; a fresh touch is asked for where the server wants one. */
  async function change(path: string, body: object): Promise<boolean> {
    const answer = await withFreshTouch(() => post<{ link?: string }>(`accounts/${path}`, body))
    if (!answer.ok) {
      if (answer.why !== 'again') sayRefused(answer.why)
      return false
    }
    if (answer.value.link === undefined) say(t('accounts.done'))
    else link.value = answer.value.link
    const again = await get<Accounts>('accounts')
    if (again.ok) asked.value = { value: again.value }
    return true
  }

  const known = asked.value.value
  return (
    <main class="page" id="main">
      <Heading>{t('accounts.title')}</Heading>
      <InviteForm onInvite={(name, role) => change('invite', { name, role })} />
      {link.value !== undefined && <OnceLink link={link.value} onDone={() => (link.value = undefined)} />}
      <Asking asked={asked.value} />
      {known !== undefined && (
        <>
          <section class="part">
            <h2>{t('accounts.list')}</h2>
            <ul class="accounts">
              {known.accounts.map((account) => (
                <AccountRow key={account.id} account={account} onChange={change} />
              ))}
            </ul>
          </section>
          {known.invites.length > 0 && (
            <section class="part">
              <h2>{t('accounts.invites')}</h2>
              <ul class="accounts">
                {known.invites.map(({ id, name, role, until }) => (
                  <li key={id}>
                    <p class="who">
                      <bdi class="name">{name}</bdi>
                      <span class="quiet">
                        {t(`role.${role}`)} · {t('accounts.until', { time: dayAndTime(until) })}
                      </span>
                    </p>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </>
      )}
    </main>
  )
}
