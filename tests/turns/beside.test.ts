import { beforeEach, describe, expect, it } from 'vitest'
import type { Conversations } from '../../src/storage/conversations.ts'
import { departureToken } from '../../src/privacy/departure.ts'
import { sensitive } from '../../src/privacy/sensitive.ts'
import type { RotatingVault, Vault } from '../../src/privacy/vault/vault.ts'
import { namesNow } from '../../src/turns/names.ts'
import { type House, type HouseOptions, housesOfTests, kept } from './house.ts'
import { slowPlatform } from './slow-platform.ts'
import { TO_A_CASEWORKER } from './ways.ts'

/** Exit and wipe while another process is sending: two houses on the same stores, with the same platform. */
const houses = housesOfTests()
const SECONDS_20 = 20 / 60

let here: House
let there: House
async function begin(options: HouseOptions = {}, other: HouseOptions = {}): Promise<void> {
  here = await houses.atMenu(options)
  there = await houses.open({ ...options, ...other, beside: here })
}
beforeEach(() => begin())

const ordinary = () => here.engine.coverLine('en', here.clock.now()).text
const sends = (from: number) => here.platform.diary.slice(from).filter((line) => line.startsWith('send '))
const moment = () => new Promise<void>((resolve) => void setImmediate(resolve))

/** What goes on by itself has gone on. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await moment()
}

/** A page is on its way out of this process, and another waits behind it. */
async function underWay(house = here) {
  const slow = slowPlatform(house)
  for (const text of ['rights', 'menu']) await house.receive(text)
  const delivered = house.drain()
  await slow.begun
  const from = house.platform.diary.length
  return {
    from,
    async end() {
      slow.end()
      await delivered
    },
  }
}

describe('an exit in one process while another is sending', () => {
  it('lets its harmless line wait for that message, which is deleted before it, and nothing else leaves', async () => {
    const { from, end } = await underWay()
    await there.receive('exit')
    await there.drain()
    expect(sends(from)).toEqual([])
    await end()
    await there.drain()
    const [late, ...rest] = here.platform.diary.slice(from)
    expect(late).toMatch(/^send You have rights/u)
    expect(rest.at(-1)).toBe(`send ${ordinary()}`)
    expect(sends(from)).toHaveLength(2)
    const line = here.platform.diary.lastIndexOf(`send ${ordinary()}`)
    const before = here.platform.diary.slice(0, line).filter((what) => what === 'forget').length
    expect(here.platform.forgotten.slice(0, before).some(({ ids }) => ids.includes('on-its-way'))).toBe(true)
  })

  it('lets it wait as long as the other lives and the platform takes, and no longer when it died', async () => {
    const { from, end } = await underWay()
    await there.receive('exit')
    for (const _ of [1, 2, 3]) {
      here.clock.pass(10 / 60)
      await settled()
      await there.drain()
    }
    expect(sends(from)).toEqual([])
    here.clock.stop(14 / 60)
    await there.drain()
    expect(sends(from)).toEqual([])
    here.clock.stop(2 / 60)
    await there.drain()
    expect(sends(from)).toEqual([`send ${ordinary()}`])
    await end()
  })

  it('goes on without one that was stopped, which takes back what it sent when it goes on', async () => {
    const { from, end } = await underWay()
    await there.receive('exit')
    here.clock.stop(SECONDS_20)
    await there.drain()
    expect(sends(from)).toEqual([`send ${ordinary()}`])
    await end()
    await here.drain()
    expect(sends(from)).toHaveLength(2)
    expect(here.platform.diary.at(-1)).toBe('forget')
    expect(here.platform.forgotten.at(-1)?.ids).toEqual(['on-its-way'])
    for await (const { id } of here.conversations.keyIds())
      expect(await here.conversations.waiting(id)).toBe(0)
  })

  it('is known to one that was stopped before it began to send', async () => {
    const opening = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    let isSlow = false
    const slowVault = (vault: Vault): Vault => ({
      ...vault,
      async open(id) {
        if (isSlow) {
          isSlow = false
          opening.resolve()
          await goOn.promise
        }
        return vault.open(id)
      },
    })
    await begin({}, { wrapVault: slowVault })
    await there.receive('rights')
    isSlow = true
    const delivered = there.drain()
    await opening.promise
    const from = here.platform.diary.length
    await here.receive('exit')
    there.clock.stop(SECONDS_20)
    await here.drain()
    goOn.resolve()
    await delivered
    await there.drain()
    expect(sends(from)).toEqual([`send ${ordinary()}`])
  })

  it('is not told to the desk as a message that was shown, so that it is shown when she is back', async () => {
    here.desk = 'open'
    for (const text of TO_A_CASEWORKER) await here.receive(text)
    await here.drain()
    const opened = here.told.map(({ parcel }) => parcel.desk).find((desk) => desk?.kind === 'opened')
    const of = opened?.kind === 'opened' ? opened.case : ''
    const { value: row } = await here.conversations.keyIds()[Symbol.asyncIterator]().next()
    const to = { channel: 'telegram', look: 'telegram', address: 'ada', conversation: row.id } as const
    await here.fromDesk(to, of, { id: 'claim', happening: { type: 'caseClaimed' } })
    await here.drain()
    const slow = slowPlatform(here)
    await here.fromDesk(to, of, { id: 'entry', happening: { type: 'caseworkerWrote' }, reply: 'we are here' })
    const delivered = here.drain()
    await slow.begun
    await there.receive('exit')
    slow.end()
    await delivered
    await there.drain()
    const told = [...here.told, ...there.told].map(({ parcel }) => parcel.desk?.kind)
    expect(told).not.toContain('delivered')
    expect(here.platform.forgotten.some(({ ids }) => ids.includes('on-its-way'))).toBe(true)
    expect(here.platform.diary.at(-1)).toBe(`send ${ordinary()}`)
  })
})

