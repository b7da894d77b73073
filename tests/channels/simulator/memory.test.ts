import { describe, expect, test } from 'vitest'
import { createEventReader } from '../../../src/channels/simulator/ui/event-lines.ts'
import {
  emptyMemory,
  erased,
  happened,
  preview,
  refused,
  taken,
  wrote,
} from '../../../src/channels/simulator/ui/memory.ts'
import { directionOf } from '../../../src/channels/simulator/ui/wording.ts'
import type { PhoneEvent } from '../../../src/channels/simulator/wire.ts'
import { plain, TELEGRAM } from './start-simulator.ts'

const empty = emptyMemory(TELEGRAM)
const hello = { tag: 'tag-of-the-test-a', content: { kind: 'text', text: 'hello' } } as const
const asked = wrote(empty, hello, { text: 'hello', sign: 'text' })
const sent = (tag: string, text = tag): PhoneEvent => ({ kind: 'message', tag, at: 1, message: plain(text) })

describe('a phone', () => {
  test('keeps what it wrote waiting until the server took it', () => {
    expect(asked.waiting).toEqual([hello])
    expect(asked.bubbles[0]).not.toHaveProperty('at')
    const after = taken(asked, hello.tag, 5)
    expect(after.waiting).toEqual([])
    expect(after.bubbles).toMatchObject([{ text: 'hello', at: 5 }])
  })

  test('marks what was refused', () => {
    expect(refused(asked, hello.tag)).toMatchObject({ waiting: [], bubbles: [{ refused: true }] })
  })

  test('shows a message that arrives twice once', () => {
    const twice = happened(happened(empty, 'run-1', sent('a')), 'run-2', sent('a'))
    expect(twice.bubbles).toHaveLength(1)
    expect(twice.last).toBe('run-2')
  })

  test('loses what was forgotten, of both sides, and notes how many and when', () => {
    const before = happened(happened(asked, 'run-1', sent('a')), 'run-2', sent('b'))
    const after = happened(before, 'run-3', { kind: 'forgotten', tags: [hello.tag, 'a', 'unknown'], at: 9 })
    expect(after.bubbles.map(({ tag }) => tag)).toEqual(['b'])
    expect(after.deletions).toEqual([{ what: 'messages', count: 2, at: 9 }])
  })

  test('notes nothing when nothing was there to forget', () => {
    expect(happened(empty, 'run-1', { kind: 'forgotten', tags: ['a'], at: 9 }).deletions).toEqual([])
  })

  test('takes nothing from a contact that is blocked', () => {
    expect(happened({ ...empty, blocked: true }, 'run-1', sent('a'))).toMatchObject({
      bubbles: [],
      last: 'run-1',
    })
  })

  test('notes an erased record', () => {
    expect(erased(empty, { what: 'record', count: 1, at: 3 }).deletions).toHaveLength(1)
  })
})

describe('the notification', () => {
  test('is the first 60 characters of the newest message that came, on one line', () => {
    const text = `Hello.\n\n${'👍'.repeat(100)}`
    const shown = preview(happened(asked, 'run-1', sent('a', text)))?.text
    expect(shown).toBe(`Hello. ${'👍'.repeat(53)}…`)
  })

  test('is none while nothing came', () => expect(preview(asked)).toBeUndefined())
})

describe('the event reader', () => {
  const wire = `: here\n\nid: run-1\ndata: ${JSON.stringify(sent('a', 'Grüße'))}\n\n: still here\n\nid: run-2\ndata: ${JSON.stringify(sent('b'))}\n\n`

  test('reads the same events however the stream was cut', () => {
    for (let cut = 0; cut <= wire.length; cut += 1) {
      const read = createEventReader()
      const arrived = [...read(wire.slice(0, cut)), ...read(wire.slice(cut))]
      expect(arrived.map(({ id }) => id)).toEqual(['run-1', 'run-2'])
      expect(arrived[0]?.event).toEqual(sent('a', 'Grüße'))
    }
  })
})

test.each([
  ['', 'ltr'],
  ['1. Hello', 'ltr'],
  ['1. مرحبا', 'rtl'],
  ['(שלום) hi', 'rtl'],
  ['Привіт', 'ltr'],
] as const)('"%s" is written %s', (text, direction) => expect(directionOf(text)).toBe(direction))
