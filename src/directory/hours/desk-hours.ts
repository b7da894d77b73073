import type { Instant } from '../../operations/environment.ts'
import type { DeskHours } from '../directory.ts'
import type { Holidays } from './holidays.ts'
import { isOpenAt, openingAt, type Schedule } from './opening.ts'
import { type Hours, parseHours, type Rule } from './opening-hours.ts'
import type { Pack, Problem } from '../pack/pack.ts'

/**
 * When the people of a pack's desk are at work, as its pack.json says. Hours that do not speak of public holidays are
 * closed on them (24/7 speaks of every day). In a year whose holidays nobody listed the plain week decides, since a list
 * that was not kept up must not send everyone away; when they are back is then not said. It is told by the pack's clock,
 * wherever the desk is.
 */
export function createDeskHours(
  pack: Pick<Pack, 'desk' | 'timeZone' | 'holidays'>,
): ((now: Instant) => DeskHours) | undefined {
  const parsed = parseHours(pack.desk?.hours ?? '')
  if (pack.desk === undefined || 'problem' in parsed) return undefined
  const timeZone = pack.desk.timeZone ?? pack.timeZone
  const rules = namesHolidays(pack.desk) ? parsed.hours.rules : [...parsed.hours.rules, HOLIDAYS_OFF]
  const sure: Schedule = { hours: { rules }, timeZone, holidays: pack.holidays }
  const week: Schedule = { hours: withoutHolidays(parsed.hours), timeZone, holidays: NO_HOLIDAYS }
  let minute = Number.NaN
  let known: DeskHours = { open: false }

  function at(now: Instant): DeskHours {
    const open = isOpenAt(sure, now)
    if (open === undefined) return { open: isOpenAt(week, now) === true }
    if (open) return { open }
    const opens = openingAt(sure, now, pack.timeZone)
    return opens.kind === 'closed' ? { open, opens } : { open }
  }

  return (now) => {
    const current = Math.floor(now / 60_000)
    if (current !== minute) {
      known = at(now)
      minute = current
    }
    return known
  }
}

const HOLIDAYS_OFF: Rule = { days: [], holidays: true, spans: [] }
const NO_HOLIDAYS: Holidays = { dates: new Set(), everyYear: new Set() }

/** Holidays need no list, or the hours have a rule of their own for them. */
function namesHolidays({ hours }: NonNullable<Pack['desk']>): boolean {
  return hours.trim() === '24/7' || hours.includes('PH')
}

function withoutHolidays({ rules }: Hours): Hours {
  return { rules: rules.map((rule) => ({ ...rule, holidays: false })) }
}

/** Whether a year without a list of holidays makes a difference. */
export function needsHolidays(desk: Pack['desk']): boolean {
  return desk !== undefined && desk.hours.trim() !== '24/7'
}

/** What is wrong with hours that are a text; anything else the schema of pack.json has said. */
export function deskProblems(desk: Pack['desk']): Problem[] {
  if (desk === undefined) return []
  const parsed = parseHours(desk.hours)
  const at = { file: 'pack.json', field: 'desk.hours' }
  const remedy = 'Write it like Mo-Fr 09:00-17:00, or take "desk" out: then the shift alone decides.'
  if ('problem' in parsed) return [{ ...at, problem: parsed.problem, remedy }]
  const opens = parsed.hours.rules.some(({ spans }) => spans.length > 0)
  return opens ? [] : [{ ...at, problem: 'never opens', remedy }]
}
