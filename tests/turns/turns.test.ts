import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sensitive } from '../../src/privacy/sensitive.ts'
import { type House, heardBy, kept, openHouse } from './house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

async function toMenu(person = 'ada'): Promise<void> {
  for (const text of ['hello', 'yes', 'I understand']) await house.receive(text, { person })
  await house.drain()
}

describe('one turn', () => {
  it('answers a hundred messages of one person in their order, each once', async () => {
    await toMenu()
    const before = house.platform.sent.length
    const texts = Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? 'settings' : 'menu'))
    await Promise.all(texts.map((text) => house.receive(text)))
    await house.drain()
    const answers = house.platform.sent.slice(before)
    expect(answers).toHaveLength(100)
    for (const [index, { message }] of answers.entries())
      expect(
        message.text.startsWith(index % 2 === 0 ? 'I may have' : 'Here is what I can tell'),
        message.text,
      ).toBe(true)
  })

  it('takes the same event once, however often it is delivered, at once or later', async () => {
    const twice = { eventId: sensitive('same') }
    await Promise.all([
      house.receive('hello', twice),
      house.receive('hello', twice),
      house.receive('hello', twice),
    ])
    await house.receive('hello', twice)
    await house.drain()
    expect(heardBy(house)).toHaveLength(1)
    expect(await kept(house)).toBe(1)
  })

  it('makes one conversation of two first messages at once', async () => {
    await Promise.all([house.receive('hello'), house.receive('hi')])
    await house.drain()
    expect(await kept(house)).toBe(1)
    expect(heardBy(house)).toHaveLength(2)
  })

  it('goes on where it was after the house was closed and opened again', async () => {
    const folder = house.folder
    const first = await openHouse({ folder: `${folder}/again` })
    for (const text of ['hello', 'yes', 'I understand', 'health']) await first.receive(text)
    await first.close()
    const second = await openHouse({ folder: `${folder}/again` })
    await second.receive('yes')
    await second.drain()
    expect(heardBy(second).at(-1)).toMatch(/^Some care works best early/u)
    await second.close()
  })

  it('keeps two people apart', async () => {
    await Promise.all([toMenu('ada'), toMenu('eve')])
    await house.receive('rights', { person: 'eve' })
    await house.drain()
    expect(heardBy(house, 'eve').at(-1)).toMatch(/^You have rights/u)
    expect(heardBy(house, 'ada').at(-1)).toMatch(/^Here is what I can tell/u)
  })
})

describe('a person of whom nothing is kept', () => {
  it('who leaves or erases makes no record', async () => {
    for (const text of ['exit', 'erase', 'EXIT']) await house.receive(text)
    await house.drain()
    expect(await kept(house)).toBe(0)
    expect(heardBy(house)).toEqual(Array(3).fill(house.engine.coverLine('en', house.clock.now()).text))
  })

  it('is answered danger at once', async () => {
    await house.receive('he is going to kill me')
    await house.drain()
    expect(heardBy(house).at(-1)).toContain('000')
  })

  it('finds one line behind a covered entrance, the same before, after and without a wipe', async () => {
    const covered = await openHouse({ entrance: 'covered' })
    const ask = async (person: string) => {
      await covered.receive('hello', { person })
      await covered.drain()
      return heardBy(covered, person).at(-1)
    }
    await covered.receive('blue cup', { person: 'ada' })
    await covered.receive('yes', { person: 'ada' })
    await covered.receive('exit', { person: 'ada' })
    await covered.receive('blue cup', { person: 'zoe' })
    await covered.receive('yes', { person: 'zoe' })
    await covered.receive('erase', { person: 'zoe' })
    await covered.receive('yes', { person: 'zoe' })
    await covered.drain()
    const lines = [await ask('ada'), await ask('zoe'), await ask('stranger')]
    expect(new Set(lines).size).toBe(1)
    expect(await kept(covered)).toBe(1)
    await covered.close()
  })
})

