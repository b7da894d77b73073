import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pseudonym } from '../../src/privacy/pseudonym.ts'
import { sweep } from '../../src/privacy/retention.ts'
import { sensitive } from '../../src/privacy/sensitive.ts'
import type { RotatingVault } from '../../src/privacy/vault/vault.ts'
import type { DeskAddress } from '../../src/turns/from-desk.ts'
import { heardBy, type House, kept, openHouse } from './house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
  house.desk = 'open'
})
afterEach(() => house.close())

/** From hello to a case that waits; resolves to its number. */
async function ask(): Promise<string> {
  const words = ['hello', 'yes', 'I understand', 'talk', 'go on', 'go on', 'go on', 'yes', '1', '2', 'yes']
  for (const text of [...words, 'without words']) await house.receive(text)
  await house.drain()
  const opened = house.told.map(({ parcel }) => parcel.desk).find((one) => one?.kind === 'opened')
  if (opened?.kind !== 'opened') throw new Error(`no case was opened: ${heardBy(house).at(-1) ?? ''}`)
  return opened.case
}

async function address(): Promise<DeskAddress> {
  const [pepper] = await house.vault.peppers()
  if (pepper === undefined) throw new Error('no pepper')
  const conversation = pseudonym(pepper, 'telegram', sensitive('ada'))
  return { channel: 'telegram', look: 'telegram', address: 'ada', conversation }
}

/** Under the key of her conversation, as the handoff keeps it; her name is the one of when she asked. */
async function lasting(): Promise<DeskAddress> {
  const to = await address()
  const stored = await house.conversations.load(to.conversation)
  if (stored === undefined) throw new Error('no conversation')
  return { ...to, key: stored.keyId }
}

let events = 0
async function desk(caseId: string, type: 'caseClaimed' | 'caseworkerWrote', reply?: string) {
  events += 1
  const outcome = await house.fromDesk(await address(), caseId, {
    id: `event-${events}`,
    happening: { type },
    ...(reply === undefined ? {} : { reply }),
  })
  await house.drain()
  return outcome
}
const lastHeard = () => heardBy(house).at(-1)
const said = () =>
  house.told.flatMap(({ parcel }) => (parcel.desk?.kind === 'said' ? [parcel.desk.text] : []))