describe('a sender that lives', () => {
  it('keeps its lease for as long as the platform takes, so that nobody sends it again', async () => {
    const { from, end } = await underWay()
    for (const _ of [1, 2, 3, 4]) {
      here.clock.pass(7 / 60)
      await there.drain()
    }
    expect(sends(from)).toEqual([])
    await end()
    await there.drain()
    expect(sends(from)).toHaveLength(2)
  })

  it('is not waited for when it hangs for longer than a channel may', async () => {
    const { from, end } = await underWay()
    here.clock.pass(58 / 60)
    here.clock.pass(10 / 60)
    here.clock.pass(10 / 60)
    await there.drain()
    expect(sends(from)).toHaveLength(2)
    await end()
  })

  it('costs the store one call for each message, and one for all that it took', async () => {
    const calls: string[] = []
    const counted = (store: Conversations): Conversations => ({
      ...store,
      async claimDue(...terms) {
        const due = await store.claimDue(...terms)
        if (due.length > 0) calls.push('claim')
        return due
      },
      settle: (...terms) => (calls.push('settle'), store.settle(...terms)),
      renew: (...terms) => (calls.push('renew'), store.renew(...terms)),
    })
    await begin({}, { wrapStore: counted })
    for (const text of ['rights', 'menu', 'health']) await there.receive(text)
    await there.drain()
    expect(calls).toEqual(['claim', 'settle', 'settle', 'settle'])
  })
})

describe('a wipe in one process while another is sending', () => {
  it('waits for that message, deletes it, and only then erases and says its line', async () => {
    await there.receive('erase')
    await there.drain()
    const { from, end } = await underWay()
    await there.receive('erase')
    const wiped = there.receive('yes')
    await settled()
    expect(await kept(here)).toBe(1)
    await end()
    await wiped
    await Promise.all([here.drain(), there.drain()])
    expect(await kept(here)).toBe(0)
    expect(sends(from)).toHaveLength(2)
    expect(here.platform.diary.at(-1)).toBe(`send ${ordinary()}`)
    expect(here.platform.forgotten.some(({ ids }) => ids.includes('on-its-way'))).toBe(true)
  })

  it('goes on without one that was stopped, which takes back what it sent and sends nothing more', async () => {
    const { from, end } = await underWay()
    await there.receive('erase')
    here.clock.stop(SECONDS_20)
    await there.receive('yes')
    expect(await kept(here)).toBe(0)
    await end()
    await Promise.all([here.drain(), there.drain()])
    expect(sends(from)[0]).toBe(`send ${ordinary()}`)
    expect(sends(from)).toHaveLength(2)
    expect(here.platform.forgotten.at(-1)?.ids).toEqual(['on-its-way'])
  })

  it('keeps in what another process commits meanwhile, and lets it go when the wipe failed', async () => {
    const destroying = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const broken = (vault: Vault): Vault => ({
      ...vault,
      async destroy() {
        destroying.resolve()
        await goOn.promise
        throw new Error('full')
      },
    })
    await begin({}, { wrapVault: broken })
    await there.receive('erase')
    await there.drain()
    const from = here.platform.diary.length
    const wiped = there.receive('yes')
    await destroying.promise
    await here.receive('menu')
    await here.drain()
    expect(sends(from)).toEqual([])
    goOn.resolve()
    await wiped
    await here.receive('menu')
    await here.drain()
    const said = sends(from)
    expect(said.length).toBeGreaterThan(1)
    expect(said[0]).toMatch(/^send This is not done yet/u)
  })
})

