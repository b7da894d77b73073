import { spawnSync } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { TelegramEvent } from '../../src/channels/telegram/events.ts'
import { createLog, type EventCode, type Fields, type Log, shapeOf } from '../../src/operations/log.ts'
import { sensitive } from '../../src/privacy/sensitive.ts'
import { readConfig } from '../../src/config.ts'

const WORDS = 'he hits me at Rosewood 17'

/** What a log on standard error writes when it takes seven bytes at a time; the log is an instance of its own. */
const taken: { to: number; some: string }[] = []
vi.doMock('node:fs', async (real) => ({
  ...(await real<typeof import('node:fs')>()),
  writeSync(to: number, bytes: Buffer, at: number) {
    const some = bytes.subarray(at, at + 7).toString('latin1')
    taken.push({ to, some })
    return some.length
  },
}))
const inPieces = await vi.importActual<typeof import('../../src/operations/log.ts')>(
  '../../src/operations/log.ts?pieces',
)
vi.doUnmock('node:fs')

function written(write: (log: Log) => void, create = createLog): string {
  let lines = ''
  write(create({ write: (line: string) => void (lines += line) }))
  return lines
}

describe('a log line', () => {
  it('is a code, a time, and fields of closed kinds', () => {
    const line = JSON.parse(written((log) => log.event('sweep.erased', { count: 3 }))) as object
    expect(line).toEqual({ level: 30, time: expect.any(String) as string, event: 'sweep.erased', count: 3 })
  })

  it('keeps counts, yes and no, words of the closed set and the shape of an error as they are', () => {
    const error = shapeOf(Object.assign(new RangeError('x'), { code: 'ENOSPC' }))
    const fields = { count: 0, late: false, channel: 'whatsapp', kind: 'case', error } as unknown as Fields
    const line = JSON.parse(written((log) => log.event('turn.failed', fields))) as object
    expect(line).toMatchObject({ count: 0, late: false, channel: 'whatsapp', kind: 'case' })
    expect(line).toMatchObject({ error: { class: 'RangeError', code: 'ENOSPC', frames: error.frames } })
  })

  it('says of what is no error only of which kind it is', () => {
    expect(shapeOf(WORDS)).toEqual({ class: 'string', code: '', frames: [] })
    expect(shapeOf(undefined)).toEqual({ class: 'undefined', code: '', frames: [] })
    expect(shapeOf(null)).toEqual({ class: 'object', code: '', frames: [] })
    expect(shapeOf({ code: 'ENOSPC', message: WORDS })).toEqual({ class: 'object', code: '', frames: [] })
  })

  it('takes no code that is no text, and none where there is none', () => {
    expect(shapeOf(new Error('x')).code).toBe('')
    expect(shapeOf(Object.assign(new Error('x'), { code: 7 })).code).toBe('')
    expect(shapeOf(Object.assign(new Error('x'), { code: ['ENOSPC'] })).code).toBe('')
  })

  it('names at most eight places, none of them of a package', () => {
    const deep = (left: number): Error => (left === 0 ? new Error('') : deep(left - 1))
    const { frames } = shapeOf(deep(30))
    expect(frames.length).toBeLessThanOrEqual(8)
    expect(frames.length).toBeGreaterThan(3)
    const far = new Error('x')
    const house = new URL('../../', import.meta.url).pathname
    far.stack = [
      'Error: x',
      `    at f (file://${house}node_modules/pino/a.js:1:2)`,
      `    at g (file://${house}src/config.ts:12:3)`,
      `    at async ${house}src/main.ts:4:5`,
      '    at h (/elsewhere/src/main.ts:1:1)',
      '    at i (node:fs:1:1)',
      'at nothing',
    ].join('\n')
    expect(shapeOf(far).frames).toEqual(['src/config.ts:12', 'src/main.ts:4'])
    for (const odd of [{ stack: 7 }, { stack: undefined }, { message: 7 }])
      expect(shapeOf(Object.assign(new Error('x'), odd)).frames).toEqual([])
  })

  it('says of an error its class, its code and where it passed in our own files, and nothing else', () => {
    const failed = () => readConfig(null as unknown as Record<string, string>)
    let thrown: unknown
    try {
      failed()
    } catch (error) {
      thrown = error
    }
    const shape = shapeOf(thrown)
    expect(shape.class).toBe('TypeError')
    expect(shape.frames[0]).toMatch(/^src\/config\.ts:\d+$/u)
    for (const frame of shape.frames) expect(frame).toMatch(/^(?:src|tests)\/[\w./-]+:\d+$/u)
  })

  it.each([
    ['in the message', () => new Error(WORDS)],
    ['in the cause', () => new Error('x', { cause: new Error(WORDS) })],
    ['in an aggregate', () => new AggregateError([new Error(WORDS)], WORDS)],
    ['in a field', () => Object.assign(new Error('x'), { payload: { text: WORDS } })],
    ['as the code', () => Object.assign(new Error('x'), { code: WORDS })],
    ['as the name', () => Object.assign(new Error('x'), { name: WORDS })],
    ['as what was thrown', () => WORDS],
    ['in a withheld value', () => new Error(String(sensitive(WORDS)))],
  ])('never holds what a person wrote: %s', (_where, make) => {
    const line = written((log) => log.event('turn.failed', { error: shapeOf(make()) }))
    expect(line).toContain('turn.failed')
    for (const word of WORDS.split(' ').filter(({ length }) => length > 3)) expect(line).not.toContain(word)
  })

  it('takes no text for a frame, however much it looks like one', () => {
    const house = new URL('../../', import.meta.url).pathname
    const forged = `oops\n    at say (file://${house}src/secret-of-hers.ts:1:1)\n    at ${house}src/secret-of-hers.ts:2:2`
    const shape = shapeOf(new Error(forged))
    expect(JSON.stringify(shape)).not.toContain('secret-of-hers')
    expect(shape.frames[0]).toMatch(/^tests\/operations\/log\.test\.ts:/u)
    const renamed = new Error(forged)
    expect(renamed.stack).toContain('secret-of-hers')
    renamed.message = 'changed later'
    expect(shapeOf(renamed).frames).toEqual([])
  })
})

