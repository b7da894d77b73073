import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Board } from '../../src/desk/wire.ts'
import { createTimes } from '../../src/handoff/times.ts'
import { silentLog } from '../../src/operations/log.ts'
import type { CaseId } from '../../src/storage/cases.ts'
import { memoryHandoffTimes } from '../../src/storage/handoff-times.ts'
import { openSqliteHandoffTimes } from '../../src/storage/sqlite/sqlite-handoff-times.ts'
import {
  MINUTE,
  newAccount,
  newCase,
  newEntry,
  newLink,
  openHandoff,
  REQUEST,
  START,
} from './handoff-house.ts'

const DAY = 24 * 60 * MINUTE
const [ada, ben] = [newAccount(), newAccount()]
const today = new Date(START).toISOString().slice(0, 10)

/** A handoff on real files that records its times, and what was recorded of a day. */
function recorded(store = memoryHandoffTimes()) {
  const house = openHandoff()
  const times = createTimes({ store, log: silentLog })
  const handoff = house.beside({ times })
  return {
    ...handoff,
    clock: house.clock,
    times,
    store,
    async asked(): Promise<CaseId> {
      const at = house.clock.now()
      const item = { id: newEntry(), case: newCase(), link: newLink(), request: REQUEST, at }
      const opened = await handoff.opened(item)
      if (opened.kind !== 'opened') throw new Error(`the case was not opened: ${opened.kind}`)
      return opened.case
    },
    /** `claimed 3 x2` */
    async kept(): Promise<string[]> {
      return (await store.since('2000-01-01')).map(
        ({ kind, minutes, count }) => `${kind} ${minutes}${count === 1 ? '' : ` x${count}`}`,
      )
    },
  }
}

describe('how long people wait', () => {
  it('is kept from asking to being taken and to the end, in whole minutes rounded up', async () => {
    const { asked, clock, claim, close, kept } = recorded()
    const id = await asked()
    expect(await kept()).toEqual(['opened 0'])
    clock.pass(2 * MINUTE + 1)
    expect(await claim(id, ada, 5)).toBe('done')
    clock.pass(30 * MINUTE)
    expect(await close(id, ada, 'helped')).toBe('done')
    expect(await kept()).toEqual(['claimed 3', 'closed 33', 'opened 0'])
  })

  it('counts a second click, a second delivery and a refused claim once', async () => {
    const { opened, clock, claim, close, kept } = recorded()
    const at = clock.now()
    const item = { id: newEntry(), case: newCase(), link: newLink(), request: REQUEST, at }
    await opened(item)
    await opened(item)
    await opened({ ...item, id: newEntry(), case: newCase() })
    await claim(item.case, ada, 5)
    await claim(item.case, ada, 5)
    expect(await claim(item.case, ben, 5)).toBe('taken')
    await close(item.case, ada, 'helped')
    expect(await close(item.case, ada, 'helped')).toBe('gone')
    expect(await kept()).toEqual(['claimed 0', 'closed 0', 'opened 0'])
  })

  it('counts one of many who claim at the same moment', async () => {
    const { asked, claim, kept } = recorded()
    const id = await asked()
    await Promise.all([ada, ben, newAccount(), newAccount()].map((by) => claim(id, by, 5)))
    expect(await kept()).toEqual(['claimed 0', 'opened 0'])
  })

  it('ends with the first who takes it: neither a release, silence nor a colleague counts again', async () => {
    const { asked, clock, claim, release, offer, accept, sweep, close, kept } = recorded()
    const id = await asked()
    await claim(id, ada, 5)
    await release(id, ada)
    clock.pass(5 * MINUTE)
    await claim(id, ben, 5)
    clock.pass(15 * MINUTE)
    expect((await sweep(clock.now())).silent).toBe(1)
    await claim(id, ada, 5)
    await offer(id, ada, ben)
    await accept(id, ben, 5)
    await close(id, ben, 'referred')
    expect(await kept()).toEqual(['claimed 0', 'closed 20', 'opened 0'])
  })

  it('is neither added to nor taken from by a withdrawal', async () => {
    const { asked, clock, claim, close, withdraw, kept } = recorded()
    const [waiting, active, closed] = [await asked(), await asked(), await asked()]
    await claim(active, ada, 5)
    await claim(closed, ada, 5)
    await close(closed, ada, 'helped')
    const before = await kept()
    clock.pass(20 * MINUTE)
    for (const id of [waiting, active, closed]) await withdraw(id)
    expect(await claim(waiting, ada, 5)).toBe('gone')
    expect(await close(active, ada, 'ended')).toBe('gone')
    expect(await kept()).toEqual(before)
    expect(before).toEqual(['claimed 0 x2', 'closed 0', 'opened 0 x3'])
  })

  it('holds up no call for help: a store that fails loses a number and nothing else', async () => {
    const failing = { ...memoryHandoffTimes(), add: () => Promise.reject(new Error('the disk is full')) }
    const { asked, claim, close, queue } = recorded(failing)
    const id = await asked()
    expect(await claim(id, ada, 5)).toBe('done')
    expect((await queue())[0]).toMatchObject({ id, state: 'active', holder: ada })
    expect(await close(id, ada, 'helped')).toBe('done')
  })

  it('is not negative when the clock was set back', async () => {
    const { asked, clock, claim, kept } = recorded()
    const id = await asked()
    clock.pass(-10 * MINUTE)
    await claim(id, ada, 5)
    expect(await kept()).toEqual(['claimed 0', 'opened 0'])
  })

  it('lies in a file that knows no case, no account and no time of day', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lantern-times-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const store = openSqliteHandoffTimes(folder)
    const { asked, clock, claim, close } = recorded(store)
    const id = await asked()
    await claim(id, ada, 5)
    await close(id, ada, 'helped')
    await store.close()
    const bytes = readFileSync(join(folder, 'times.db'))
    expect(bytes.includes(today)).toBe(true)
    const asNumber = Buffer.alloc(6)
    asNumber.writeUIntBE(clock.now(), 0, 6)
    for (const trace of [id, ada, String(clock.now()), Buffer.from(ada, 'base64url'), asNumber])
      expect(bytes.includes(trace)).toBe(false)
  })
})

