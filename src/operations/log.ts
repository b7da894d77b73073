import { writeSync } from 'node:fs'
import { join, sep } from 'node:path'
import pino, { type DestinationStream } from 'pino'

/**
 * The only way to write a log line. A line is an event code of the catalogue and numbers, booleans or words of closed
 * sets; text from outside has no way in, and an error is reduced to its class, its code and its own frames. The types
 * say so, and it is looked at again when a line is written: what does not belong there stands as `[withheld]`.
 */
export const EVENTS = [
  'stopped',
  'turn.failed',
  'turn.keySpent',
  'turn.unreadable',
  'courier.refused',
  'courier.windowClosed',
  'courier.dropped',
  'courier.gone',
  'courier.failed',
  'courier.noDesk',
  'wipe.done',
  'wipe.failed',
  'sweep.erased',
  'sweep.orphans',
  'upkeep.failed',
  // Another edition of a pack is served, or cannot be read, so that the one before it stays; src/main/publishing.ts.
  'directory.replaced',
  'directory.unreadable',
  'process.unhandled',
  'process.warning',
  // The channel tells these itself; src/channels/telegram/events.ts says what each asks of the operator.
  'telegram.polling',
  'telegram.tokenRefused',
  'telegram.anotherPoller',
  'telegram.webhookSet',
  'telegram.unreachable',
  'telegram.slowedDown',
  'telegram.updatesWaiting',
  'telegram.updateGivenUp',
  'telegram.updateUnreadable',
  'telegram.leftGroup',
  // Likewise; src/channels/whatsapp/events.ts.
  'whatsapp.sending',
  'whatsapp.tokenRefused',
  'whatsapp.accountTrouble',
  'whatsapp.unreachable',
  'whatsapp.slowedDown',
  'whatsapp.sendFailed',
  'whatsapp.accountError',
  'whatsapp.otherNumber',
  'whatsapp.groupIgnored',
  'whatsapp.senderMissing',
  'whatsapp.itemUnreadable',
  'whatsapp.itemsWaiting',
  'whatsapp.itemGivenUp',
  'telegram.listening',
  'handoff.timeLost',
  'handoff.refused',
  'handoff.unreadable',
  'handoff.notDelivered',
  'handoff.withdrawFailed',
  'handoff.sweepFailed',
  'desk.failed',
  'desk.tripwire',
  // How the line to Chatwoot is, and that a wipe there is not done yet; src/handoff/chatwoot/trouble.ts.
  'chatwoot.working',
  'chatwoot.unreachable',
  'chatwoot.slowedDown',
  'chatwoot.tokenRefused',
  'chatwoot.refused',
  'chatwoot.wipeWaiting',
] as const
export type EventCode = (typeof EVENTS)[number]

/** Words that may stand in a line; none of them comes from a person or a platform. */
export const CLOSED_WORDS = ['telegram', 'whatsapp', 'simulator', 'message', 'forget', 'case'] as const
export type ClosedWord = (typeof CLOSED_WORDS)[number]
export type Fields = Readonly<Record<string, number | boolean | ClosedWord | ErrorShape>>

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
  const lines = pino(options, destination ?? standardError)
  return {
    event: (code, fields = {}) => lines.info(allowed(fields), EVENTS.includes(code) ? code : WITHHELD),
  }
}

/** A line that cannot be written (a full disk, a closed pipe) is lost: no call for help may end or wait with it. */
const standardError: DestinationStream = {
  write(line: string) {
    const bytes = Buffer.from(line)
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(2, bytes, at)
    } catch {
      // There is nowhere else to say so.
    }
  },
}

export const silentLog: Log = { event: () => {} }

const WITHHELD = '[withheld]'
const NAME = /^[a-zA-Z]{1,30}$/u
const OWN_SHAPES = new WeakSet<object>()

function allowed(fields: Fields): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      NAME.test(name) ? name : WITHHELD,
      isAllowed(value) ? value : WITHHELD,
    ]),
  )
}

function isAllowed(value: unknown): boolean {
  if (typeof value === 'number' || typeof value === 'boolean') return true
  if (typeof value === 'string') return CLOSED_WORDS.some((word) => word === value)
  return typeof value === 'object' && value !== null && OWN_SHAPES.has(value)
}

/** The name of a class. */
const CLASS = /^[A-Za-z]{1,60}$/u
/** As Node, SQLite and undici write their codes (`ERR_HTTP2_ERROR`), or a code of ours (`config.faulty`): never a number. */
const CODE = /^(?!.*\d{3})(?:[A-Z][A-Z0-9_]{1,59}|[a-z]+\.[a-zA-Z]+)$/u
/** `at f (file:///…/src/turns/handle.ts:12:3)`, as V8 writes it. */
const FRAME = /^at .*?(?:file:\/\/)?(\/[^\s()]+):(\d+):\d+\)?$/u
const HOUSE = join(import.meta.dirname, '../..', sep).replaceAll('\\', '/')

/**
 * Class, code and our own frames as `src/turns/handle.ts:12`. Never the message, which may quote what was typed: it
 * stands at the top of the stack too and is cut off there, so that nothing in it can pass for a frame.
 */
export function shapeOf(error: unknown): ErrorShape {
  if (!(error instanceof Error)) return own({ class: typeof error, code: '', frames: [] })
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const name: unknown = error.constructor.name
  return own({
    class: typeof name === 'string' && CLASS.test(name) ? name : 'Error',
    code: CODE.test(code) ? code : '',
    frames: framesOf(error).slice(0, 8),
  })
}

function own(shape: ErrorShape): ErrorShape {
  OWN_SHAPES.add(Object.freeze(shape))
  return shape
}

function framesOf(error: Error): string[] {
  // Either may be anything: an error is only another object to whoever throws it.
  const { stack, message }: { stack?: unknown; message: unknown } = error
  if (typeof stack !== 'string' || typeof message !== 'string') return []
  const messageAt = stack.indexOf(message)
  if (messageAt < 0) return []
  return stack
    .slice(messageAt + message.length)
    .split('\n')
    .flatMap((line) => {
      const [, path = '', at = ''] = FRAME.exec(line.trim()) ?? []
      return path.startsWith(HOUSE) ? [`${path.slice(HOUSE.length)}:${at}`] : []
    })
    .filter((frame) => !frame.startsWith('node_modules/'))
}
