import { type Account, ROLES, type Role } from '../../../wire.ts'
import { me } from '../../state/store.ts'
import { day } from '../../times.ts'
import { t } from '../../wording.ts'

/** One account, and what an administrator may do with it. Not with one's own: that would lock the door from inside. */

interface Props {
  account: Account
  onChange: (path: string, body: object) => Promise<boolean>
}

export function AccountRow({ account, onChange }: Props) {
  const { id, name, role, disabled, passkeys, hasPassword, lastDay } = account
  const own = id === me.value?.id
  return (
    <li class={disabled ? 'off' : ''}>
      <p class="who">
        <bdi class="name">{name}</bdi>
        <span class="quiet">
          {t('accounts.passkeys', { n: passkeys })}
          {hasPassword && ` · ${t('accounts.hasPassword')}`}
          {lastDay !== '' && ` · ${t('accounts.lastDay', { day: day(lastDay) })}`}
        </span>
        {disabled && <span class="flag">{t('accounts.disabled')}</span>}
      </p>
      {own ? (
        <p class="quiet">{t('accounts.own', { role: t(`role.${role}`) })}</p>
      ) : (
        <div class="buttons">
          <label class="choice">
            <span class="unseen">{t('accounts.roleOf', { name })}</span>
            <select
              value={role}
              onChange={(event) => {
                const { currentTarget } = event
                const wanted = currentTarget.value as Role
                void onChange(`${id}/role`, { role: wanted }).then((done) => {
                  if (!done) currentTarget.value = role
                })
              }}
            >
              {ROLES.map((one) => (
                <option key={one} value={one}>
                  {t(`role.${one}`)}
                </option>
              ))}
            </select>
          </label>
          <button type="button" onClick={() => void onChange(`${id}/recover`, {})}>
            {t('accounts.recover')}
            <span class="unseen"> {name}</span>
          </button>
          <button type="button" onClick={() => void onChange(`${id}/${disabled ? 'enable' : 'disable'}`, {})}>
            {t(disabled ? 'accounts.enable' : 'accounts.disable')}
            <span class="unseen"> {name}</span>
          </button>
        </div>
      )}
    </li>
  )
}
