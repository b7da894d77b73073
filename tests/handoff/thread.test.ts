import { describe, expect, it } from 'vitest'
import { sensitive } from '../../src/privacy/sensitive.ts'
import type { EntryId } from '../../src/storage/cases.ts'
import { type House, MINUTE, newAccount, newCase, newEntry, openHandoff, START } from './handoff-house.ts'

const ada = newAccount()

async function claimed(house: House) {
  const id = await house.asked()
  await house.claim(id, ada, 5)
  house.person.heard.length = 0
  return id
}

describe('what is said in a case', () => {
  it('keeps its order, between her and the caseworker', async () => {
    const house = openHandoff()
    const id = await claimed(house)
    await house.says(id, 'one')
    await house.write(id, ada, newEntry(), 'two')
    await house.card(id, ada, newEntry(), 'svc-1')
    await house.note(id, ada, newEntry(), 'not for her')
    await Promise.all(['three', 'four', 'five'].map((text) => house.says(id, text)))
    expect(await house.lines(id, ada)).toEqual([
      'opened',
      'claimed',
      'person one',
      'caseworker two (shown)',
      'card Title of svc-1 (shown)',
      'note not for her',
      'person three',
      'person four',
      'person five',
    ])
    expect(house.person.heard).toEqual(['wrote two', 'card svc-1'])
    expect((await house.thread(id, ada, 6))?.map(({ seq }) => seq)).toEqual([7, 8, 9])
  })

  it('is there once when the same message comes twice', async () => {
    const house = openHandoff()
    const id = await claimed(house)
    const item = newEntry()
    await Promise.all([house.says(id, 'hello', item), house.says(id, 'hello', item)])
    await house.beside().personWrote({ id: item, case: id, text: sensitive('hello'), at: START })
    expect(await house.lines(id, ada)).toEqual(['opened', 'claimed', 'person hello'])
    expect((await house.queue())[0]?.unanswered).toBe(1)
  })

  it('is sent once by a double click, in one process and in two', async () => {
    const house = openHandoff()
    const other = house.beside()
    const id = await claimed(house)
    const entry = newEntry()
    const answers = await Promise.all([
      house.write(id, ada, entry, 'hi'),
      house.write(id, ada, entry, 'hi'),
      other.write(id, ada, entry, 'hi'),
    ])
    expect(answers).toEqual(['done', 'done', 'done'])
    expect(await house.lines(id, ada)).toEqual(['opened', 'claimed', 'caseworker hi (shown)'])
    // Two processes may both hand it over, under one id: her conversation takes it once.
    expect(new Set(house.person.ids.slice(1))).toEqual(new Set([entry]))
  })

  it('is handed over once by two clicks, at once or after one another', async () => {
    const house = openHandoff()
    const id = await claimed(house)
    const entry = newEntry()
    await Promise.all([house.write(id, ada, entry, 'hi'), house.write(id, ada, entry, 'hi')])
    await house.write(id, ada, entry, 'hi')
    expect(house.person.heard).toEqual(['wrote hi'])
    await house.says(id, 'thank you')
    await house.write(id, ada, entry, 'hi')
    expect((await house.queue())[0]?.unanswered).toBe(1)
  })

  it('reaches a case that nobody has yet, and is counted until it is answered', async () => {
    const house = openHandoff()
    const id = await house.asked()
    await house.says(id, 'is anyone there?')
    await house.says(id, 'please')
    expect((await house.queue())[0]?.unanswered).toBe(2)
    await house.claim(id, ada, 5)
    expect(await house.lines(id, ada)).toEqual([
      'opened',
      'person is anyone there?',
      'person please',
      'claimed',
    ])
    await house.note(id, ada, newEntry(), 'a note answers nothing')
    expect((await house.queue())[0]?.unanswered).toBe(2)
    await house.write(id, ada, newEntry(), 'I am here')
    expect((await house.queue())[0]?.unanswered).toBe(0)
  })

  it.each([
    ['HTML', '<img src=x onerror=alert(1)><script>alert("&amp;")</script>'],
    ['a template', '$t(menu.start) {{name}} ${process.env.HOME} %s'],
    [
      'direction overrides',
      '\u202Egnorw\u202C \u2066\u05E9\u05DC\u05D5\u05DD\u2069 \u200F\u0645\u0631\u062D\u0628\u0627',
    ],
    ['joined emoji and a lone surrogate', '👩🏽‍🚒 \uD83D end'],
    ['control characters and a field of JSON', '\u0000\u001B[31m","kind":"note\r\n\t'],
  ])('is kept and given back as it is: %s', async (_what, text) => {
    const house = openHandoff()
    const id = await claimed(house)
    await house.says(id, text)
    await house.write(id, ada, newEntry(), text)
    await house.note(id, ada, newEntry(), text)
    const texts = (await house.thread(id, ada, 2))?.map((entry) => 'text' in entry && entry.text)
    expect(texts).toEqual([text, text, text])
    expect(house.person.heard).toEqual([`wrote ${text}`])
  })

  it('is cut after 4,096 characters when she wrote 20,000, and never inside one', async () => {
    const house = openHandoff()
    const id = await claimed(house)
    await house.says(id, 'x'.repeat(20_000))
    await house.says(id, `${'x'.repeat(4_095)}👩`)
    const texts = (await house.thread(id, ada, 2))?.map((entry) => ('text' in entry ? entry.text.length : 0))
    expect(texts).toEqual([4_096, 4_095])
  })

  it('has no more than 1,000 characters from a caseworker, and not none', async () => {
    const house = openHandoff()
    const id = await claimed(house)
    for (const text of ['', 'x'.repeat(1_001)])
      await expect(house.write(id, ada, newEntry(), text)).rejects.toThrow(RangeError)
    expect(await house.write(id, ada, newEntry(), 'x'.repeat(1_000))).toBe('done')
  })

  it.each(['', 'abc', `${'A'.repeat(21)}B`, 'A'.repeat(23), `${'A'.repeat(21)}/`])(
    'is not written under the id "%s", which would be another after it was stored',
    async (entry) => {
      const house = openHandoff()
      const id = await claimed(house)
      await expect(house.write(id, ada, entry as EntryId, 'hello')).rejects.toThrow(RangeError)
      expect(await house.lines(id, ada)).toEqual(['opened', 'claimed'])
    },
  )

  it('goes nowhere when there is no such case', async () => {
    const house = openHandoff()
    await house.says(newCase(), 'hello')
    await house.is(newCase(), 'here')
    expect(house.person.heard).toEqual([])
  })
})

