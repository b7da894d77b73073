import { useSignal } from '@preact/signals'
import { ROLES, type Role } from '../../../wire.ts'
import { t } from '../../wording.ts'

/** Invites somebody: a name that colleagues know, and a role. */

export function InviteForm({ onInvite }: { onInvite: (name: string, role: Role) => Promise<boolean> }) {
  const name = useSignal('')
  const role = useSignal<Role>('caseworker')
  return (
    <form
      class="invite-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.value.trim() === '') return
        void onInvite(name.value.trim(), role.value).then((done) => {
          if (done) name.value = ''
        })
      }}
    >
      <label class="field">
        <span>{t('accounts.name')}</span>
        <input
          dir="auto"
          required
          maxLength={60}
          autocomplete="off"
          value={name.value}
          onInput={(event) => (name.value = event.currentTarget.value)}
        />
      </label>
      <label class="field">
        <span>{t('accounts.role')}</span>
        <select value={role.value} onChange={(event) => (role.value = event.currentTarget.value as Role)}>
          {ROLES.map((one) => (
            <option key={one} value={one}>
              {t(`role.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="strong">
        {t('accounts.invite')}
      </button>
    </form>
  )
}
