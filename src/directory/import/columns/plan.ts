import { ABROAD_COLUMN, CONTACT_COLUMNS } from '../../pack/service-columns.ts'
import { valueOf } from '../cells/vocabulary.ts'
import { languageTag } from '../cells/language-names.ts'
import type { Finding } from '../finding.ts'
import { FROM_KOBO, type HeadingLanguage, OF_KOBO } from '../words/headings.ts'
import { LISTS } from '../words/vocabularies.ts'
import { isPlainGroup, isShown, reachesSomebody } from './beside.ts'
import { type Heading, isRowNumber, isText, readHeading } from './heading.ts'
import type { Headed } from './heading-row.ts'
import { type HoursColumn, hoursColumns } from './hours-columns.ts'
import { hxlColumn } from './hxl.ts'
import { GEOPOINT, type Mapping } from './mapping.ts'
import { isPermission, permissionFinding, restrictingFinding, restricts } from './permission.ts'
import { guessedFinding, type TextLanguage, textLanguage } from './text-language.ts'

/** Which column of the sheet is which of the template. What nobody knows is left out, and said once. */
export interface Plan {
  columns: readonly Planned[]
  /** Columns of yes and no that are one answer each of a list, as Kobo exports them. */
  folded: readonly (Planned & { value: string })[]
  /** Columns of a part of the hours: a day, the beginning or the end of one. */
  hours: readonly (PlacedHeading & { part: HoursColumn })[]
  /** One that is refused keeps every row out. */
  findings: readonly Finding[]
}
export interface PlacedHeading {
  at: number
  heading: string
}
export interface Planned extends PlacedHeading {
  /** Of the template; `geopoint` for a point in one cell. */
  column: string
}

const SEVERAL: ReadonlySet<string> = new Set([
  ...Object.values(CONTACT_COLUMNS),
  ABROAD_COLUMN,
  ...LISTS,
  'languages',
  'hours',
])

/** They are hardly of one language, and the template has them without one. */
const NAMES_OF_PLACES: ReadonlySet<string> = new Set(['place', 'address'])

export function planColumns(
  { sheet, hxl, language, hidden, above }: Headed,
  mapping: Mapping,
  languages: readonly string[],
): Plan {
  const isKobo = sheet.heading.some((heading) => FROM_KOBO.test(heading))
  const plan = {
    columns: [] as Planned[],
    folded: [] as (Planned & { value: string })[],
    hours: [] as (PlacedHeading & { part: HoursColumn })[],
    findings: [] as Finding[],
  }
  const ofHours = hoursColumns(sheet.heading)
  const taken = new Set<string>()
  let ofKobo = 0
  for (const [at, heading] of sheet.heading.entries()) {
    if (isKobo && OF_KOBO.test(heading)) {
      ofKobo += 1
      continue
    }
    const isEmpty = !sheet.rows.some(({ cells }) => (cells[at] ?? '') !== '')
    const tag = hxl?.[at] ?? ''
    const tagged = byTag(tag)
    const part = Object.hasOwn(mapping, heading) || tagged !== undefined ? undefined : ofHours.get(at)
    if (part !== undefined) {
      if (!isEmpty) plan.hours.push({ at, heading, part })
      continue
    }
    const found = Object.hasOwn(mapping, heading)
      ? mapped(mapping[heading] ?? '')
      : (tagged ?? inDoubtIf(tag !== '', byHeading(heading, language)))
    if (found === 'leftOut' || (isEmpty && found === undefined)) continue
    const isKnown = found !== undefined && !('isDoubtful' in found)
    if (!isKnown && !isEmpty && isPermission(heading, at, sheet.rows))
      plan.findings.push(permissionFinding(heading))
    else if (found === undefined) plan.findings.push(leftOut(heading, at))
    else if ('value' in found) plan.folded.push({ at, heading, column: found.column, value: found.value })
    else if (found.isDoubtful === true) {
      if (!isEmpty)
        plan.findings.push(
          restricts(found.column) ? restrictingFinding(heading, found.column) : doubtful(found, heading, tag),
        )
    } else if (tag === '' && isOfOthers(found.column, heading, at)) {
      if (!isEmpty) plan.findings.push(ofOthers(heading, found.column))
    } else if (hidden?.has(at) === true && isShown(found.column) && !Object.hasOwn(mapping, heading)) {
      if (!isEmpty) plan.findings.push(unseen(heading, found.column))
    } else {
      const ofText = isText(found.column) ? languageOf(found, at) : undefined
      const column = ofText === undefined ? found.column : `${found.column}_${ofText.tag.toLowerCase()}`
      if (taken.has(column) && !SEVERAL.has(column)) {
        if (!isEmpty)
          plan.findings.push(
            restricts(column) ? restrictingFinding(heading, column) : doubled(heading, column),
          )
        continue
      }
      taken.add(column)
      if (ofText?.orElse !== undefined && !isEmpty && !NAMES_OF_PLACES.has(found.column))
        plan.findings.push(guessedFinding(heading, found.column, ofText))
      plan.columns.push({ at, heading: heading === '' ? column : heading, column })
    }
  }
  if (ofKobo > 0) plan.findings.push(koboFinding(ofKobo))
  return plan

  /** "Phone" below "Focal point" is not the number of the service. */
  function isOfOthers(column: string, heading: string, at: number): boolean {
    return reachesSomebody(column) && !Object.hasOwn(mapping, heading) && !isPlainGroup(above?.[at] ?? '')
  }

  function languageOf({ tag, writtenIn }: Heading, at: number): TextLanguage {
    return tag === undefined ? textLanguage(sheet.rows, at, writtenIn ?? 'en', languages) : { tag }
  }
}