describe('a person who is not there', () => {
  it('gets nothing after she left, and everything in order when she is back', async () => {
    const house = openHandoff()
    const id = await claimed(house)
    await house.is(id, 'left')
    for (const text of ['one', 'two']) expect(await house.write(id, ada, newEntry(), text)).toBe('done')
    await house.card(id, ada, newEntry(), 'svc-1')
    expect(house.person.heard).toEqual([])
    expect(await house.lines(id, ada)).toEqual([
      'opened',
      'claimed',
      'left',
      'caseworker one (waiting)',
      'caseworker two (waiting)',
      'card Title of svc-1 (waiting)',
    ])
    expect((await house.queue())[0]?.presence).toBe('left')
    await house.is(id, 'here')
    expect(house.person.heard).toEqual(['wrote one', 'wrote two', 'card svc-1'])
    expect((await house.lines(id, ada))?.slice(3)).toEqual([
      'caseworker one (shown)',
      'caseworker two (shown)',
      'card Title of svc-1 (shown)',
      'back',
    ])
  })

  it('is offered again what her conversation keeps, only when she is here', async () => {
    const house = openHandoff()
    const id = await claimed(house)
    house.clock.pass(11 * MINUTE)
    house.person.answer = () => 'waiting'
    const entry = newEntry()
    await house.write(id, ada, entry, 'one')
    await house.write(id, ada, newEntry(), 'two')
    await house.sweep(house.clock.now())
    expect(house.person.heard).toEqual(['wrote one', 'wrote two'])
    expect((await house.lines(id, ada))?.slice(2)).toEqual([
      'caseworker one (waiting)',
      'caseworker two (waiting)',
    ])
    house.person.answer = () => 'shown'
    await house.is(id, 'here')
    expect(house.person.heard.slice(2)).toEqual(['wrote one', 'wrote two'])
    expect(house.person.ids.filter((one) => one === entry)).toHaveLength(2)
    expect((await house.lines(id, ada))?.slice(2)).toEqual([
      'caseworker one (shown)',
      'caseworker two (shown)',
    ])
    await house.is(id, 'here')
    expect(house.person.heard).toHaveLength(4)
  })

  it('gets what was kept for her before what is written now, though handing it over failed at first', async () => {
    const house = openHandoff()
    const id = await claimed(house)
    house.clock.pass(11 * MINUTE)
    house.person.answer = () => 'waiting'
    await house.write(id, ada, newEntry(), 'one')
    house.person.answer = () => Promise.reject(new Error('the turn failed'))
    await house.is(id, 'here')
    house.person.answer = () => 'shown'
    await house.write(id, ada, newEntry(), 'two')
    expect(house.person.heard.slice(2)).toEqual(['wrote one', 'wrote two'])
  })

  it('who does not take a message is seen at the desk', async () => {
    const house = openHandoff()
    const id = await claimed(house)
    house.person.answer = () => 'notTaken'
    await house.write(id, ada, newEntry(), 'one')
    await house.is(id, 'here')
    expect(house.person.heard).toEqual(['wrote one'])
    expect((await house.lines(id, ada))?.at(-1)).toBe('caseworker one (notTaken)')
  })

  it('still gets what waits when the case was closed meanwhile', async () => {
    const house = openHandoff()
    const id = await claimed(house)
    await house.is(id, 'left')
    await house.write(id, ada, newEntry(), 'the clinic is open until six')
    await house.close(id, ada, 'referred')
    expect(house.person.heard).toEqual([])
    house.clock.pass(MINUTE)
    await house.is(id, 'here')
    expect(house.person.heard).toEqual(['wrote the clinic is open until six', 'ended closed'])
  })

  it('is not brought back by an old item that comes once more', async () => {
    const house = openHandoff()
    const id = await claimed(house)
    const old = { id: newEntry(), case: id, presence: 'here' as const, at: house.clock.now() }
    house.clock.pass(10)
    await house.is(id, 'left')
    await house.write(id, ada, newEntry(), 'one')
    await house.presence(old)
    expect((await house.queue())[0]?.presence).toBe('left')
    expect(house.person.heard).toEqual([])
  })
})

