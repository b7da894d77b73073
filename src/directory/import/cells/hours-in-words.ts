import { parseHours } from '../../hours/opening-hours.ts'
import { remembered } from './remembered.ts'
import { type HoursToken, hoursTokens } from './hours-tokens.ts'
import { spanOf } from './hours-times.ts'

/**
 * Opening hours as people write them, turned into the notation of `opening-hours.ts`. Every word must be understood and every
 * day must be named: what is unsure stays words, since a person who is sent to a closed door may not come a second time.
 */
export type ReadHours = { osm: string } | { unsure: 'words' | 'noDays' }

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']
const LONGEST = 300

export const readHours = remembered(hoursIn)

function hoursIn(text: string): ReadHours {
  if (text.length > LONGEST || /[?؟≈]/u.test(text)) return { unsure: 'words' }
  if ('hours' in parseHours(text) && /[A-Z][a-z]|24\/7|PH/u.test(text)) return { osm: text }
  const tokens = hoursTokens(text)
  if (tokens === undefined) return { unsure: 'words' }
  if (tokens.length === 1 && tokens[0]?.kind === 'always') return { osm: '24/7' }
  const blocks = blocksOf(tokens)
  if (blocks === undefined) return { unsure: 'words' }
  const rules = paired(blocks)
  if (typeof rules === 'string') return { unsure: rules }
  const osm = written(rules)
  return osm !== undefined && 'hours' in parseHours(osm) ? { osm } : { unsure: 'words' }
}

/** "Mon-Fri", "lundi, mardi", "mon tue wed": days and nothing else; undefined where anything else is said. */
export function daysIn(text: string): number[] | undefined {
  const tokens = text.length > LONGEST ? undefined : hoursTokens(text)
  const blocks = tokens === undefined || tokens.length === 0 ? undefined : blocksOf(tokens)
  const [block, ...more] = blocks ?? []
  if (block?.kind !== 'days' || block.holidays || more.length > 0) return undefined
  return [...block.days].toSorted((a, b) => a - b)
}

interface Span {
  from: string
  to: string
}
type Block =
  | { kind: 'days'; days: ReadonlySet<number>; holidays: boolean }
  | { kind: 'times'; spans: readonly Span[] }
interface Rule {
  days: ReadonlySet<number>
  holidays: boolean
  spans: readonly Span[]
}

/** Runs of days and runs of times, in the order in which they stand. */
function blocksOf(tokens: readonly HoursToken[]): Block[] | undefined {
  const blocks: Block[] = []
  let at = 0
  while (at < tokens.length) {
    const token = tokens[at]
    if (token === undefined) return undefined
    if (token.kind === 'and' || token.kind === 'end') {
      at += 1
      continue
    }
    const isDays = ['day', 'days', 'holidays'].includes(token.kind)
    const read = isDays ? daysFrom(tokens, at) : timesFrom(tokens, at)
    if (read === undefined) return undefined
    const last = blocks.at(-1)
    // "Monday and Tuesday" is one run, however many words join it; "8-12 and 13-17" too.
    if (isOpen(last) && isOpen(read.block) && tokens[at - 1]?.kind !== 'end')
      blocks[blocks.length - 1] = { kind: 'times', spans: [...last.spans, ...read.block.spans] }
    else blocks.push(read.block)
    at = read.next
  }
  return blocks
}

function isOpen(block: Block | undefined): block is Extract<Block, { kind: 'times' }> {
  return block?.kind === 'times' && block.spans.length > 0
}

type Reading = { block: Block; next: number } | undefined

function daysFrom(tokens: readonly HoursToken[], start: number): Reading {
  const days = new Set<number>()
  let holidays = false
  let isExcept = false
  let at = start
  for (;;) {
    const token = tokens[at]
    if (token?.kind === 'holidays') {
      if (isExcept) return undefined
      holidays = true
      at += 1
    } else if (token?.kind === 'days' || token?.kind === 'day') {
      const last = tokens[at + 1]?.kind === 'range' ? tokens[at + 2] : undefined
      const named = token.kind === 'days' ? token.days : rangeOf(token.day, last)
      if (named === undefined) return undefined
      for (const day of named) {
        if (isExcept) days.delete(day)
        else days.add(day)
      }
      at += last === undefined ? 1 : 3
    } else return undefined
    const joint = tokens[at]
    const next = tokens[at + 1]
    const goesOn = next?.kind === 'day' || next?.kind === 'days' || next?.kind === 'holidays'
    if (joint?.kind === 'except' && goesOn) isExcept = true
    else if (joint?.kind === 'day' || joint?.kind === 'days') continue
    else if (joint?.kind !== 'and' || !goesOn) break
    at += 1
  }
  return days.size > 0 || holidays ? { block: { kind: 'days', days, holidays }, next: at } : undefined
}

