import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CLOSED_WORDS, EVENTS } from '../../src/operations/log.ts'

/**
 * Reads a log line as somebody would who took the log: everything in it must be of the catalogue, down to the last
 * character. Returns what is wrong, or undefined.
 */
const TOP = join(import.meta.dirname, '../..')
const LEVEL_AND_TIME = /^\{"level":30,"time":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z",/u
/** Larger than any count of a sweep, smaller than any telephone number. */
const LARGEST = 1_000_000
const FRAME = /^((?:src|flows|tests|bench)\/[\w./-]+):\d{1,5}$/u

export function faultOfLine(line: string): string | undefined {
  if (!LEVEL_AND_TIME.test(line)) return 'it is no line of the log'
  let read: Record<string, unknown>
  try {
    read = JSON.parse(line) as Record<string, unknown>
  } catch {
    return 'it is cut off'
  }
  const { level, time, event, ...fields } = read
  if (JSON.stringify({ level, time, ...fields, event }) !== line) return 'it says something twice'
  if (!EVENTS.some((known) => known === event)) return 'its event is not in the catalogue'
  const [bad] = Object.entries(fields).filter(
    ([name, value]) => !/^[a-zA-Z]{1,30}$/u.test(name) || !isOfTheCatalogue(value),
  )
  return bad === undefined ? undefined : `its field ${bad[0]} is not of the catalogue`
}

function isOfTheCatalogue(value: unknown): boolean {
  if (typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < LARGEST
  if (typeof value === 'string') return CLOSED_WORDS.some((word) => word === value)
  return isShape(value)
}

function isShape(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { class: name, code, frames, ...more } = value as Record<string, unknown>
  if (Object.keys(more).length > 0 || !Array.isArray(frames)) return false
  if (typeof name !== 'string' || !/^[A-Za-z]{1,60}$/u.test(name)) return false
  if (typeof code !== 'string' || /\d{3}|[^\w.]/u.test(code)) return false
  return frames.every((frame) => {
    const path = typeof frame === 'string' ? FRAME.exec(frame)?.[1] : undefined
    return path !== undefined && existsSync(join(TOP, path))
  })
}

/** What the service says on standard error besides its log: lines for whoever started it. */
const FOR_THE_STARTER = [
  /^The desk has no account yet\. First administrator: https?:\/\/[\w.:-]+\/desk\/#invite=[\w-]+$/u,
  // A refused start names a setting or a file and what to do; nobody has written anything yet.
  /^(?:[A-Z][A-Z_]+|\.env|locales\/[\w./-]+|Telegram refuses TELEGRAM_BOT_TOKEN\.) .+$/u,
]

export function isForTheStarter(line: string): boolean {
  return FOR_THE_STARTER.some((shape) => shape.test(line))
}

/** Which of the values stand in the text, as they are or as JSON would write them. */
export function leaks(text: string, values: Iterable<string>): string[] {
  return [...values].filter(
    (value) => text.includes(value) || text.includes(JSON.stringify(value).slice(1, -1)),
  )
}
