import { isolate, language, locale, t } from './wording.ts'

/** Times and durations in words, each isolated. Milliseconds. */

const MINUTE = 60_000

export function clockTime(at: number): string {
  const time = new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return isolate(time.format(at))
}

export function dayAndTime(at: number): string {
  const time = new Intl.DateTimeFormat(locale(), {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  return isolate(time.format(at))
}

export function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString()
}

/** `date` as 2026-11-26, of no time zone. */
export function day(date: string, style: 'short' | 'long' | 'year' = 'short'): string {
  const at = Date.parse(`${date}T12:00:00Z`)
  if (Number.isNaN(at)) return date
  const format = new Intl.DateTimeFormat(locale(), {
    day: 'numeric',
    month: style === 'long' ? 'long' : 'short',
    ...(style === 'year' ? { year: 'numeric' } : {}),
    timeZone: 'UTC',
  })
  return isolate(format.format(at))
}

export function duration(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE))
  if (minutes === 0) return t('time.moment')
  const hours = Math.floor(minutes / 60)
  if (hours === 0) return isolate(unit(minutes, 'minute'))
  if (hours >= 48) return isolate(unit(Math.floor(hours / 24), 'day'))
  const rest = minutes % 60
  return isolate(
    rest === 0
      ? unit(hours, 'hour')
      : `${unit(hours, 'hour')}${language.value === 'ar' ? ' و' : ' '}${unit(rest, 'minute')}`,
  )
}

/** Minutes and seconds, as 29:05. */
export function timeLeft(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000))
  return isolate(`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`)
}

export function count(n: number): string {
  return isolate(new Intl.NumberFormat(locale()).format(n))
}

function unit(n: number, name: 'minute' | 'hour' | 'day'): string {
  // The short forms of Arabic are single letters that few people read as a time.
  const unitDisplay = language.value === 'ar' ? 'long' : 'short'
  return new Intl.NumberFormat(locale(), { style: 'unit', unit: name, unitDisplay }).format(n)
}
