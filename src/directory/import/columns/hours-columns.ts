import { normalise } from '../../../conversation/understand/tokens.ts'
import { daysIn } from '../cells/hours-in-words.ts'
import { HOURS_COLUMN_WORDS } from '../words/hours.ts'

/**
 * Columns that hold a part of the opening hours: a day or several ("Monday", "Lun-Vie"), the beginning or the end of one
 * ("mon_open", "Lundi fermeture"), or the beginning and the end of every day ("Opening time").
 */
export interface HoursColumn {
  /** 0 Monday to 6 Sunday; none: of every day that the row names. */
  days: readonly number[]
  part: 'whole' | 'from' | 'to'
  /** "Monday open 2": the second time on one day. */
  turn: number
}

/** A column that is called "Sun" or "Mar" is a day only among others. */
const FEWEST_DAYS = 3
const LONGEST = 80

export function hoursColumns(headings: readonly string[]): ReadonlyMap<number, HoursColumn> {
  const found = new Map<number, HoursColumn>()
  for (const [at, heading] of headings.entries()) {
    const column = heading.length > LONGEST ? undefined : hoursColumn(heading)
    if (column !== undefined) found.set(at, column)
  }
  const days = new Set([...found.values()].flatMap((column) => column.days))
  if (days.size >= FEWEST_DAYS) return found
  return new Map([...found].filter(([, column]) => column.days.length === 0))
}

const words = (list: string) => new Set(list.split('|').map(normalise))
const FROM = words(HOURS_COLUMN_WORDS.from)
const TO = words(HOURS_COLUMN_WORDS.to)
/** These also join two days ("Monday to Friday") or belong to any heading, so they count only behind a day. */
const BEHIND_FROM = words(HOURS_COLUMN_WORDS.behindFrom)
const BEHIND_TO = words(HOURS_COLUMN_WORDS.behindTo)
const OF_BOTH = words(HOURS_COLUMN_WORDS.both)
const EVERY_FROM = words(HOURS_COLUMN_WORDS.everyFrom)
const EVERY_TO = words(HOURS_COLUMN_WORDS.everyTo)
const GROUP = new RegExp(HOURS_COLUMN_WORDS.group, 'iu')

function hoursColumn(heading: string): HoursColumn | undefined {
  const path = heading.split('/').map((part) => part.trim())
  for (let length = 1; length <= Math.min(3, path.length); length += 1) {
    const found = named(path.slice(-length).join(' '))
    if (found === undefined) continue
    const group = path.at(-length - 1)
    // "outreach/monday" says on which day they come along, "hours/monday" when it is open.
    return group === undefined || found.part !== 'whole' || GROUP.test(normalise(group)) ? found : undefined
  }
  return undefined
}

function named(text: string): HoursColumn | undefined {
  const all = normalise(text.replaceAll('_', ' ')).split(' ')
  const last = Number(all.at(-1))
  const turn = Number.isInteger(last) && last >= 1 && last <= 3 && all.length > 1 ? last : undefined
  const told = turn === undefined ? all : all.slice(0, -1)
  const rest = { turn: turn ?? 1 }
  const whole = told.join(' ')
  if (EVERY_FROM.has(whole)) return { days: [], part: 'from', ...rest }
  if (EVERY_TO.has(whole)) return { days: [], part: 'to', ...rest }
  const isBoth = told.some((word) => OF_BOTH.has(word))
  const behind = told.at(-1) ?? ''
  const isFrom = BEHIND_FROM.has(behind) || (!isBoth && told.some((word) => FROM.has(word)))
  const isTo = BEHIND_TO.has(behind) || told.some((word) => TO.has(word))
  if (isFrom && isTo) return undefined
  const ofDays = told.filter(
    (word, at) =>
      !FROM.has(word) &&
      !TO.has(word) &&
      !OF_BOTH.has(word) &&
      !(at === told.length - 1 && (BEHIND_FROM.has(word) || BEHIND_TO.has(word))),
  )
  // Signs that join days are no words: "Lun-Vie".
  const days = daysIn(isFrom || isTo ? ofDays.join(' ') : dropped(text, told, ofDays))
  return days && { days, part: isFrom ? 'from' : isTo ? 'to' : 'whole', ...rest }
}

function dropped(text: string, told: readonly string[], kept: readonly string[]): string {
  return told.length === kept.length ? text.replaceAll('_', ' ').replace(/\s[1-3]$/u, '') : kept.join(' ')
}
