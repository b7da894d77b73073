import { beforeAll, describe, expect, it } from 'vitest'
import type { InboundContent } from '../../src/channels/channel.ts'
import type { Engine, Moment } from '../../src/conversation/engine.ts'
import { sensitive } from '../../src/privacy/sensitive.ts'
import { firstContact } from '../../src/turns/heard/first-contact.ts'
import { beginsAgain, isStale, isTooLate, lateOpening } from '../../src/turns/heard/late.ts'
import { englishEngine, MONDAY } from '../conversation/english-engine.ts'

/** What a first message does, and one that comes late. */

const MINUTE_MS = 60_000
const MOMENT: Moment = { now: MONDAY, desk: 'open' }
let engine: Engine
beforeAll(async () => {
  engine = await englishEngine()
})

const text = (words: string): InboundContent => ({ kind: 'text', text: sensitive(words) })
const choice = (id: string): InboundContent => ({ kind: 'choice', id })
const first = (content: InboundContent, entrance: 'open' | 'covered' = 'open') =>
  firstContact(engine, entrance, content, 'whatsapp', MOMENT)

describe('the first message of a stranger', () => {
  it.each(['hello', 'menu', '1', 'where is a clinic'])('%j begins at the beginning', (words) =>
    expect(first(text(words))).toMatchObject({
      kind: 'begin',
      conversation: engine.fresh('whatsapp'),
      happening: { type: 'hello' },
    }),
  )
  it('that speaks of danger or violence is heard at once', () => {
    expect(first(text('he is going to kill me'))).toMatchObject({ happening: { type: 'danger' } })
    expect(first(text('my husband beats me'))).toMatchObject({ happening: { type: 'disclosure' } })
  })
  it('that leaves or erases writes nothing down', () => {
    expect(first(text('exit'))).toEqual({ kind: 'coverLine', erases: false, leaves: true })
    expect(first(text('erase'))).toEqual({ kind: 'coverLine', erases: true, leaves: true })
    expect(first(choice('menu.start:exit'))).toEqual({ kind: 'coverLine', erases: false, leaves: true })
    expect(first(choice('privacy.wipeConfirm:yes'))).toEqual({
      kind: 'coverLine',
      erases: true,
      leaves: true,
    })
  })
  it.each([
    'privacy.wipeConfirm:no',
    'a.privacy.wipeConfirm:yes',
    'privacy.wipeConfirm:yes2',
    'menu.start:exit2',
  ])('a button %j of what is not kept begins at the beginning', (id) =>
    expect(first(choice(id))).toMatchObject({ kind: 'begin', happening: { type: 'hello' } }),
  )
  it('that cannot be read begins at the beginning', () => {
    expect(first({ kind: 'unsupported' } as unknown as InboundContent)).toMatchObject({ kind: 'begin' })
  })
  it('that blocks the bot says nothing, and what the desk has goes', () => {
    expect(first({ kind: 'blocked' })).toEqual({ kind: 'nothing', erases: true })
    expect(first({ kind: 'blocked' }, 'covered')).toEqual({ kind: 'nothing', erases: true })
  })
})

describe('behind a covered entrance', () => {
  it('only the come-back word opens', () => {
    expect(first(text('blue cup'), 'covered')).toMatchObject({ kind: 'begin', happening: { type: 'hello' } })
  })
  it.each(['hello', 'exit', 'he is going to kill me'])('%j gets the ordinary line', (words) =>
    expect(first(text(words), 'covered')).toEqual({ kind: 'coverLine', erases: false, leaves: false }),
  )
  it('a button and what cannot be read get it too, and erasing erases', () => {
    expect(first(choice('menu.start:now'), 'covered')).toEqual({
      kind: 'coverLine',
      erases: false,
      leaves: false,
    })
    expect(first(choice('privacy.wipeConfirm:yes'), 'covered')).toEqual({
      kind: 'coverLine',
      erases: true,
      leaves: false,
    })
    expect(first(text('erase'), 'covered')).toEqual({ kind: 'coverLine', erases: true, leaves: false })
    expect(first({ kind: 'unsupported' } as unknown as InboundContent, 'covered')).toEqual({
      kind: 'coverLine',
      erases: false,
      leaves: false,
    })
  })
})

describe('a message that comes late', () => {
  const inbound = (age: number) => ({ at: MONDAY - age }) as never

  it('is late after fifteen minutes, and too late for any answer after twelve hours', () => {
    expect([15 * MINUTE_MS, 15 * MINUTE_MS + 1].map((age) => isStale(inbound(age), MONDAY))).toEqual([
      false,
      true,
    ])
    expect([720 * MINUTE_MS, 720 * MINUTE_MS + 1].map((age) => isTooLate(inbound(age), MONDAY))).toEqual([
      false,
      true,
    ])
  })

  it('is answered by the opening, by the ordinary line, or by nothing', () => {
    const opening = engine.step(engine.fresh('whatsapp'), { type: 'hello' }, MOMENT).message
    expect(lateOpening(engine, first(text('hello')), MOMENT)).toEqual(opening)
    expect(lateOpening(engine, first(text('he is going to kill me')), MOMENT)).toEqual(opening)
    expect(lateOpening(engine, first(text('exit')), MOMENT)).toEqual(engine.coverLine('en', MONDAY))
    expect(lateOpening(engine, first({ kind: 'blocked' }), MOMENT)).toBeUndefined()
  })

  it('begins a known conversation again only where she has not written since and has not left', () => {
    const minute = Math.floor(MONDAY / MINUTE_MS)
    const known = (lastMinute: number, state = 'menu.start') => {
      const fresh = engine.fresh('whatsapp')
      return { ...fresh, state, context: { ...fresh.context, lastMinute } }
    }
    const age = 20 * MINUTE_MS
    expect(beginsAgain(inbound(age), known(minute - 20), MONDAY)).toBe(true)
    expect(beginsAgain(inbound(age), known(minute - 19), MONDAY)).toBe(false)
    expect(beginsAgain(inbound(age), known(minute - 30, 'cover'), MONDAY)).toBe(false)
    expect(beginsAgain(inbound(13 * 60 * MINUTE_MS), known(0), MONDAY)).toBe(false)
  })
})
