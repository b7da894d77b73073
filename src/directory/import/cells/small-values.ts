import { fold } from '../../../conversation/understand/fold.ts'

/** Numbers, mailboxes, pages and names on Telegram, in the habits that sheets have. undefined: it is none. */

/** "12,5" and "12.5° N" are 12.5; south and west are below zero. */
export function degrees(cell: string): string | undefined {
  const found = /^([+-]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*([NSEWOnsewo])?$/u.exec(asciiDigits(cell).trim())
  if (found === null) return undefined
  const [, number = '', side = ''] = found
  const value = number.replace(',', '.').replace(/^\+/u, '')
  return /[SWOswo]/u.test(side) && !value.startsWith('-') ? `-${value}` : value
}

/** "12.3 45.6 0 0" as Kobo has it, "12.3, 45.6", "12,3; 45,6". */
export function point(cell: string): { lat: string; lon: string } | undefined {
  const text = asciiDigits(cell).trim()
  const parts = (text.includes(';') ? text.split(';') : text.split(/,\s+|\s+|,(?=-?\d+\.)/u)).map((part) =>
    part.trim(),
  )
  const [lat, lon] = parts.map(degrees)
  return parts.length >= 2 && parts.length <= 4 && lat !== undefined && lon !== undefined
    ? { lat, lon }
    : undefined
}

/** "18", "18+", "18 years", "18.0". */
export function wholeNumber(cell: string): string | undefined {
  const text = asciiDigits(cell).trim()
  return /^(\d{1,3})(?:\.0)?\s*\+?\s*(?:years?|yrs?|y\.?o\.?|ans|años|سنة|سنوات|عاما|років|р\.)?$/iu.exec(
    text,
  )?.[1]
}

export function mailbox(part: string): string | undefined {
  const text = part
    .replace(/^mailto:/iu, '')
    .replace(/^<|>$/gu, '')
    .trim()
  return /^[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}$/iu.test(text) ? text : undefined
}

export function page(part: string): string | undefined {
  const text = /^https?:\/\//iu.test(part) ? part : `https://${part}`
  if (!/^https?:\/\/[^\s/]+\.[\p{L}\d-]{2,}/iu.test(text)) return undefined
  return URL.canParse(text) ? text.replaceAll(';', '%3B') : undefined
}

export function telegramName(part: string): string | undefined {
  const name = /^(?:(?:https?:\/\/)?t\.me\/|@)?(\w{4,32})$/iu.exec(part.trim())?.[1]
  return name === undefined || /^\d+$/u.test(name) ? undefined : `@${name}`
}

export function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => fold(digit.codePointAt(0) ?? 0))
}