describe('what gets past the types', () => {
  /** Past the log watch too, which would find fault with every line that says `[withheld]`. */
  const unwatched = async (write: (log: Log) => void) => {
    const real = await vi.importActual<typeof import('../../src/operations/log.ts')>(
      '../../src/operations/log.ts',
    )
    return written(write, real.createLog)
  }

  it.each([
    ['words as a field', { error: WORDS }],
    ['words as the name of a field', { [WORDS]: 1 }],
    ['an error as it is', { error: new Error(WORDS) }],
    ['something that looks like an error', { error: { class: WORDS, code: WORDS, frames: [WORDS] } }],
    ['a list', { error: [WORDS] }],
    ['nothing', { error: null }],
    ['a function', { error: () => WORDS }],
  ])('is withheld when the line is written: %s', async (_what, fields) => {
    const line = await unwatched((log) => log.event('turn.failed', fields as unknown as Fields))
    expect(line).toContain('[withheld]')
    for (const word of WORDS.split(' ').filter(({ length }) => length > 3)) expect(line).not.toContain(word)
  })

  it('is withheld as the code of the line', async () => {
    const line = JSON.parse(await unwatched((log) => log.event(WORDS as EventCode))) as { event: string }
    expect(line.event).toBe('[withheld]')
  })

  it('cannot change an error between its shape and its line', () => {
    const shape = shapeOf(new Error('x'))
    expect(() => Object.assign(shape, { class: WORDS })).toThrow(TypeError)
  })

  it.each([
    '4917012345678',
    'A4917012345678',
    'rosewood17',
    'wamid.HBgLNjAxNzM1',
    'ERR_1234',
    'Rosewood',
    '',
  ])('is no code of an error: %s', (code) =>
    expect(shapeOf(Object.assign(new Error('x'), { code })).code).toBe(''),
  )
  it.each(['ENOSPC', 'ERR_SQLITE_ERROR', 'ERR_HTTP2_ERROR', 'UND_ERR_SOCKET', 'config.faulty', 'E2BIG'])(
    'is a code of an error: %s',
    (code) => expect(shapeOf(Object.assign(new Error('x'), { code })).code).toBe(code),
  )
  it('is no class of an error', () => {
    const named = new (class extends Error {})('x')
    Object.defineProperty(named.constructor, 'name', { value: WORDS })
    expect(shapeOf(named).class).toBe('Error')
  })
})

describe('what nobody caught', () => {
  const child = (how: string, stderr: 'pipe' | number = 'pipe') =>
    spawnSync(process.execPath, [join(import.meta.dirname, 'last-resort.child.ts'), how, WORDS], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', stderr],
    })

  it.each([
    ['throws', 'TypeError', ''],
    ['rejects', 'Error', 'ERR_OWN'],
  ])('ends the process with one line of the catalogue: it %s', (how, name, code) => {
    const { status, stdout, stderr } = child(how)
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(JSON.parse(stderr)).toMatchObject({ event: 'process.unhandled', error: { class: name, code } })
    expect(stderr).not.toContain('Rosewood')
  })

  it('is a line and nothing more when it is a warning', () => {
    const { status, stdout, stderr } = child('warns')
    expect(status).toBe(0)
    expect(stdout).toBe('still here\n')
    expect(JSON.parse(stderr)).toMatchObject({ event: 'process.warning', error: { code: '' } })
    expect(stderr).not.toContain('Rosewood')
  })

  it('does not include the log itself: with no room for its lines the service goes on', () => {
    const full = openSync('/dev/full', 'w')
    const { status, stdout } = child('logs', full)
    closeSync(full)
    expect(stdout).toBe('still here\n')
    expect(status).toBe(0)
  })
})

describe('standard error', () => {
  it('gets each line whole, however little of it is taken at a time', () => {
    const log = inPieces.createLog()
    log.event('stopped')
    log.event('wipe.done', { count: 2 })
    expect(taken.every(({ to }) => to === 2)).toBe(true)
    const lines = taken
      .map(({ some }) => some)
      .join('')
      .split('\n')
    expect(lines.slice(0, 2).map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { event: 'stopped' },
      { event: 'wipe.done', count: 2 },
    ])
    expect(lines.slice(2)).toEqual([''])
  })
})

/** Compiles only while every event of the channel is in the catalogue. */
const catalogued: (event: TelegramEvent) => EventCode = (event) => event

describe('the catalogue of events', () => {
  it('knows what the Telegram channel tells', () => {
    expect(catalogued('telegram.polling')).toBe('telegram.polling')
  })
})
