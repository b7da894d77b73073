import { type Signal, signal } from '@preact/signals'
import { NEEDS } from '../../../../flows/context.ts'
import { type DirectoryAnswer, SERVICE_STATES } from '../../directory-wire.ts'
import { useAsked } from '../parts/asked.ts'
import { Asking } from '../parts/asking.tsx'
import { NothingFound, SearchField } from '../parts/search-field.tsx'
import { directoryChanges } from '../state/store.ts'
import { named, t } from '../wording.ts'
import { stateName } from './in-words.ts'
import { narrow } from './narrow.ts'
import { ServiceCards, ServiceTable } from './service-table.tsx'

/** The services that one looks for. What was looked for stays while a service is open. */

const text = signal('')
const pack = signal('')
const area = signal('')
const need = signal('')
const state = signal('')
const AT_ONCE = 50
const most = signal(AT_ONCE)

export function ServiceList() {
  const wish = { pack: pack.value, area: area.value, need: need.value, state: state.value, text: text.value }
  const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value.trim() !== ''))
  const asked = useAsked<DirectoryAnswer>(
    'directory',
    { ...given, most: String(most.value) },
    directoryChanges.value,
  )
  const { value: known } = asked.value
  const packs = known?.packs ?? []
  const areas = packs.filter(({ id }) => pack.value === '' || id === pack.value).flatMap((one) => one.areas)
  return (
    <>
      <search class="finder">
        <SearchField label={t('directory.search')} text={text} />
        {packs.length > 1 && (
          <Choice
            label={t('directory.pack')}
            value={pack}
            options={packs.map(({ id, name }) => [id, name])}
          />
        )}
        <Choice label={t('cards.area')} value={area} options={areas.map(({ id, name }) => [id, name])} />
        <Choice
          label={t('directory.need')}
          value={need}
          options={NEEDS.map((one) => [one, named('need', one)])}
        />
        <Choice
          label={t('directory.state')}
          value={state}
          options={SERVICE_STATES.map((one) => [one, stateName(one)])}
        />
      </search>
      {packs
        .filter(({ served }) => !served)
        .map(({ id, name }) => (
          <p key={id} class="warning">
            {t('directory.notServed', { name })}
          </p>
        ))}
      <Asking asked={asked.value} />
      {known !== undefined && known.total > 0 && (
        <>
          <p class="quiet" role="status">
            {t('directory.found', { n: known.total })}
          </p>
          {narrow.value ? <ServiceCards rows={known.services} /> : <ServiceTable rows={known.services} />}
          {known.total > known.services.length && (
            <button type="button" class="start" onClick={() => (most.value += AT_ONCE)}>
              {t('directory.more')}
            </button>
          )}
        </>
      )}
      {known?.total === 0 && <NothingFound />}
    </>
  )
}

interface ChoiceProps {
  label: string
  value: Signal<string>
  options: readonly (readonly [string, string])[]
}

function Choice({ label, value, options }: ChoiceProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value.value} onChange={(event) => (value.value = event.currentTarget.value)}>
        <option value="">{t('directory.all')}</option>
        {options.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
