import { parseHours, type Span } from '../../hours/opening-hours.ts'
import { readHours, daysIn } from '../cells/hours-in-words.ts'
import { hoursTokens } from '../cells/hours-tokens.ts'
import { isNothing } from '../cells/nothing.ts'
import { valueOf } from '../cells/vocabulary.ts'
import type { HoursColumn } from '../columns/hours-columns.ts'
import { weeklyHours } from '../formats/weekly-hours.ts'

/**
 * Opening hours that a row has in several columns, as one notation. Each column must be understood and none may say
 * otherwise than another: a day that is guessed sends somebody to a closed door.
 */
export interface HoursCell {
  cell: string
  /** undefined: a column of whole hours. */
  part: HoursColumn | undefined
}
export type HoursOfRow = { osm: string } | { unsure: string }

/** undefined: the row says nothing of its hours. */
export function hoursOfRow(cells: readonly HoursCell[], language: string): HoursOfRow | undefined {
  const said = cells.filter(({ cell }) => !isNothing(cell))
  if (said.length === 0) return undefined
  const osm = together(said)
  return osm === undefined ? { unsure: inWords(said, language) } : { osm }
}

function together(cells: readonly HoursCell[]): string | undefined {
  const whole: string[] = []
  const times: string[] = spansOfEveryDay(cells)
  const named: string[] = []
  for (const { cell, part } of cells) {
    if (part !== undefined) continue
    const read = readHours(cell)
    if ('osm' in read) whole.push(read.osm)
    else if (read.unsure === 'noDays') times.push(cell)
    else if (daysIn(cell) !== undefined) named.push(cell)
    else return undefined
  }
  if (times.some((text) => text === '')) return undefined
  const ofDays = weekOf(cells, times.join(', '))
  if (ofDays === undefined) return undefined
  if (ofDays.flagged.length > 0 && named.some((text) => String(daysIn(text)) !== String(ofDays.flagged)))
    return undefined
  const isOfNamed = named.length > 0 && ofDays.flagged.length === 0
  if (isOfNamed || (times.length > 0 && ofDays.flagged.length === 0)) {
    const read = readHours(`${named.join(', ')} ${times.join(', ')}`)
    if (!('osm' in read)) return undefined
    whole.push(read.osm)
  }
  if (ofDays.isSaid) whole.push(ofDays.osm)
  const [first, ...more] = whole.map((osm) => ({ osm, week: JSON.stringify(weekIn(osm) ?? osm) }))
  return first !== undefined && more.every(({ week }) => week === first.week) ? first.osm : undefined
}

/** Of columns like "Opening time" and "Closing time"; '' where one of the two is missing. */
function spansOfEveryDay(cells: readonly HoursCell[]): string[] {
  return pairs(cells.flatMap(({ cell, part }) => (part?.days.length === 0 ? [{ cell, part }] : [])))
}

type PartCell = HoursCell & { part: HoursColumn }

function pairs(cells: readonly PartCell[]): string[] {
  const turns = new Set(cells.filter(({ part }) => part.part !== 'whole').map(({ part }) => part.turn))
  return [...turns].map((turn) => {
    const [from, to] = (['from', 'to'] as const).map((wanted) =>
      cells.find(({ part }) => part.part === wanted && part.turn === turn),
    )
    return from === undefined || to === undefined ? '' : `${clock(from.cell)}-${clock(to.cell)}`
  })
}

/** What the columns of days say. A day of which only "yes" is said has the times of every day. */
function weekOf(
  cells: readonly HoursCell[],
  everyDay: string,
): { isSaid: boolean; osm: string; flagged: number[] } | undefined {
  const ofDays = cells.flatMap(({ cell, part }) =>
    part === undefined || part.days.length === 0 ? [] : [{ cell, part }],
  )
  const flagged: number[] = []
  const found: { day: number; from: number; to: number }[] = []
  for (const day of [0, 1, 2, 3, 4, 5, 6]) {
    const on = ofDays.filter(({ part }) => part.days.includes(day))
    const answers = new Set(on.map(answerOf))
    const isClosed = answers.has('no')
    if (on.length === 0 || (isClosed && answers.size === 1)) continue
    if (isClosed) return undefined
    const texts = [
      ...on.filter((one) => one.part.part === 'whole' && answerOf(one) === 'times').map(({ cell }) => cell),
      ...pairs(on.filter((one) => answerOf(one) === 'times')),
    ]
    if (texts.length === 0) {
      flagged.push(day)
      texts.push(everyDay)
    }
    const spans = spansIn(texts.join(', '))
    if (spans === undefined || texts.includes('')) return undefined
    found.push(...spans.map(({ from, to }) => ({ day, from, to })))
  }
  if (found.length === 0) return { isSaid: false, osm: '', flagged }
  const osm = weeklyHours(found)
  return osm === undefined ? undefined : { isSaid: true, osm, flagged }
}

/** In a column of an end of the day 0 and 1 are hours, not answers. */
function answerOf({ cell, part }: PartCell): 'yes' | 'no' | 'times' {
  const tokens = hoursTokens(cell)
  if (tokens?.length === 1 && tokens[0]?.kind === 'off') return 'no'
  const answer = valueOf('referral_needed', cell)
  if (part.part !== 'whole' && /\d/u.test(cell)) return 'times'
  return answer === 'yes' || answer === 'no' ? answer : 'times'
}

function spansIn(text: string): readonly Span[] | undefined {
  const read = readHours(`Mo ${text}`)
  if (!('osm' in read)) return undefined
  const week = weekIn(read.osm)
  return week?.every((spans, day) => spans.length > 0 === (day === 0)) === true ? week[0] : undefined
}

/** undefined where not every week is alike. */
function weekIn(osm: string): readonly (readonly Span[])[] | undefined {
  const parsed = parseHours(osm)
  if (!('hours' in parsed)) return undefined
  const week: (readonly Span[])[] = [[], [], [], [], [], [], []]
  for (const { days, holidays, spans } of parsed.hours.rules) {
    if (holidays || days.some(({ week: ofMonth }) => ofMonth !== undefined)) return undefined
    for (const { day } of days) week[day] = spans
  }
  return week
}

/** "08:00:00.000+03:00", as a form has it, by the clock at the door. */
function clock(cell: string): string {
  return /^(\d{1,2}:\d{2}):\d{2}(?:\.\d+)?\s*(?:z|[+-]\d{2}:?\d{2})?$/iu.exec(cell)?.[1] ?? cell
}

/** 2024-01-01 was a Monday. */
const MONDAY = Date.UTC(2024, 0, 1)

function inWords(cells: readonly HoursCell[], language: string): string {
  const names = new Intl.DateTimeFormat([language, 'en'], { weekday: 'long', timeZone: 'UTC' })
  const nameOf = (day: number) => names.format(MONDAY + day * 86_400_000)
  const ofDays = new Map<string, string[]>()
  for (const one of cells) {
    const { cell, part } = one
    const key = (part?.days ?? []).map(nameOf).join(', ')
    const answer = part === undefined ? 'times' : answerOf({ cell, part })
    if (answer === 'no') continue
    ofDays.set(key, [...(ofDays.get(key) ?? []), ...(answer === 'yes' ? [] : [clock(cell)])])
  }
  return [...ofDays].map(([days, texts]) => [days, texts.join(' - ')].filter(Boolean).join(' ')).join('; ')
}
