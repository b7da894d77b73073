import { ABROAD_COLUMN, CONTACT_COLUMNS, textColumn } from '../../pack/service-columns.ts'
import { personalIn } from '../../checks/personal-data.ts'
import type { Pack } from '../../pack/pack.ts'
import { countryCode } from '../cells/country-names.ts'
import { type DayOrder, readDate } from '../cells/dates.ts'
import { readHours } from '../cells/hours-in-words.ts'
import { languagesIn } from '../cells/language-names.ts'
import { slug } from '../cells/slug.ts'
import { asciiDigits, degrees, point, wholeNumber } from '../cells/small-values.ts'
import { hasVocabulary, listIn, valueOf } from '../cells/vocabulary.ts'
import { LISTS } from '../words/vocabularies.ts'
import { mendMailboxes, mendPages, mendPhones, mendSource, mendTelegram } from './mend-contacts.ts'
import { type HoursCell, hoursOfRow } from './hours-of-row.ts'
import {
  as,
  IF_WRONG,
  leftOut,
  type Mended,
  readAs,
  readThroughout,
  refused,
  saying,
  TOO_LONG,
} from './say.ts'
import { LONGEST_CELL } from '../read/limits.ts'

/** What a cell is read against: its row's country, its column's order of dates, the pack. */
export interface RowPlace {
  country: string
  pack: Pack
  order: DayOrder
  today: string
  /** Of the service and of who runs it. */
  names: string
  /** Of a note that is made of hours in words. */
  language: string
  areaOf(name: string): string | undefined
}

/** A cell that is not empty, as the template would have it, and what is said of it. */
export function mendCell(column: string, cell: string, place: RowPlace): Mended {
  const text = textColumn(column)
  if (text !== undefined) return mendText(text.stem, cell)
  if (LISTS.has(column)) return mendList(column, cell)
  if (hasVocabulary(column)) return mendWord(column, cell)
  switch (column) {
    case 'service_id':
      return mendId(cell)
    case 'country':
      return mendCountry(cell, place)
    case 'adm1_pcode':
    case 'adm2_pcode':
      return mendArea(cell, place)
    case 'lat':
    case 'lon':
      return as(degrees(cell) ?? cell)
    case 'geopoint':
      return mendPoint(cell)
    case 'min_age':
    case 'max_age':
      return as(wholeNumber(cell) ?? cell)
    case 'languages':
      return mendLanguages(cell)
    case 'hours':
    case 'phone_hours':
      return mendHours(column, cell, place)
    case 'verified_on':
    case 'review_by':
    case 'ends_on':
      return mendDate(column, cell, place)
    case 'source_on':
      return mendPartialDate(cell, place)
    case 'source_url':
      return mendSource(cell)
    case CONTACT_COLUMNS.email:
      return mendMailboxes(cell, place)
    case CONTACT_COLUMNS.web:
      return mendPages(cell)
    case CONTACT_COLUMNS.telegram:
      return mendTelegram(cell)
    case CONTACT_COLUMNS.phone:
    case CONTACT_COLUMNS.tollfree:
    case CONTACT_COLUMNS.whatsapp:
    case CONTACT_COLUMNS.sms:
    case ABROAD_COLUMN:
      return mendPhones(column, cell, place)
    default:
      return as(cell)
  }
}

const FORMULA = {
  kind: 'note',
  problem: 'begins with =, so it was taken as plain text and nothing was calculated',
  remedy: 'Take the sign away if it does not belong there.',
} as const

/** The name is what people look for: without it there is no service, so `checkService` refuses it instead. */
function mendText(stem: string, cell: string): Mended {
  const text = cell
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
  const personal = stem === 'name' ? undefined : personalIn(text)
  if (personal !== undefined)
    return saying(
      '',
      leftOut(`seems to hold ${personal}, so it was left out`, 'Take it out; write a role instead.'),
    )
  return saying(text, ...(text.startsWith('=') ? [FORMULA] : []))
}

const otherWord = (value: string) => readThroughout(`holds another word for ${value}, and was read as that`)

function mendList(column: string, cell: string): Mended {
  const { values, unknown } = listIn(column, cell)
  // Left as it is: the schema says which values there are.
  if (unknown) return as(cell)
  const written = new Set(cell.toLowerCase().split(/[;,|\s]+/u))
  return saying(values.join(';'), ...values.filter((value) => !written.has(value)).map(otherWord))
}