describe('an event that comes late', () => {
  const minutesAgo = (minutes: number) => ({ at: house.clock.now() - minutes * 60_000 })
  const opening = () =>
    house.engine.step(
      house.engine.fresh('telegram'),
      { type: 'hello' },
      { now: house.clock.now(), desk: 'none' },
    ).message?.text

  it('of more than 15 minutes makes no record, and a stranger gets the opening once', async () => {
    for (let n = 0; n < 3; n += 1) await house.receive('he is here', minutesAgo(16))
    await house.drain()
    expect(heardBy(house)).toEqual([opening()])
    expect(await kept(house)).toBe(0)
  })

  it('of more than 15 minutes takes nothing up for a known person, and begins with the opening', async () => {
    await toMenu('eve')
    house.clock.pass(25)
    const before = heardBy(house, 'eve').length
    await house.receive('rights', { person: 'eve', ...minutesAgo(16) })
    await house.drain()
    expect(heardBy(house, 'eve').slice(before)).toEqual([opening()])
  })

  it('says nothing to a person who was answered since, who has left, or after half a day', async () => {
    await toMenu('eve')
    const before = heardBy(house, 'eve').length
    await house.receive('rights', { person: 'eve', ...minutesAgo(16) })
    await house.receive('exit', { person: 'eve' })
    await house.drain()
    expect(heardBy(house, 'eve')).toHaveLength(before + 1)
    house.clock.pass(40)
    await house.receive('rights', { person: 'eve', ...minutesAgo(16) })
    await house.receive('hello', { person: 'zoe', ...minutesAgo(13 * 60) })
    await house.drain()
    expect(heardBy(house, 'eve')).toHaveLength(before + 1)
    expect(heardBy(house, 'zoe')).toEqual([])
  })

  it('shows the cover where the entrance is covered', async () => {
    const covered = await openHouse({ entrance: 'covered' })
    await covered.receive('hello', minutesAgo(16))
    await covered.drain()
    expect(heardBy(covered)).toEqual([covered.engine.coverLine('en', covered.clock.now()).text])
    await covered.close()
  })

  it('is obeyed at any age when it leaves or erases', async () => {
    await toMenu()
    await house.receive('exit', { at: house.clock.now() - 3 * 24 * 3_600_000 })
    await house.drain()
    expect(house.platform.forgotten).toHaveLength(1)
    expect(heardBy(house).at(-1)).toBe(house.engine.coverLine('en', house.clock.now()).text)
  })
})

describe('exit', () => {
  it('cancels everything that waits: only the harmless line leaves', async () => {
    await toMenu()
    const before = house.platform.sent.length
    for (const text of ['rights', 'documents', 'menu', 'health']) await house.receive(text)
    await house.receive('exit')
    await house.drain()
    const after = house.platform.sent.slice(before).map(({ message }) => message.text)
    expect(after).toEqual([house.engine.coverLine('en', house.clock.now()).text])
  })

  it('stops what the courier has already taken', async () => {
    await toMenu()
    const texts: string[] = []
    house.platform.answer = async (_to, message) => {
      texts.push(message.text)
      if (texts.length === 1) await house.receive('exit')
      return { kind: 'sent', messageId: sensitive(`m${texts.length}`) }
    }
    for (const text of ['rights', 'menu', 'health']) await house.receive(text)
    await house.drain()
    expect(texts).toHaveLength(2)
    expect(texts[1]).toBe(house.engine.coverLine('en', house.clock.now()).text)
  })

  it('deletes the messages of both sides first on Telegram, and those of the last 48 hours only', async () => {
    await toMenu()
    await house.receive('exit')
    await house.drain()
    const ids = house.platform.forgotten[0]?.ids ?? []
    expect(ids.filter((id) => id.startsWith('hers-'))).toHaveLength(4)
    expect(ids.filter((id) => id.startsWith('bots-'))).toHaveLength(3)
    expect(house.platform.diary.at(-2)).toBe('forget')
  })
})

