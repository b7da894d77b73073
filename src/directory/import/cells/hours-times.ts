/** Times of a day as people write them, and which half of the day is meant. */
export interface Time {
  hour: number
  minute: number
  half?: 'am' | 'pm'
  /** Written so that it can only be of 24 hours: "08:00" is not, "8h" and "14:00" are. */
  isOfDay: boolean
}

/** "8am", "8:30", "08h30", "8.30", "0800", "16h"; undefined when it is no time of a day. */
export function timeOf(text: string): Time | undefined {
  const found =
    /^(\d{1,2})(?:([:.hг٫])(\d{2}))?(h|hrs|год)?$/u.exec(text) ??
    /^([01]\d|2[0-4])()([0-5]\d)(h|hrs)?$/u.exec(text)
  if (found === null) return undefined
  const [, hours = '', separator = '', minutes = '0', unit = ''] = found
  const [hour, minute] = [Number(hours), Number(minutes)]
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return undefined
  return { hour, minute, isOfDay: separator === 'h' || unit !== '' || hour > 12 || hour === 0 }
}

/**
 * The two ends of a span, each with its half of the day. "9-5" is 09:00-17:00, "9-5pm" too, "1-5pm" is in the afternoon;
 * "8-10pm" may begin in the morning or in the evening, so it is undefined.
 */
export function spanOf(from: Time, to: Time): { from: string; to: string } | undefined {
  const end = minutesOf(to)
  let start = minutesOf(from)
  if (start === undefined || end === undefined) return undefined
  if (from.half === undefined && to.half !== undefined && from.hour <= 12 && !from.isOfDay) {
    const late = (from.hour % 12) * 60 + from.minute + 720
    if (to.half === 'pm' && to.hour !== 12 && late < end) {
      if (from.hour >= 6 && from.hour < 12) return undefined
      start = late
    }
  }
  const isPlain = from.half === undefined && to.half === undefined && !from.isOfDay && !to.isOfDay
  if (isPlain && end <= start) {
    if (end === start || from.hour < 6 || to.hour > 8) return undefined
    return written(start, end + 720)
  }
  // "2-5" is in the afternoon more often than in the night, and may be both.
  if (isPlain && end > start && end < 7 * 60) return undefined
  // "9h-5h" of a 24 hours' clock would last through the night.
  if (end < start && from.half === undefined && start < 12 * 60 + 60) return undefined
  return written(start, end)
}

function minutesOf({ hour, minute, half }: Time): number | undefined {
  // "13:00pm" is 13:00; "13:00am" is nothing.
  if (half === 'am' && hour > 12) return undefined
  if (half === 'am') return (hour % 12) * 60 + minute
  if (half === 'pm' && hour <= 12) return (hour % 12) * 60 + minute + 720
  return hour * 60 + minute
}

function written(start: number, end: number): { from: string; to: string } | undefined {
  if (start === end) return undefined
  const clock = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  return { from: clock(start % 1440), to: end === 0 ? '24:00' : clock(end) }
}
