import { useSignal } from '@preact/signals'
import type { Done, EditionRow, PackEditions } from '../../directory-wire.ts'
import { say } from '../state/notices.ts'
import { useAsked } from '../parts/asked.ts'
import { Asking } from '../parts/asking.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Icon } from '../parts/icon.tsx'
import { directoryChanges } from '../state/store.ts'
import { EvenSo } from './even-so.tsx'
import { t } from '../wording.ts'
import { decide } from './change.ts'
import { aboutInWords, dateAndTime, whyNot } from './in-words.ts'

/** What was published, the newest first, and the one step back. */

export function EditionList() {
  const asked = useAsked<{ packs: PackEditions[] }>('directory/editions', {}, directoryChanges.value)
  return (
    <>
      <p class="quiet">{t('directory.editionsHint')}</p>
      <Asking asked={asked.value} />
      {asked.value.value?.packs.map((pack) => (
        <section key={pack.pack} class="part">
          <h2>
            <bdi>{pack.name}</bdi>
          </h2>
          {pack.editions.length === 0 ? (
            <p class="nobody">{t('directory.noEdition')}</p>
          ) : (
            <ol class="editions">
              {pack.editions.map((edition, place) => (
                <Edition key={edition.number} edition={edition} pack={pack.pack} isLive={place === 0} />
              ))}
            </ol>
          )}
        </section>
      ))}
    </>
  )
}

function Edition({ edition, pack, isLive }: { edition: EditionRow; pack: string; isLive: boolean }) {
  const asking = useSignal(false)
  const { number, at, by, approvedBy, about } = edition
  const time = dateAndTime(at)
  return (
    <li>
      <div>
        <p>
          <span class="name">{t('directory.edition', { n: number })}</span>{' '}
          {isLive && <span class="flag">{t('directory.live')}</span>}
        </p>
        <p>{aboutInWords(about)}</p>
        <p class="quiet small">
          {by === approvedBy
            ? t('directory.by', { name: by, time })
            : t('directory.byTwo', { name: by, other: approvedBy, time })}
        </p>
      </div>
      {isLive && (
        <button type="button" onClick={() => (asking.value = true)}>
          <Icon name="again" />
          {t('directory.back')}
        </button>
      )}
      {asking.value && <Back pack={pack} on={number} onClose={() => (asking.value = false)} />}
    </li>
  )
}

function Back({ pack, on, onClose }: { pack: string; on: number; onClose: () => void }) {
  const evenSo = useSignal(false)
  const wanted = useSignal<string | undefined>(undefined)
  const busy = useSignal(false)

  async function go(): Promise<void> {
    if (busy.value || (wanted.value !== undefined && !evenSo.value)) return
    busy.value = true
    const done = await decide<Done>('back', { pack, on, ...(evenSo.value ? { evenSo: true } : {}) })
    busy.value = false
    if (done === undefined) return
    if (done.kind === 'notServed') {
      wanted.value = whyNot(done)
      return
    }
    onClose()
    say(done.kind === 'published' ? t('directory.wentBack') : whyNot(done))
  }

  return (
    <Dialog label={t('directory.backTitle')} onClose={onClose}>
      <p>{t('directory.backText')}</p>
      {wanted.value !== undefined && (
        <>
          <p class="warning" role="alert">
            {wanted.value}
          </p>
          <EvenSo on={evenSo} />
        </>
      )}
      <div class="buttons end">
        <button type="button" onClick={onClose}>
          {t('cancel')}
        </button>
        <button
          type="button"
          class="strong"
          aria-disabled={busy.value || (wanted.value !== undefined && !evenSo.value)}
          onClick={() => void go()}
        >
          {t('directory.back')}
        </button>
      </div>
    </Dialog>
  )
}
