import { describe, expect, it } from 'vitest'
import type { FromDesk } from '../../flows/events.ts'
import type { Conversation } from '../../src/conversation/conversation.ts'
import type { Moment } from '../../src/conversation/engine.ts'
import { pages } from '../../src/conversation/pages.ts'
import { LONGEST_TEXT } from '../../src/desk/wire.ts'
import { atMenu, englishEngine, MONDAY } from '../conversation/english-engine.ts'

/** Asking for a person, being answered, and what may never be shown meanwhile. */
const engine = await englishEngine()
const CASE = '12345678'

/** At the menu, with a case that waits. */
function waiting(minute = MONDAY / 60_000): Conversation {
  const { conversation } = atMenu(engine, 'whatsapp')
  const context = { ...conversation.context, case: CASE, caseState: 'waiting' as const, caseMinute: minute }
  return { ...conversation, state: 'menu.start', context: { ...context, lastMinute: minute } }
}
const after = (minutes: number, more: Partial<Moment> = {}): Moment => ({
  now: MONDAY + minutes * 60_000,
  desk: 'open',
  ...more,
})
const CLAIMED: FromDesk = { type: 'caseClaimed' }
const WROTE: FromDesk = { type: 'caseworkerWrote' }
const claim = (at: Conversation, minutes = 1) => engine.step(at, CLAIMED, after(minutes))
const write = (at: Conversation, minutes = 2, reply = 'How are you today?') =>
  engine.step(at, WROTE, after(minutes, { reply }))

function says(text: string, at: Conversation, minutes = 3) {
  const happening = engine.understand(text, at, after(minutes))
  if (happening.type === 'wordGiven') throw new Error('taken for a word')
  return engine.step(at, happening, after(minutes))
}

describe('a case that waits', () => {
  it('gets its number when it is opened, and is asked for by "talk" again', () => {
    const talk = atMenu(engine, 'whatsapp', { newCase: CASE })
    for (const choice of ['talk', 'next', 'next', 'next', 'yes', 'health', 'within72h', 'yes', 'skip'])
      talk.presses(choice)
    expect(talk.page).toBe('talk.sent')
    expect(talk.conversation.context).toMatchObject({ case: CASE, caseState: 'waiting' })
    talk.says('talk')
    expect(talk.page).toBe('talk.waiting')
    talk.presses('takeBack')
    expect(talk.page).toBe('talk.takenBack')
    expect(talk.conversation.context).toMatchObject({ case: '', caseState: '' })
  })

  it('tells the desk when she takes it back', () => {
    const at = { ...waiting(), state: 'talk.waiting' }
    const step = engine.step(at, { type: 'choose.takeBack' }, after(1))
    expect(step.effects).toEqual([{ kind: 'endCase', case: CASE }])
  })
})