describe('a person who asked for a person', () => {
  it('is answered by the desk after her name changed with the pepper, and erases her case then too', async () => {
    const id = await ask()
    await desk(id, 'caseClaimed')
    const to = await lasting()
    const vault = house.vault as RotatingVault
    await vault.rotatePepper()
    await house.receive('I am still here')
    expect(await house.conversations.load(to.conversation)).toBeUndefined()
    await vault.dropOlderPeppers()
    const written = { id: 'late', happening: { type: 'caseworkerWrote' }, reply: 'we are here' } as const
    expect(await house.fromDesk(to, id, written)).toBe('sending')
    await house.drain()
    expect(heardBy(house).at(-1)).toContain('we are here')
    await house.receive('erase')
    await house.receive('yes')
    expect(house.withdrawn).toEqual([expect.objectContaining({ key: to.key, case: id })])
    expect(await house.fromDesk(to, id, { ...written, id: 'later' })).toBe('gone')
  })

  it('is told of the claim, is heard and is answered, and the bot is silent meanwhile', async () => {
    const id = await ask()
    expect(id).toMatch(/^[1-9]\d{7}$/u)
    expect(await desk(id, 'caseClaimed')).toBe('sending')
    expect(lastHeard()).toMatch(/^You are connected now/u)
    const before = heardBy(house).length
    await house.receive('my name is not for the bot')
    await house.receive('menu')
    await house.drain()
    expect(said()).toEqual(['my name is not for the bot', 'menu'])
    expect(heardBy(house)).toHaveLength(before)
    expect(await desk(id, 'caseworkerWrote', 'I am here.')).toBe('sending')
    expect(lastHeard()).toContain('I am here.')
  })

  it('is reported to the desk as reached only when the platform took the message', async () => {
    const id = await ask()
    await desk(id, 'caseClaimed')
    const usual = house.platform.answer
    house.platform.answer = () => ({ kind: 'later' })
    await desk(id, 'caseworkerWrote', 'hello')
    const reports = () =>
      house.told.flatMap(({ parcel }) => (parcel.desk?.kind === 'delivered' ? [parcel.desk] : []))
    expect(reports()).toEqual([])
    house.platform.answer = usual
    house.clock.pass(1)
    await house.drain()
    expect(reports()).toEqual([{ kind: 'delivered', case: id, entry: `event-${events}`, delivery: 'shown' }])
    house.platform.answer = () => ({ kind: 'refused' })
    await desk(id, 'caseworkerWrote', 'hello again')
    expect(reports().at(-1)).toMatchObject({ entry: `event-${events}`, delivery: 'notTaken' })
  })

  it('reads after an exit what was on its way to her when she left, once she is back', async () => {
    const id = await ask()
    await desk(id, 'caseClaimed')
    house.platform.answer = () => ({ kind: 'later' })
    const event = { id: 'entry-1', happening: { type: 'caseworkerWrote' } as const, reply: 'a last line' }
    const to = await address()
    expect(await house.fromDesk(to, id, event)).toBe('sending')
    await house.drain()
    await house.receive('exit')
    house.platform.answer = () => ({ kind: 'sent' })
    await house.drain()
    expect(heardBy(house).some((text) => text.includes('a last line'))).toBe(false)
    expect(await house.fromDesk(to, id, event)).toBe('waiting')
    for (const text of ['blue cup', 'yes']) await house.receive(text)
    expect(await house.fromDesk(to, id, event)).toBe('sending')
    expect(await house.fromDesk(to, id, event)).toBe('sending')
    await house.drain()
    expect(heardBy(house).filter((text) => text.includes('a last line'))).toHaveLength(1)
  })

  it('gives the desk neither an address nor what was said to the bot', async () => {
    await house.receive('he hits me at Rosewood 17')
    await ask()
    const opened = house.told.find(({ parcel }) => parcel.desk?.kind === 'opened')?.parcel.desk
    expect(JSON.stringify(opened)).not.toMatch(/ada|Rosewood|hits/u)
  })

  it('is written to by the desk once, however often it is told to', async () => {
    const id = await ask()
    await desk(id, 'caseClaimed')
    const before = heardBy(house).length
    const event = { id: 'entry-1', happening: { type: 'caseworkerWrote' } as const, reply: 'hello' }
    const to = await address()
    await Promise.all([house.fromDesk(to, id, event), house.fromDesk(to, id, event)])
    await house.fromDesk(to, id, event)
    await house.drain()
    expect(heardBy(house)).toHaveLength(before + 1)
  })

  it('reads nothing of it after an exit, and the desk learns that she left', async () => {
    const id = await ask()
    await desk(id, 'caseClaimed')
    await house.receive('exit')
    await house.drain()
    const before = heardBy(house).length
    expect(await desk(id, 'caseworkerWrote', 'are you there?')).toBe('waiting')
    expect(heardBy(house)).toHaveLength(before)
    expect(house.told.at(-1)?.parcel.desk).toMatchObject({ kind: 'presence', presence: 'left', case: id })
  })

  it('keeps her call for help when she leaves before the desk has it', async () => {
    house.deskFails = true
    await ask().catch(() => {})
    expect(house.told).toEqual([])
    await house.receive('exit')
    await house.drain()
    expect(lastHeard()).toBe(house.engine.coverLine('en', house.clock.now()).text)
    house.deskFails = false
    house.clock.pass(60)
    await house.drain()
    expect(house.told.map(({ parcel }) => parcel.desk?.kind)).toEqual(['opened', 'presence'])
  })

  it('keeps it for a desk that fails when it is more than a day old', async () => {
    house.deskFails = true
    await ask().catch(() => {})
    house.clock.stop(26 * 60)
    await house.drain()
    house.deskFails = false
    house.clock.pass(60)
    await house.drain()
    expect(house.told.map(({ parcel }) => parcel.desk?.kind)).toEqual(['opened'])
  })

  it('is answered by the bot while the desk cannot be told', async () => {
    const id = await ask()
    await desk(id, 'caseClaimed')
    house.deskFails = true
    await house.receive('first')
    await house.receive('he is going to kill me')
    await house.drain()
    expect(lastHeard()).toContain('000')
    house.deskFails = false
    house.clock.pass(60)
    await house.drain()
    expect(said()).toEqual(['first', 'he is going to kill me'])
  })

  it('erases the case with the conversation, key first, and is not told "done" when that fails', async () => {
    const id = await ask()
    house.deskFails = true
    await house.receive('erase')
    await house.receive('yes')
    await house.drain()
    expect(await kept(house)).toBe(1)
    expect(lastHeard()).not.toBe(house.engine.coverLine('en', house.clock.now()).text)
    house.deskFails = false
    await house.receive('erase')
    await house.receive('yes')
    expect(house.withdrawn.map((one) => one.case)).toEqual([id])
    expect(await kept(house)).toBe(0)
    expect(await desk(id, 'caseworkerWrote', 'hello?')).toBe('gone')
  })

  it('erases what was said in a talk that is over, too', async () => {
    const id = await ask()
    await desk(id, 'caseClaimed')
    const to = await lasting()
    await house.fromDesk(to, id, { id: 'end', happening: { type: 'caseEnded', why: 'closed' } })
    await house.receive('erase')
    await house.receive('yes')
    expect(house.withdrawn).toEqual([{ conversations: [to.conversation], key: to.key, case: '' }])
    expect(await kept(house)).toBe(0)
  })

  it('erases it when nothing else is kept of her any more, and never calls a failure done', async () => {
    const line = () => house.engine.coverLine('en', house.clock.now()).text
    house.deskFails = true
    await house.receive('erase')
    expect(lastHeard()).toMatch(/^This is not done yet/u)
    house.deskFails = false
    await house.receive('erase')
    expect(lastHeard()).toBe(line())
    const { conversation } = await address()
    expect(house.withdrawn).toEqual([{ conversations: [conversation], case: '' }])
    await house.receive('exit')
    expect(house.withdrawn).toHaveLength(1)
    await house.receive({ kind: 'blocked' })
    expect(house.withdrawn).toHaveLength(2)
  })

  it('has a block sent again when what it asks for could not be erased', async () => {
    house.deskFails = true
    await expect(house.receive({ kind: 'blocked' })).rejects.toThrow('no')
  })

  it('has her cases erased when the platform says that she is gone', async () => {
    const id = await ask()
    house.platform.answer = () => ({ kind: 'gone' })
    await house.receive('menu')
    await house.drain()
    expect(await kept(house)).toBe(0)
    expect(house.withdrawn.map((one) => one.case)).toEqual([id])
  })

  it('is not written to by a case that is not hers', async () => {
    await ask()
    expect(await desk('99999999', 'caseworkerWrote', 'hello')).toBe('gone')
  })
})

