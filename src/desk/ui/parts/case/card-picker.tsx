import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { QueueEntry } from '../../../../handoff/handoff.ts'
import type { ServiceRow } from '../../../wire.ts'
import { get } from '../../server/api.ts'
import { sayRefused } from '../../state/notices.ts'
import { cardWanted } from '../../state/store.ts'
import { t } from '../../wording.ts'
import { useAsked } from '../asked.ts'
import { Asking } from '../asking.tsx'
import { CardPreview } from './card-preview.tsx'
import { NothingFound, SearchField } from '../search-field.tsx'

/** Finds a service in the directory, shows the card as the person would see it, and sends it. */

export function CardPicker({ one }: { one: QueueEntry }) {
  const text = useSignal('')
  const area = useSignal(one.area)
  const chosen = useSignal<ServiceRow | undefined>(undefined)
  const areas = useSignal<readonly string[]>(one.area === '' ? [] : [one.area])
  const asked = useAsked<{ services: ServiceRow[] }>('services', {
    text: text.value,
    area: area.value,
    language: one.language,
  })
  const wanted = cardWanted.value
  useEffect(() => {
    if (wanted === undefined) return
    cardWanted.value = undefined
    void get<{ services: ServiceRow[] }>('services', { id: wanted, language: one.language }).then(
      (answer) => {
        const [service] = answer.ok ? answer.value.services : []
        if (service === undefined) sayRefused(answer.ok ? 'gone' : answer.why)
        else chosen.value = service
      },
    )
  }, [wanted])
  const services = asked.value.value?.services
  const seen = [...new Set([...areas.value, ...(services ?? []).map((service) => service.area)])]
  if (seen.length > areas.value.length) areas.value = seen

  if (chosen.value !== undefined)
    return <CardPreview one={one} service={chosen.value} onBack={() => (chosen.value = undefined)} />
  return (
    <div class="tools-body">
      <SearchField label={t('cards.search')} text={text} />
      <label class="field">
        <span>{t('cards.area')}</span>
        <select value={area.value} onChange={(event) => (area.value = event.currentTarget.value)}>
          <option value="">{t('cards.everywhere')}</option>
          {areas.value.filter(Boolean).map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Asking asked={asked.value} />
      <ul class="services">
        {services?.map((service) => (
          <li key={service.id}>
            <button type="button" onClick={() => (chosen.value = service)}>
              <bdi class="name">{service.name}</bdi>
              <span class="quiet">
                <bdi>{service.kind}</bdi> · <bdi>{service.area}</bdi>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {services?.length === 0 && <NothingFound />}
    </div>
  )
}
