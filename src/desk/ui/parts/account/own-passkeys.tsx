import { useSignal } from '@preact/signals'
import type { Me, OwnAccess } from '../../../wire.ts'
import { withFreshTouch } from '../../server/fresh-touch.ts'
import { say, sayRefused } from '../../state/notices.ts'
import { makePasskey, passkeysHere } from '../../server/passkey.ts'
import { t } from '../../wording.ts'
import { Dialog } from '../dialog.tsx'
import { Icon } from '../icon.tsx'

/** One's passkeys: another one on a second device, and away with one that is lost; never with the last way in. */

interface Props {
  access: OwnAccess
  onChange: (path: string, body: object) => Promise<boolean>
  onLook: () => Promise<void>
}

export function OwnPasskeys({ access: { passkeys, hasPassword }, onChange, onLook }: Props) {
  const removing = useSignal<string | undefined>(undefined)
  const isLast = passkeys.length === 1 && !hasPassword

  async function add(): Promise<void> {
    let cancelled = false
    const answer = await withFreshTouch(async () => {
      const made = await makePasskey<Me>('me/passkey', {}, {})
      if (made.ok) return made
      cancelled = made.why === 'cancelled'
      return { ok: false, why: made.why === 'cancelled' ? 'invalid' : made.why }
    })
    if (cancelled) say(t('own.cancelled'))
    else if (answer.ok) say(t('accounts.done'))
    else if (answer.why !== 'again') sayRefused(answer.why)
    await onLook()
  }

  return (
    <section class="part">
      <h2>{t('own.passkeys')}</h2>
      {passkeys.length === 0 ? (
        <p class="nobody">{t('own.noPasskey')}</p>
      ) : (
        <ul class="accounts">
          {passkeys.map(({ id, transports }, position) => (
            <li key={id}>
              <p class="who">
                <span class="name">{t('own.passkey', { n: position + 1 })}</span>
                <span class="quiet">{kindOf(transports)}</span>
              </p>
              {!isLast && (
                <button type="button" onClick={() => (removing.value = id)}>
                  {t('own.remove')}
                  <span class="unseen"> {t('own.passkey', { n: position + 1 })}</span>
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      <p class="quiet small">{t(isLast ? 'own.lastWay' : 'own.passkeysHint')}</p>
      {passkeysHere && (
        <button type="button" class="start" onClick={() => void add()}>
          <Icon name="key" />
          {t('own.addPasskey')}
        </button>
      )}
      {removing.value !== undefined && (
        <Dialog label={t('own.removeTitle')} onClose={() => (removing.value = undefined)}>
          <p>{t('own.removeText')}</p>
          <div class="buttons end">
            <button type="button" onClick={() => (removing.value = undefined)}>
              {t('cancel')}
            </button>
            <button
              type="button"
              class="strong"
              onClick={() => {
                const id = removing.value
                removing.value = undefined
                void onChange('passkey/remove', { id })
              }}
            >
              {t('own.remove')}
            </button>
          </div>
        </Dialog>
      )}
    </section>
  )
}

function kindOf(transports: readonly string[]): string {
  if (transports.includes('internal')) return t('own.on.internal')
  if (transports.includes('hybrid')) return t('own.on.hybrid')
  return t(transports.length === 0 ? 'own.on.unknown' : 'own.on.key')
}