describe('what she wrote before a wipe and comes once more, to another process', () => {
  const old = { eventId: sensitive('a word of before'), at: 0 }
  const yes = { eventId: sensitive('the yes that erased'), at: 0 }
  let from = 0

  beforeEach(async () => {
    old.at = here.clock.now()
    here.clock.pass(1)
    await here.receive('erase')
    yes.at = here.clock.now()
    await here.receive('yes', yes)
    await here.drain()
    if (here.platform.diary.at(-1) !== `send ${ordinary()}`) throw new Error('nothing was erased')
    from = here.platform.diary.length
  })

  it('begins nothing and is answered by nothing, but that by which she erased it by the harmless line', async () => {
    here.clock.pass(0.2)
    for (const text of ['rights', 'exit', 'erase', 'talk to a person']) await there.receive(text, old)
    await there.receive({ kind: 'choice', id: 'privacy.wipeConfirm:yes' }, old)
    await there.drain()
    expect(sends(from)).toEqual([])
    for (const _ of [1, 2]) await there.receive('yes', yes)
    expect(sends(from)).toEqual([`send ${ordinary()}`])
    expect(await kept(there)).toBe(0)
  })

  it('changes nothing where she has begun anew meanwhile', async () => {
    here.clock.pass(0.1)
    await there.receive('hello')
    here.clock.pass(0.1)
    await there.drain()
    const begun = sends(from).length
    expect(begun).toBe(1)
    await here.receive('exit', old)
    await here.receive('yes', yes)
    await here.drain()
    expect(sends(from)).toHaveLength(begun)
    await here.receive('yes')
    await here.drain()
    expect(sends(from)).toHaveLength(begun + 1)
  })

  it('is told from what she writes in the same second, which is taken up', async () => {
    await there.receive('hello', { at: yes.at })
    await there.drain()
    expect(sends(from)).toHaveLength(1)
    expect(await kept(there)).toBe(1)
  })

  it('is known for half an hour, and after that nothing is left of her', async () => {
    const names = await namesNow({ channel: 'telegram', address: sensitive('ada') }, here.vault)
    const token = departureToken(names.ids[0])
    const vault = here.vault as RotatingVault
    expect(await vault.departure(token, here.clock.now())).toBeDefined()
    here.clock.pass(30)
    expect(await vault.departure(token, here.clock.now())).toBeUndefined()
    await vault.dropDepartures(here.clock.now())
    expect(await vault.departure(token, 0)).toBeUndefined()
  })
})

describe('a stranger who leaves while another process takes what she wrote before', () => {
  const stranger = (text: string, more: { at?: number } = {}) => ({ text, person: 'eve', ...more })
  const say = (house: House, { text, ...more }: { text: string; person: string; at?: number }) =>
    house.receive(text, more)

  it('is not met by the page that it begins, whichever of the two is first', async () => {
    const at = here.clock.now() - 3_000
    await say(there, stranger('exit'))
    const from = here.platform.diary.length
    await say(here, stranger('hi', { at }))
    await here.drain()
    expect(sends(from)).toEqual([])
    expect(await kept(here)).toBe(1)
  })

  it('is not met by one that found nobody, began to write, and was held up', async () => {
    const creating = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const slow = (vault: Vault): Vault => ({
      ...vault,
      async create() {
        creating.resolve()
        await goOn.promise
        return vault.create()
      },
    })
    await begin({}, { wrapVault: slow })
    const from = here.platform.diary.length
    const hello = say(there, stranger('hi', { at: here.clock.now() - 3_000 }))
    await creating.promise
    await say(here, stranger('exit'))
    goOn.resolve()
    await hello
    await there.drain()
    await here.drain()
    expect(sends(from)).toEqual([`send ${ordinary()}`])
    expect(await kept(here)).toBe(1)
  })

  it('leaves what has begun meanwhile, and is answered once', async () => {
    const noting = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const slow = (vault: Vault): Vault => ({
      ...vault,
      async depart(departure) {
        noting.resolve()
        await goOn.promise
        await vault.depart(departure)
      },
    })
    await begin({}, { wrapVault: slow })
    const exit = say(there, stranger('exit'))
    await noting.promise
    await say(here, stranger('hi', { at: here.clock.now() - 3_000 }))
    await here.drain()
    const from = here.platform.diary.length
    goOn.resolve()
    await exit
    await here.drain()
    expect(sends(from)).toEqual([`send ${ordinary()}`])
  })
})