describe('a caseworker who answers', () => {
  it('is shown at once to a person who is there', () => {
    const claimed = claim(waiting())
    expect(claimed.page).toBe('talk.active')
    const wrote = write(claimed.conversation)
    expect(wrote.page).toBe('talk.reply')
    expect(wrote.message?.text).toMatch(
      /^This is for you, from the person who answers here\. They write:\n\n/u,
    )
    expect(wrote.message?.text).toContain('How are you today?')
  })

  it('is heard: what she types goes to the desk and the bot is silent, whatever it says', () => {
    const { conversation } = claim(waiting())
    for (const text of ['yes', '1', 'menu', 'he hits me', 'rights', 'I do not know', 'End this talk']) {
      const said = says(text, conversation)
      expect(said.effects, text).toEqual([{ kind: 'tellDesk', case: CASE }])
      expect(said.message, text).toBeUndefined()
      expect(said.conversation.state, text).toBe('talk.active')
    }
  })

  it('hears of danger while the numbers come first', () => {
    const { conversation } = claim(waiting())
    const said = says('he is going to kill me', conversation)
    expect(said.message?.text).toContain('000')
    expect(said.effects).toContainEqual({ kind: 'tellDesk', case: CASE })
    expect(write(said.conversation, 4).message).toBeUndefined()
    const back = engine.step(said.conversation, { type: 'choose.carryOn' }, after(5))
    expect(back.conversation.state).toBe('talk.active')
  })

  it('writes 900 characters that arrive whole', () => {
    const reply = 'a'.repeat(LONGEST_TEXT)
    for (const look of ['whatsapp', 'telegram'] as const) {
      const { conversation } = claim(waiting())
      const at = { ...conversation, context: { ...conversation.context, look } }
      expect(write(at, 2, reply).message?.text).toContain(reply)
    }
  })

  it('may write what looks like markup, and it arrives as it is', () => {
    const reply = '{{exitWord}} $t(pages.menu.start.text) <b>hi</b> \u202Eabc'
    expect(write(claim(waiting()).conversation, 2, reply).message?.text).toContain(reply)
  })

  it('ends the talk, and the bot speaks again', () => {
    const { conversation } = claim(waiting())
    const ended = engine.step(conversation, { type: 'caseEnded', why: 'closed' }, after(2))
    expect(ended.page).toBe('talk.ended')
    expect(ended.conversation.context).toMatchObject({ case: '', caseState: '' })
    expect(says('menu', ended.conversation).page).toBe('menu.start')
  })

  it('gives the case back, and she is told that it waits for somebody else', () => {
    const { conversation } = claim(waiting())
    const released = engine.step(conversation, { type: 'caseEnded', why: 'released' }, after(2))
    expect(released.page).toBe('talk.released')
    expect(released.conversation.context).toMatchObject({ case: CASE, caseState: 'waiting' })
  })

  it('who cannot be found: she gets the lines that listen instead of silence', () => {
    const late = engine.step(waiting(), { type: 'caseEnded', why: 'unanswered' }, after(5))
    expect(late.page).toBe('talk.unanswered')
    expect(late.message?.text).toMatch(/000|999/u)
  })
})