describe('a crash', () => {
  it('before she got a message hands it over once more under the same id when she is here', async () => {
    const house = openHandoff()
    const id = await claimed(house)
    house.person.answer = () => Promise.reject(new Error('the turn failed'))
    const entry = newEntry()
    expect(await house.write(id, ada, entry, 'one')).toBe('done')
    expect((await house.lines(id, ada))?.at(-1)).toBe('caseworker one (waiting)')
    house.person.answer = () => 'shown'
    const after = house.beside()
    await after.presence({ id: newEntry(), case: id, presence: 'here', at: house.clock.now() + 1 })
    expect(house.person.ids.slice(-2)).toEqual([entry, entry])
    expect((await house.lines(id, ada))?.at(-1)).toBe('caseworker one (shown)')
  })

  it('after she got it, before that was written down, does the same', async () => {
    let fail = 0
    const house = openHandoff({
      wrapCases: (cases) => ({
        ...cases,
        commit: (change) => (--fail === 0 ? Promise.reject(new Error('full')) : cases.commit(change)),
      }),
    })
    const id = await claimed(house)
    const entry = newEntry()
    fail = 2
    expect(await house.write(id, ada, entry, 'one')).toBe('done')
    expect(house.person.heard).toEqual(['wrote one'])
    expect((await house.lines(id, ada))?.at(-1)).toBe('caseworker one (waiting)')
    await house.sweep(house.clock.now())
    expect(house.person.heard).toEqual(['wrote one', 'wrote one'])
    expect(house.person.ids.slice(-2)).toEqual([entry, entry])
    expect((await house.lines(id, ada))?.at(-1)).toBe('caseworker one (shown)')
  })

  it('keeps the order of what she has yet to get', async () => {
    const house = openHandoff()
    const id = await claimed(house)
    house.person.answer = (what) =>
      what === 'wrote one' ? Promise.reject(new Error('the turn failed')) : 'shown'
    await house.write(id, ada, newEntry(), 'one')
    await house.write(id, ada, newEntry(), 'two')
    expect(house.person.heard).toEqual(['wrote one', 'wrote one'])
    house.person.answer = () => 'shown'
    await house.sweep(house.clock.now())
    expect(house.person.heard.slice(2)).toEqual(['wrote one', 'wrote two'])
  })

  it('before she was told that a case ended is made good after the next start', async () => {
    const house = openHandoff()
    const id = await claimed(house)
    house.person.answer = () => Promise.reject(new Error('the process ended'))
    await house.close(id, ada, 'helped')
    house.person.answer = () => 'shown'
    const after = house.beside()
    expect(await after.sweepOrphans()).toBe(0)
    await after.sweep(house.clock.now())
    await after.sweep(house.clock.now())
    expect(house.person.heard).toEqual(['ended closed', 'ended closed'])
    expect(new Set(house.person.ids.slice(-2)).size).toBe(1)
  })

  it('while a message was written leaves it to be sent again', async () => {
    let fail = 0
    const house = openHandoff({
      wrapCases: (cases) => ({
        ...cases,
        commit: (change) => (--fail === 0 ? Promise.reject(new Error('full')) : cases.commit(change)),
      }),
    })
    const id = await claimed(house)
    const [hers, ours] = [newEntry(), newEntry()]
    fail = 1
    await expect(house.says(id, 'hello', hers)).rejects.toThrow('full')
    await house.says(id, 'hello', hers)
    fail = 1
    await expect(house.write(id, ada, ours, 'hi')).rejects.toThrow('full')
    expect(await house.write(id, ada, ours, 'hi')).toBe('done')
    fail = 1
    await expect(house.close(id, ada, 'helped')).rejects.toThrow('full')
    expect(house.person.heard).toEqual(['wrote hi'])
    expect(await house.close(id, ada, 'helped')).toBe('done')
    expect(await house.cases.entries(id, 2, 9)).toHaveLength(3)
  })
})