describe('her own come-back word', () => {
  it('brings her back, is kept only hashed, and stops being tried after five misses', async () => {
    await toMenu()
    for (const text of ['settings', '1', '2', 'yellow kite song', 'exit']) await house.receive(text)
    await house.receive('Yellow  KITE song')
    await house.drain()
    expect(heardBy(house).at(-1)).toMatch(/^Hello. Is this a good moment/u)
    await house.receive('exit')
    for (let miss = 0; miss < 5; miss += 1) await house.receive(`guess number ${miss}`)
    await house.receive('yellow kite song')
    await house.drain()
    expect(heardBy(house).at(-1)).toBe(house.engine.coverLine('en', house.clock.now()).text)
    await house.receive('blue cup')
    await house.drain()
    expect(heardBy(house).at(-1)).toMatch(/^Hello. Is this a good moment/u)
    await house.receive('exit')
    await house.receive('yellow kite song')
    await house.drain()
    expect(heardBy(house).at(-1)).toMatch(/^Hello. Is this a good moment/u)
  })
})

describe('the platform', () => {
  it('that refuses one message does not hold back the next, nor another person', async () => {
    await toMenu()
    house.platform.answer = (_to, message) =>
      message.text.startsWith('You have rights') ? { kind: 'refused' } : { kind: 'sent' }
    await house.receive('rights')
    await house.receive('menu')
    await house.receive('hello', { person: 'eve' })
    await house.drain()
    expect(heardBy(house).at(-1)).toMatch(/^Here is what I can tell/u)
    expect(heardBy(house, 'eve')).toHaveLength(1)
  })

  it('that asks to wait gets the same messages later, in the same order', async () => {
    await toMenu()
    const before = house.platform.sent.length
    const send = house.platform.answer
    house.platform.answer = () => ({ kind: 'later', afterMs: 5_000 })
    await house.receive('rights')
    await house.receive('menu')
    await house.drain()
    expect(house.platform.sent).toHaveLength(before)
    house.platform.answer = send
    house.clock.pass(1)
    await house.drain()
    const after = house.platform.sent.slice(before).map(({ message }) => message.text)
    expect(after).toHaveLength(2)
    expect(after[0]).toMatch(/^You have rights/u)
    expect(after[1]).toMatch(/^Here is what I can tell/u)
  })

  it('that says she blocked us makes us erase what we keep', async () => {
    await toMenu()
    house.platform.answer = () => ({ kind: 'gone' })
    await house.receive('rights')
    await house.drain()
    expect(await kept(house)).toBe(0)
    await toMenu('eve')
    await house.receive({ kind: 'blocked' }, { person: 'eve' })
    expect(await kept(house)).toBe(0)
  })
})

describe('bad input', () => {
  const photos = { kind: 'unsupported' } as const
  it.each([
    ['nothing', ''],
    ['100 kB', 'a b'.repeat(33_000)],
    ['unpaired surrogates', '\ud800 \udfff\ud83d'],
    ['control characters', '\u0000\u0007\u001b[2J'],
    ['only emoji', '😀🕯️👩‍👩‍👧'],
    ['right-to-left overrides', '‮olleh‭ ⁦x'],
    ['template marks', '{{exitWord}} $t(pages.menu.start.text)'],
    ['a photo', photos],
    ['an unknown button', { kind: 'choice', id: 'gone:😀' } as const],
    ['a place outside every pack', { kind: 'place', place: { lat: 89.9, lon: 179.9 } } as const],
    ['no place at all', { kind: 'place', place: { lat: Number.NaN, lon: 1e9 } } as const],
  ])('%s gets a calm page and leaves the record in order', async (_name, content) => {
    await toMenu()
    await house.receive(content)
    await house.drain()
    const text = heardBy(house).at(-1) ?? ''
    expect(text.length).toBeGreaterThan(0)
    expect(text).not.toMatch(/error|undefined|NaN|\{\{/iu)
    await house.receive('menu')
    await house.drain()
    expect(heardBy(house).at(-1)).toMatch(/^Here is what I can tell/u)
  })
})
