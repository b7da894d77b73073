import { useLayoutEffect, useRef } from 'preact/hooks'
import type { DirectoryRow } from '../../directory-wire.ts'
import { openService } from '../state/store.ts'
import { lastService } from './last-service.ts'
import { day } from '../times.ts'
import { t } from '../wording.ts'
import { inAList, kindName, openingInWords } from './in-words.ts'
import { State } from './service-state.tsx'

/** The services as a table, and as cards where there is no room for one. */

export function ServiceTable({ rows }: { rows: readonly DirectoryRow[] }) {
  return (
    <div class="scrolls" role="region" aria-label={t('directory.room.services')} tabIndex={0}>
      <table class="services-table">
        <thead>
          <tr>
            <th scope="col">{t('directory.col.name')}</th>
            <th scope="col">{t('cards.area')}</th>
            <th scope="col">{t('directory.field.categories')}</th>
            <th scope="col">{t('directory.field.phone')}</th>
            <th scope="col">{t('directory.field.hours')}</th>
            <th scope="col">{t('directory.field.verifiedOn')}</th>
            <th scope="col">{t('directory.field.reviewBy')}</th>
            <th scope="col">{t('directory.state')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <NameButton row={row} />
              </th>
              <td>
                <bdi>{row.area}</bdi>
              </td>
              <td>{kindsOf(row)}</td>
              <td>
                <Numbers numbers={row.numbers} />
              </td>
              <td>
                <Hours row={row} />
              </td>
              <td>{day(row.checkedOn, 'year')}</td>
              <td>{day(row.reviewBy, 'year')}</td>
              <td>
                <State state={row.state} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function ServiceCards({ rows }: { rows: readonly DirectoryRow[] }) {
  return (
    <ul class="service-cards">
      {rows.map((row) => (
        <li key={row.id}>
          <p class="card-top">
            <NameButton row={row} />
            <State state={row.state} />
          </p>
          <p class="quiet small">{[kindsOf(row), row.area].filter(Boolean).join(' · ')}</p>
          <Numbers numbers={row.numbers} />
          <Hours row={row} />
          <p class="quiet small">
            {t('cards.verified', { day: day(row.checkedOn, 'year') })} ·{' '}
            {t('directory.again', { day: day(row.reviewBy, 'year') })}
          </p>
        </li>
      ))}
    </ul>
  )
}

function NameButton({ row: { id, name } }: { row: DirectoryRow }) {
  const button = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => {
    // Whoever comes back from a service goes on where they were.
    if (lastService.value !== id) return
    lastService.value = undefined
    button.current?.focus()
  }, [id])
  return (
    <button
      ref={button}
      type="button"
      class="link"
      data-service={id}
      onClick={() => (openService.value = id)}
    >
      <bdi>{name}</bdi>
    </button>
  )
}

const kindsOf = ({ kinds }: DirectoryRow) => inAList(kinds.slice(0, 2).map(kindName))

export function Numbers({ numbers }: { numbers: readonly string[] }) {
  return (
    <ul class="numbers">
      {numbers.map((number) => (
        <li key={number} dir="ltr">
          {number}
        </li>
      ))}
    </ul>
  )
}

function Hours({ row: { opening, hours } }: { row: DirectoryRow }) {
  const now = openingInWords(opening)
  const isOpen = opening.kind === 'open' || opening.kind === 'always'
  return (
    <div class="hours">
      {now !== '' && <p class={isOpen ? 'open' : ''}>{now}</p>}
      {hours !== '' && opening.kind !== 'always' && (
        <p class="quiet small">
          <bdi>{hours}</bdi>
        </p>
      )}
    </div>
  )
}
