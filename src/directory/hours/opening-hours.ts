/**
 * The subset of the OSM opening hours notation that packs use: `24/7`, or rules joined by `;` such as
 * `Mo-Fr 08:00-12:00,13:00-16:00; Sa[1] 09:00-12:00; PH off`. A later rule replaces an earlier one on the days that it
 * names, and a public holiday follows the last rule that names `PH`; hours past midnight belong to the day on which they
 * began. What is not understood, or says two things at once, is refused as a whole, so that nobody is sent to a closed
 * door.
 */
export interface Span {
  /** Minutes after midnight; `to` goes past 1440 when it ends on the next day. */
  from: number
  to: number
}

/** 0 Monday to 6 Sunday; the week of the month when the rule holds in one only (1 to 5). */
export interface RuleDay {
  day: number
  week?: number
}

export interface Rule {
  days: readonly RuleDay[]
  holidays: boolean
  /** Empty: closed. */
  spans: readonly Span[]
}

export interface Hours {
  rules: readonly Rule[]
}

export type ParsedHours = { hours: Hours } | { problem: string }

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']
const ALL_DAYS: readonly RuleDay[] = DAYS.map((_, day) => ({ day }))
const LONGEST = 300
/** Where the days of a rule end and its times begin. */
const TIMES = /(?:^|\s)(?=\d|off$|closed$)/u
const DAY = /^(Mo|Tu|We|Th|Fr|Sa|Su)(?:-(Mo|Tu|We|Th|Fr|Sa|Su)|\[([1-5])\])?$/u
const SPAN = /^([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/u

export function parseHours(text: string): ParsedHours {
  if (text.length > LONGEST) return { problem: `has more than ${LONGEST} letters` }
  const rules: Rule[] = []
  const parts = text
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one !== '')
  for (const part of parts) {
    const rule = part === '24/7' ? ALWAYS : parseRule(part)
    if ('problem' in rule) return rule
    rules.push(rule)
  }
  if (rules.length === 0) return { problem: 'is empty' }
  const idle = rules.findIndex((rule, at) => isReplaced(rule, rules.slice(at + 1)))
  if (idle === -1) return { hours: { rules } }
  return {
    problem: `has a rule without effect, "${parts[idle] ?? ''}": a later one replaces it, so join times of one day by a comma`,
  }
}

/** Every day of the rule is named again later, and so are the holidays if it names them. */
function isReplaced({ days, holidays }: Rule, later: readonly Rule[]): boolean {
  const isNamed = ({ day, week }: RuleDay) =>
    later.some((rule) =>
      rule.days.some((other) => other.day === day && (other.week === undefined || other.week === week)),
    )
  return days.every(isNamed) && (!holidays || later.some((rule) => rule.holidays))
}

/** Holidays are days like any other here, so no list of them is needed. */
const ALWAYS: Rule = { days: ALL_DAYS, holidays: false, spans: [{ from: 0, to: 1440 }] }

function parseRule(part: string): Rule | { problem: string } {
  const at = part.search(TIMES)
  if (at === -1) return { problem: `has no times in "${part}"` }
  const dayText = part.slice(0, at).replace(/\s/gu, '')
  const timeText = part.slice(at).trim()
  const days: RuleDay[] = []
  let holidays = false
  for (const name of dayText === '' ? [] : dayText.split(',')) {
    if (name === 'PH') {
      holidays = true
      continue
    }
    const found = DAY.exec(name)
    if (found === null) return { problem: `has days that are not understood: "${name}"` }
    const [, first = '', last, week] = found
    const from = DAYS.indexOf(first)
    const to = last === undefined ? from : DAYS.indexOf(last)
    for (let step = 0; step <= (to - from + 7) % 7; step += 1)
      days.push({ day: (from + step) % 7, ...(week === undefined ? {} : { week: Number(week) }) })
  }
  const spans = timeText === 'off' || timeText === 'closed' ? [] : parseSpans(timeText)
  if (spans === undefined) return { problem: `has times that are not understood: "${timeText}"` }
  if (spans.some((one, first) => spans.some((other, second) => first < second && overlap(one, other))))
    return { problem: `has times that overlap in "${timeText}", so nobody knows which are meant` }
  return { days: dayText === '' ? ALL_DAYS : days, holidays, spans }
}

const overlap = (one: Span, other: Span) => one.from < other.to && other.from < one.to

function parseSpans(text: string): Span[] | undefined {
  const spans: Span[] = []
  for (const part of text.split(',').map((one) => one.trim())) {
    const found = SPAN.exec(part)
    if (found === null) return undefined
    const [, fromHour, fromMinute, toHour = '24', toMinute = '00'] = found
    const from = Number(fromHour) * 60 + Number(fromMinute)
    const to = Number(toHour) * 60 + Number(toMinute)
    // "08:00-08:00" may mean a whole day or nothing at all.
    if (from === to) return undefined
    spans.push({ from, to: to > from ? to : to + 1440 })
  }
  return spans
}