describe('nothing of a case is shown', () => {
  const away = after(11)

  it('to a person who has been away for more than ten minutes: it waits, and no line goes out', () => {
    const { conversation, message } = engine.step(waiting(), CLAIMED, away)
    expect(message).toBeUndefined()
    const wrote = engine.step(conversation, WROTE, after(12, { reply: 'hello' }))
    expect(wrote.message).toBeUndefined()
    expect(wrote.effects).toEqual([])
    expect(wrote.conversation.context).toMatchObject({ answerWaits: true })
  })

  it.each(['talk.active', 'talk.reply'])('on %s either, though she was talking a moment before', (state) => {
    const { conversation } = claim(waiting(), 1)
    const step = engine.step({ ...conversation, state }, WROTE, after(11, { reply: 'hello' }))
    expect([step.message, step.page]).toEqual([undefined, undefined])
    expect(step.conversation.context.answerWaits).toBe(true)
    const released = engine.step({ ...conversation, state }, { type: 'caseEnded', why: 'closed' }, after(11))
    expect(released.message).toBeUndefined()
  })

  it('until she writes again: then the desk is told that she is here', () => {
    const base = engine.step(waiting(), CLAIMED, after(11)).conversation
    const waits = engine.step(base, WROTE, after(12, { reply: 'hello' })).conversation
    const wrote = says('rights', waits, 14)
    expect(wrote.effects).toContainEqual({ kind: 'presence', case: CASE, presence: 'here' })
    expect(engine.step(wrote.conversation, WROTE, after(14, { reply: 'hello' })).page).toBe('talk.reply')
    const menu = says('menu', waits, 14)
    expect(menu.page).toBe('talk.active')
    expect(menu.effects).toContainEqual({ kind: 'presence', case: CASE, presence: 'here' })
  })

  it('by a plain line after WhatsApp has closed the day', () => {
    const base = engine.step(waiting(), CLAIMED, after(11)).conversation
    const at = { ...base, context: { ...base.context, nudge: true } }
    expect(engine.step(at, WROTE, after(24 * 60, { reply: 'hello' })).message).toBeUndefined()
    const onTelegram = { ...at, context: { ...at.context, look: 'telegram' as const } }
    expect(engine.step(onTelegram, WROTE, after(24 * 60, { reply: 'hello' })).message).toBeDefined()
  })

  it('but one plain line, once, when she allowed it', () => {
    const base = engine.step(waiting(), CLAIMED, away).conversation
    const at = { ...base, context: { ...base.context, nudge: true } }
    const first = engine.step(at, WROTE, after(12, { reply: 'hello' }))
    expect(first.message).toEqual({ text: 'There is something new here.', choices: [], layout: 'none' })
    const second = engine.step(first.conversation, WROTE, after(13, { reply: 'hello' }))
    expect(second.message).toBeUndefined()
  })

  it.each([...pages.keys()])('after an exit from %s', (state) => {
    const { conversation } = claim(waiting())
    const left = engine.step({ ...conversation, state }, { type: 'exit', lang: 'en' }, after(2))
    expect(left.effects).toContainEqual({ kind: 'presence', case: CASE, presence: 'left' })
    for (const happening of [CLAIMED, WROTE, { type: 'caseEnded', why: 'released' } as const]) {
      const step = engine.step(left.conversation, happening, after(3, { reply: 'hello' }))
      expect(step.message).toBeUndefined()
      expect(step.conversation.state).toBe('cover')
    }
  })

  it('until she is back, has said that it is safe, and has written her phrase after a long pause', () => {
    const { conversation } = claim(waiting())
    const phrase = { salt: 'AAAA', hash: 'AAAA' }
    const at = { ...conversation, context: { ...conversation.context, checkPhrase: phrase } }
    const left = engine.step(at, { type: 'exit', lang: 'en' }, after(2))
    const wrote = engine.step(left.conversation, WROTE, after(3, { reply: 'hello' }))
    const back = says('blue cup', wrote.conversation, 400)
    expect(back.page).toBe('welcome.safeNow')
    expect(back.effects).toEqual([])
    const asked = says('yes', back.conversation, 401)
    expect(asked.page).toBe('talk.phraseAgain')
    expect(asked.effects).toEqual([])
    const wrong = engine.step(asked.conversation, { type: 'phraseWrong' }, after(402))
    expect([wrong.page, wrong.effects]).toEqual(['talk.phraseAgain', []])
    const right = engine.step(asked.conversation, { type: 'phraseRight' }, after(403))
    expect(right.page).toBe('talk.active')
    expect(right.effects).toEqual([{ kind: 'presence', case: CASE, presence: 'here' }])
  })
})

describe('the desk', () => {
  it('learns at most every five minutes that she is here, never while she is settling or under cover', () => {
    const here = { kind: 'presence', case: CASE, presence: 'here' }
    const first = says('rights', waiting(), 1)
    expect(first.effects).toContainEqual(here)
    const second = says('menu', first.conversation, 2)
    expect(second.effects).not.toContainEqual(here)
    expect(says('rights', second.conversation, 6).effects).toContainEqual(here)
    const left = engine.step(second.conversation, { type: 'exit', lang: 'en' }, after(3))
    expect(says('hello', left.conversation, 9).effects).toEqual([])
    const back = says('blue cup', left.conversation, 10)
    expect(back.effects).toEqual([])
    expect(says('yes', back.conversation, 11).effects).toContainEqual(here)
  })
})

describe('what happens at the desk', () => {
  it.each([...pages.keys(), 'cover'])('gives a case its other number without a word, on %s', (state) => {
    const step = engine.step({ ...waiting(), state }, { type: 'caseIs', case: '87654321' }, after(1))
    expect([step.message, step.effects, step.conversation.state]).toEqual([undefined, [], state])
    expect(step.conversation.context.case).toBe('87654321')
  })

  it('is no sign of her: silence goes on', () => {
    const { conversation } = claim(waiting(), 1)
    const wrote = write(conversation, 9)
    expect(wrote.conversation.context.lastMinute).toBe(waiting().context.lastMinute)
    expect(says('hello there', wrote.conversation, 40).page).toBe('welcome.safeNow')
  })
})
