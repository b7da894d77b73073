import pino, { type DestinationStream } from 'pino'

/**
 * The only way to write a log line. A line is an event code of the catalogue and numbers, booleans or words of closed
 * sets; text from outside has no way in, and an error is reduced to its class, its code and its own frames.
 */
const EVENTS = [
  'stopped',
  'turn.failed',
  'turn.keySpent',
  'turn.unreadable',
  'courier.refused',
  'courier.dropped',
  'courier.gone',
  'courier.failed',
  'courier.noDesk',
  'wipe.done',
  'wipe.failed',
  'sweep.erased',
  'sweep.orphans',
  'sweep.failed',
  'packs.none',
  'process.unhandled',
] as const
export type EventCode = (typeof EVENTS)[number] | `telegram.${string}`

export type Fields = Readonly<Record<string, number | boolean | ClosedWord | ErrorShape>>
/** Words that may stand in a line; none of them comes from a person or a platform. */
export type ClosedWord = 'telegram' | 'whatsapp' | 'simulator' | 'message' | 'forget' | 'case'

export interface ErrorShape {
  class: string
  code: string
  frames: readonly string[]
}

export interface Log {
  event(code: EventCode, fields?: Fields): void
}

export function createLog(destination?: DestinationStream): Log {
  const options = { base: null, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'event' }
  const lines = destination === undefined ? pino(options, pino.destination(2)) : pino(options, destination)
  return { event: (code, fields = {}) => lines.info(fields, code) }
}

export const silentLog: Log = { event: () => {} }

const WORD = /^[\w.-]{1,60}$/u
const FRAME = /\(?(?:file:\/\/)?[^\s()]*?\/((?:src|flows)\/[\w./-]+):(\d+):\d+\)?$/u

/** Class, code and our own frames as `src/turns/handle.ts:12`. Never the message: it may quote what was typed. */
export function shapeOf(error: unknown): ErrorShape {
  if (!(error instanceof Error)) return { class: typeof error, code: '', frames: [] }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const frames = (error.stack ?? '').split('\n').flatMap((line) => {
    const match = FRAME.exec(line.trim())
    return match === null ? [] : [`${match[1]}:${match[2]}`]
  })
  return {
    class: WORD.test(error.constructor.name) ? error.constructor.name : 'Error',
    code: WORD.test(code) ? code : '',
    frames: frames.slice(0, 8),
  }
}