describe('a conversation that is idle', () => {
  const DAY = 24 * 60

  it('waits with its case for an answer, and goes when that has had its time', async () => {
    const id = await ask()
    await house.receive('hello', { person: 'zoe' })
    house.clock.pass(DAY + 1)
    const sweepNow = () =>
      sweep(
        {
          conversations: house.conversations,
          idleMs: DAY * 60_000,
          eraseIdle: house.eraseIdle,
          compactLater: () => {},
        },
        house.clock.now(),
      )
    expect(await sweepNow()).toBe(1)
    expect(await desk(id, 'caseClaimed')).toBe('waiting')
    house.clock.pass(7 * DAY + 1)
    expect(await sweepNow()).toBe(1)
    expect(await kept(house)).toBe(0)
  })

  it('is not in the way of others, however many wait with a case', async () => {
    const erased: string[] = []
    const rows = Array.from({ length: 250 }, (_, n) => ({ id: `row-${n}`, keyId: 'key' }) as IdleRow)
    const conversations = {
      ...house.conversations,
      idle: (_before: number, limit: number) =>
        Promise.resolve(rows.filter(({ id }) => !erased.includes(id)).slice(0, limit)),
    }
    const eraseIdle = ({ id }: IdleRow) =>
      Promise.resolve(Number(id.slice(4)) % 2 === 1 && erased.push(id) > 0)
    const parts = { conversations, idleMs: DAY * 60_000, eraseIdle, compactLater: () => {} }
    expect(await sweep(parts, house.clock.now())).toBe(125)
  })
})

type IdleRow = Awaited<ReturnType<House['conversations']['idle']>>[number]