describe('the days of the board', () => {
  it('are thirty, the oldest first, in UTC', async () => {
    const { times } = recorded()
    const days: Board['days'] = await times.days(START)
    expect(days).toHaveLength(30)
    expect(days.at(-1)).toEqual({ day: today, opened: 0, closed: 0 })
    expect(days[0]?.day).toBe(new Date(START - 29 * DAY).toISOString().slice(0, 10))
    expect(days.map(({ day }) => day)).toEqual(days.map(({ day }) => day).toSorted())
    expect(new Set(days.map(({ day }) => day)).size).toBe(30)
  })

  it('have medians from three cases on, and counts always', async () => {
    const { times } = recorded()
    const justBefore = START - 2 * DAY
    for (const minutes of [4, 1]) times.claimed(justBefore, justBefore + minutes * MINUTE)
    expect((await times.days(START)).at(-3)).not.toHaveProperty('medianToClaimMs')
    times.claimed(justBefore, justBefore + 90 * MINUTE)
    for (const minutes of [10, 20, 30, 500]) times.closed(justBefore, justBefore + minutes * MINUTE)
    times.opened(justBefore)
    expect((await times.days(START)).at(-3)).toEqual({
      day: new Date(justBefore).toISOString().slice(0, 10),
      opened: 1,
      closed: 4,
      medianToClaimMs: 4 * MINUTE,
      medianToCloseMs: 25 * MINUTE,
    })
  })

  it('count on the day on which it happened, to the last minute of it', async () => {
    const { times } = recorded()
    const midnight = Date.UTC(2026, 10, 2)
    times.opened(midnight - 1)
    times.closed(midnight - 1, midnight)
    const [before, after] = (await times.days(midnight)).slice(-2)
    expect(before).toEqual({ day: '2026-11-01', opened: 1, closed: 0 })
    expect(after).toEqual({ day: '2026-11-02', opened: 0, closed: 1 })
  })

  it('are gone after thirty, with the sweep of the cases', async () => {
    const { asked, clock, sweep, kept, times } = recorded()
    await asked()
    clock.pass(29 * DAY)
    await sweep(clock.now())
    expect(await kept()).toEqual(['opened 0'])
    expect((await times.days(clock.now()))[0]).toMatchObject({ day: today, opened: 1 })
    clock.pass(DAY)
    await sweep(clock.now())
    expect(await kept()).toEqual([])
  })
})