describe('whether she is there', () => {
  it('is said in coarse words: here for ten minutes after her last sign, then away, and left when she left', async () => {
    const house = openHandoff()
    const id = await house.asked()
    const presence = async () => (await house.find(id))?.presence
    expect(await presence()).toBe('here')
    house.clock.pass(9 * MINUTE)
    await house.says(id, 'hello')
    house.clock.pass(9 * MINUTE)
    expect(await presence()).toBe('here')
    house.clock.pass(2 * MINUTE)
    expect(await presence()).toBe('away')
    await house.presence({ id: newEntry(), case: id, presence: 'left', at: house.clock.now() })
    expect(await presence()).toBe('left')
  })

  it("moves the end of WhatsApp's day with every sign of her", async () => {
    const house = openHandoff()
    const id = await house.asked()
    house.clock.pass(MINUTE)
    const at = house.clock.now()
    await house.presence({
      id: newEntry(),
      case: id,
      presence: 'here',
      at,
      windowUntil: at + 24 * 60 * MINUTE,
    })
    expect((await house.find(id))?.windowUntil).toBe(at + 24 * 60 * MINUTE)
  })
})

describe('a message to her', () => {
  it('is on her screen only when the platform took it', async () => {
    const house = openHandoff()
    const [id, entry] = [await house.asked(), newEntry()]
    await house.claim(id, ada, 5)
    house.person.answer = () => 'waiting'
    await house.write(id, ada, entry, 'are you well?')
    const delivery = async () =>
      (await house.thread(id, ada, 0))?.flatMap((one) => ('delivery' in one ? [one.delivery] : []))
    expect(await delivery()).toEqual(['waiting'])
    await house.delivered({ case: id, entry, delivery: 'shown' })
    expect(await delivery()).toEqual(['shown'])
    await house.presence({ id: newEntry(), case: id, presence: 'here', at: house.clock.now() + 1 })
    expect(house.person.heard.filter((one) => one.startsWith('wrote'))).toHaveLength(1)
  })

  it('that the platform will not take is not called delivered', async () => {
    const house = openHandoff()
    const [id, entry] = [await house.asked(), newEntry()]
    await house.claim(id, ada, 5)
    house.person.answer = () => 'waiting'
    await house.write(id, ada, entry, 'are you well?')
    await house.delivered({ case: id, entry, delivery: 'notTaken' })
    const [last] = (await house.thread(id, ada, 0))?.toReversed() ?? []
    expect(last).toMatchObject({ kind: 'caseworker', delivery: 'notTaken' })
  })

  it('that waits is read before the end of the talk is told', async () => {
    const house = openHandoff()
    const id = await house.asked()
    await house.claim(id, ada, 5)
    house.person.answer = (what) => (what.startsWith('wrote') ? 'waiting' : 'shown')
    await house.write(id, ada, newEntry(), 'write again when you can')
    await house.close(id, ada, 'helped')
    expect(house.person.heard).not.toContain('ended closed')
    house.person.answer = () => 'shown'
    house.clock.pass(MINUTE)
    await house.presence({ id: newEntry(), case: id, presence: 'here', at: house.clock.now() })
    expect(house.person.heard.slice(-2)).toEqual(['wrote write again when you can', 'ended closed'])
  })
})
