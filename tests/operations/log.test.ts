import { describe, expect, it } from 'vitest'
import type { TelegramEvent } from '../../src/channels/telegram/events.ts'
import { createLog, type EventCode, shapeOf } from '../../src/operations/log.ts'
import { sensitive } from '../../src/privacy/sensitive.ts'
import { readConfig } from '../../src/config.ts'

const WORDS = 'he hits me at Rosewood 17'

function written(write: (log: ReturnType<typeof createLog>) => void): string {
  let lines = ''
  write(createLog({ write: (line: string) => void (lines += line) }))
  return lines
}

describe('a log line', () => {
  it('is a code, a time, and fields of closed kinds', () => {
    const line = JSON.parse(written((log) => log.event('sweep.erased', { count: 3 }))) as object
    expect(line).toEqual({ level: 30, time: expect.any(String) as string, event: 'sweep.erased', count: 3 })
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

/** Compiles only while every event of the channel is in the catalogue. */
const catalogued: (event: TelegramEvent) => EventCode = (event) => event

describe('the catalogue of events', () => {
  it('knows what the Telegram channel tells', () => {
    expect(catalogued('telegram.polling')).toBe('telegram.polling')
  })
})