type Found = Heading | { column: string; value: string } | 'leftOut'

function mapped(column: string): Found | undefined {
  if (column === '') return 'leftOut'
  if (column === GEOPOINT) return { column }
  return readHeading(column)
}

function byTag(cell: string): Found | undefined {
  const found = cell === '' ? undefined : hxlColumn(cell)
  if (found?.tag === undefined || found.isDoubtful === true) return found
  const tag = languageTag(found.tag)
  return tag === undefined || !isText(found.column) ? undefined : { column: found.column, tag }
}

/** What stands beside the name may say that the column is not for everybody. */
function inDoubtIf(isDoubtful: boolean, found: Found | undefined): Found | undefined {
  if (!isDoubtful || found === undefined || found === 'leftOut' || 'value' in found) return found
  return isShown(found.column) ? { ...found, isDoubtful: true } : found
}

/** The whole heading, a list's answer behind its question, a point's half, or the last name behind a group's. */
function byHeading(heading: string, language: HeadingLanguage): Found | undefined {
  const text = heading.trim()
  if (text === '') return undefined
  if (isRowNumber(text)) return 'leftOut'
  const whole = readHeading(text, language)
  if (whole !== undefined) return whole
  const [, point = '', half] = /^(.*_)?(latitude|longitude|altitude|precision)$/iu.exec(text) ?? []
  if (half !== undefined) {
    const column = { latitude: 'lat', longitude: 'lon' }[half.toLowerCase()]
    return column === undefined ? 'leftOut' : inDoubtIf(!isPlainGroup(point), { column })
  }
  const path = text.split('/').map((part) => part.trim())
  const [last = '', parent = ''] = path.toReversed()
  if (path.length < 2) return undefined
  const question = readHeading(parent, language)
  const list = question === undefined || question.isDoubtful === true ? '' : question.column
  const value = LISTS.has(list) ? valueOf(list, last) : undefined
  if (value !== undefined) return { column: list, value }
  if (LISTS.has(list)) return undefined
  return inDoubtIf(!path.slice(0, -1).every(isPlainGroup), readHeading(last, language))
}

function leftOut(heading: string, at: number): Finding {
  return {
    column: heading === '' ? `column ${at + 1}` : heading.slice(0, 80),
    kind: 'quarantined',
    problem: 'is not a column that is known, so nothing of it was read',
    remedy:
      'Name it as in the template, or say in a mapping what it is; unknown columns may hold private data.',
  }
}

function doubtful({ column, tag: language }: Heading, heading: string, tag: string): Finding {
  const name = language === undefined ? column : `${column}_${language.toLowerCase()}`
  const where = tag === '' ? 'heading' : 'tag'
  const how = tag === '' ? `name it ${name}` : `take its tag away and name it ${name}`
  return {
    column: (heading === '' ? tag : heading).slice(0, 80),
    kind: 'quarantined',
    problem: `may be ${name}, but what else its ${where} says is not known, so nothing of it was read`,
    remedy: `If anybody may see it, ${how}. If not, leave it as it is.`,
  }
}

function ofOthers(heading: string, column: string): Finding {
  return {
    column: heading.slice(0, 80),
    kind: 'quarantined',
    problem: `may be ${column}, but what the cell above its heading says is not known, so nothing of it was read`,
    remedy: `If anybody may see it, empty the cell above. If not, leave it as it is.`,
  }
}

function unseen(heading: string, column: string): Finding {
  return {
    column: (heading === '' ? column : heading).slice(0, 80),
    kind: 'quarantined',
    problem: 'is a column that the sheet hides, so nothing of it was read',
    remedy: 'If anybody may see it, show the column and import the file again. If not, leave it as it is.',
  }
}

function doubled(heading: string, column: string): Finding {
  return {
    column: heading === '' ? column : heading.slice(0, 80),
    kind: 'quarantined',
    problem: `would be ${column}, which another column is already, so nothing of it was read`,
    remedy: 'Keep one of the two columns, or say in a mapping which one counts.',
  }
}

function koboFinding(count: number): Finding {
  return {
    kind: 'note',
    problem: `${count === 1 ? '1 column' : `${count} columns`} that Kobo adds of its own (who sent it, when, from which phone) ${count === 1 ? 'was' : 'were'} left out`,
    remedy: 'Nothing to do.',
  }
}
