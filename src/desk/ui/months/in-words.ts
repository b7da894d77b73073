import type { MonthTable } from '../../wire.ts'
import { count, duration } from '../times.ts'
import { isolate, languageName, locale, named, t } from '../wording.ts'

/** Months, rows and numbers of the statistics in the desk's words. */

const MINUTE = 60_000
const UP_TO = { '15min': 15 * MINUTE, '1h': 60 * MINUTE, '4h': 240 * MINUTE, '24h': 1_440 * MINUTE } as const

export function monthName(month: string): string {
  const format = new Intl.DateTimeFormat(locale(), { month: 'long', year: 'numeric', timeZone: 'UTC' })
  return isolate(format.format(Date.parse(`${month}-15T00:00:00Z`)))
}

export function rowName(measure: MonthTable['measure'], row: string): string {
  if (measure === 'contact') return isolate(languageName(row))
  if (measure === 'gap') return named('need', row)
  if (measure === 'answered') return waitName(row)
  if (row === 'health' || row === 'feelings') return named('need', row)
  return row === 'aidworkers' ? named('need', 'aidConduct') : named('months.topic', row)
}

function waitName(wait: string): string {
  if (!isKnown(wait)) return t('months.longer', { time: duration(UP_TO['24h']) })
  return t('months.upTo', { time: duration(UP_TO[wait]) })
}

const isKnown = (wait: string): wait is keyof typeof UP_TO => Object.hasOwn(UP_TO, wait)

export function shownNumber(shown: number | null): string {
  return shown === null ? t('months.withheld') : count(shown)
}