function mendWord(column: string, cell: string): Mended {
  const value = valueOf(column, cell)
  if (value === undefined) return as(cell)
  return saying(value, ...(value === cell.toLowerCase() ? [] : [otherWord(value)]))
}

function mendId(cell: string): Mended {
  if (/^[a-z0-9-]{1,40}$/u.test(cell)) return as(cell)
  const id = slug(cell)
  return id === '' ? as('') : saying(id, readAs(id))
}

function mendCountry(cell: string, { pack }: RowPlace): Mended {
  if (Object.values(pack.names).some((name) => name.toLowerCase() === cell.toLowerCase()))
    return as(pack.country)
  return as(countryCode(cell) ?? cell)
}

function mendArea(cell: string, { areaOf }: RowPlace): Mended {
  const area = areaOf(cell)
  if (area === undefined) return as(cell)
  return saying(area, ...(area === cell ? [] : [readThroughout(`names ${area}, and was read as that`)]))
}

function mendPoint(cell: string): Mended {
  const found = point(cell)
  if (found === undefined)
    return saying(
      '',
      refused('is not a point', 'Write it like 12.3456, 45.6789, or in the columns lat and lon.'),
    )
  return { value: '', said: [], more: found }
}

function mendLanguages(cell: string): Mended {
  const { tags, unknown } = languagesIn(cell)
  return as(unknown ? cell : tags.join(';'))
}

function mendHours(column: string, cell: string, { language }: RowPlace): Mended {
  const read = readHours(cell)
  if ('osm' in read) return saying(read.osm, ...(read.osm === cell ? [] : [readAs(read.osm)]))
  const why = read.unsure === 'noDays' ? 'names no days' : 'is not surely understood'
  if (column === 'phone_hours') return saying('', leftOut(`${why}, so it was left out`, LIKE_HOURS))
  return asNote(cell, why, language)
}

export function mendHoursTogether(cells: readonly HoursCell[], language: string): Mended {
  if (cells.some(({ cell }) => cell.length > LONGEST_CELL)) return saying('', TOO_LONG)
  const read = hoursOfRow(cells, language)
  if (read === undefined) return as('')
  if ('unsure' in read)
    return asNote(read.unsure, 'and the other columns of hours are not surely understood', language)
  return saying(read.osm, {
    kind: 'mended',
    problem: `and the other columns of hours were read as ${read.osm}`,
    remedy: IF_WRONG,
  })
}

const LIKE_HOURS = 'Write it like Mo-Fr 08:00-16:00; Sa 09:00-12:00, or 24/7.'

/** What is not surely understood is shown as it was written. */
function asNote(words: string, why: string, language: string): Mended {
  const remedy = LIKE_HOURS
  const note = mendText('hours_note', words)
  const kept = `${why}, so it is shown as a note and never as "open now"`
  return {
    value: '',
    said: note.value === '' ? note.said : [{ kind: 'mended', problem: kept, remedy }, ...note.said],
    more: { [`hours_note_${language.toLowerCase()}`]: note.value },
  }
}

const LIKE = 'Write it like 2026-04-03: year, month, day.'
const LIKE_ALL = 'Give the whole column the form 2026-04-03: year, month, day.'

function mendDate(column: string, cell: string, { order, today }: RowPlace): Mended {
  const read = readDate(cell, order)
  if ('problem' in read) {
    const problems = {
      ambiguous: 'may be two different days',
      noDay: 'names no day',
      notUnderstood: 'is not a date that is understood',
    }
    const remedy = read.problem === 'ambiguous' ? LIKE_ALL : LIKE
    return saying(cell, refused(problems[read.problem], remedy))
  }
  if (column === 'verified_on' && read.date > today)
    return saying(read.date, refused('lies in the future', `Write the day on which it was checked. ${LIKE}`))
  return saying(read.date, ...(cell.startsWith(read.date) ? [] : [readAs(read.date)]))
}

/** A page may name its year or its month only. */
function mendPartialDate(cell: string, { order }: RowPlace): Mended {
  const text = asciiDigits(cell).trim()
  if (/^\d{4}(?:-(?:0[1-9]|1[0-2]))?$/u.test(text)) return as(text)
  const read = readDate(cell, order)
  const date = 'date' in read ? read.date : read.problem === 'noDay' ? read.month : undefined
  if (date === undefined)
    return saying('', leftOut('is not a date that is understood, so it was left out', LIKE))
  return saying(date, ...(cell.startsWith(date) ? [] : [readAs(date)]))
}
