import type { Colleague } from '../../../wire.ts'
import { t } from '../../wording.ts'

/** Who is on shift, and how much they carry. */

export function Load({ colleagues }: { colleagues: Colleague[] }) {
  const sorted = colleagues.toSorted((a, b) => Number(b.onShift) - Number(a.onShift))
  return (
    <section class="part">
      <h2>{t('board.colleagues')}</h2>
      <ul class="load">
        {sorted.map(({ id, name, onShift, load, capacity }) => (
          <li key={id} class={onShift ? '' : 'off'}>
            <bdi class="name">{name}</bdi>
            <span class="quiet">{t(onShift ? 'shift.on' : 'shift.off')}</span>
            <span class="seats" aria-hidden="true">
              {Array.from({ length: Math.max(capacity, load) }, (_, seat) => (
                <span key={seat} class={seat < load ? 'seat taken' : 'seat'} />
              ))}
            </span>
            <span>{t('transfer.load', { n: load, capacity })}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