function rangeOf(first: number, last: HoursToken | undefined): number[] | undefined {
  if (last === undefined) return [first]
  if (last.kind !== 'day') return undefined
  return Array.from({ length: ((last.day - first + 7) % 7) + 1 }, (_, step) => (first + step) % 7)
}

function timesFrom(tokens: readonly HoursToken[], at: number): Reading {
  const token = tokens[at]
  if (token?.kind === 'off') return { block: { kind: 'times', spans: [] }, next: at + 1 }
  if (token?.kind === 'always')
    return { block: { kind: 'times', spans: [{ from: '00:00', to: '24:00' }] }, next: at + 1 }
  const last = tokens[at + 2]
  if (token?.kind !== 'time' || tokens[at + 1]?.kind !== 'range' || last?.kind !== 'time') return undefined
  const span = spanOf(token.time, last.time)
  return span === undefined ? undefined : { block: { kind: 'times', spans: [span] }, next: at + 3 }
}

/** Days with the times that follow them, or times with the days that follow: the whole text goes one way. */
function paired(blocks: readonly Block[]): Rule[] | 'words' | 'noDays' {
  if (blocks.length === 0) return 'words'
  if (blocks.every(({ kind }) => kind === 'times')) return 'noDays'
  if (blocks.length % 2 === 1) return 'words'
  const rules: Rule[] = []
  for (let at = 0; at < blocks.length; at += 2) {
    const pair = [blocks[at], blocks[at + 1]]
    const days = pair.find((block) => block?.kind === 'days')
    const times = pair.find((block) => block?.kind === 'times')
    if (days?.kind !== 'days' || times?.kind !== 'times') return 'words'
    // "Closed Friday" may stand behind "Mon-Thu 8-4"; anything else keeps the order of the first pair.
    if (times.spans.length > 0 && pair[0]?.kind !== blocks[0]?.kind) return 'words'
    rules.push({ ...days, spans: times.spans })
  }
  return rules
}

function written(rules: readonly Rule[]): string | undefined {
  const week: (Set<string> | undefined)[] = DAYS.map(() => undefined)
  let holidays: string | undefined
  for (const { days, holidays: isForHolidays, spans } of rules) {
    const times = spans.map(({ from, to }) => `${from}-${to}`)
    if (isForHolidays) holidays = times.length === 0 ? 'off' : times.toSorted().join(',')
    for (const day of days) {
      // Said to be open and to be closed.
      if (week[day] !== undefined && (week[day].size === 0) !== (times.length === 0)) return undefined
      week[day] = new Set([...(week[day] ?? []), ...times])
    }
  }
  const texts = week.map((times) => times && ([...times].toSorted().join(',') || 'off'))
  const parts: string[] = []
  for (const text of new Set(texts)) {
    if (text === undefined || text === 'off') continue
    parts.push(`${daysWritten(texts.map((one) => one === text))} ${text}`)
  }
  const closed = texts.map((one) => one === 'off')
  if (parts.length > 0 && closed.includes(true)) parts.push(`${daysWritten(closed)} off`)
  if (parts.length === 0) return undefined
  return [...parts, ...(holidays === undefined ? [] : [`PH ${holidays}`])].join('; ')
}

/** "Mo-Fr", "Sa-Th" (round the week), "Mo,We,Fr". */
function daysWritten(isDay: readonly boolean[]): string {
  if (isDay.every(Boolean)) return 'Mo-Su'
  const starts = isDay.flatMap((is, day) => (is && isDay[(day + 6) % 7] === false ? [day] : []))
  return starts
    .map((start) => {
      let length = 1
      while (isDay[(start + length) % 7] === true) length += 1
      const last = DAYS[(start + length - 1) % 7] ?? ''
      const first = DAYS[start] ?? ''
      if (length === 1) return first
      return length === 2 ? `${first},${last}` : `${first}-${last}`
    })
    .join(',')
}
