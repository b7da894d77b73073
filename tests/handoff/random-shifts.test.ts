import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { createHandoff, type Handoff } from '../../src/handoff/create-handoff.ts'
import type { Delivery, Presence, ToPerson } from '../../src/handoff/handoff.ts'
import { silentLog } from '../../src/operations/log.ts'
import { memoryVault } from '../../src/privacy/vault/memory-vault.ts'
import { sensitive } from '../../src/privacy/sensitive.ts'
import type { AccountId, CaseId, EntryId } from '../../src/storage/cases.ts'
import { memoryCases } from '../../src/storage/memory-cases.ts'
import { MINUTE, newLink, random, REQUEST, START } from './handoff-house.ts'

/**
 * Random shifts at the desk, with failing turns, failing writes and restarts in between. Whatever happens: what was
 * accepted reaches her once and in order, what she wrote stands in the thread once and in order, and what she was told
 * last is how the case stands.
 */
const hash = (name: string) =>
  createHash('sha256').update(name).digest().subarray(0, 16).toString('base64url')
const WHO = [hash('ada') as AccountId, hash('ben') as AccountId] as const
const ID = '00000001' as CaseId

const act = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('write' as const), who: fc.nat(1), twice: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('says' as const), twice: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('claim' as const), who: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('release' as const), who: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('offer' as const), who: fc.nat(1) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('accept' as const, 'reject' as const), who: fc.nat(1) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('presence' as const),
      is: fc.constantFrom('here' as const, 'left' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('break' as const),
      what: fc.constantFrom('turnBefore' as const, 'turnAfter' as const, 'commit' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('sweep' as const), minutes: fc.constantFrom(0, 1, 6, 20) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
)
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

interface Shift {
  handoff: Handoff
  restart(): Promise<void>
  breakNext(what: 'turnBefore' | 'turnAfter' | 'commit' | undefined): void
  clock: { at: number }
  her: { presence: Presence; shown: EntryId[]; told: string[] }
}

async function aShift(): Promise<Shift> {
  const clock = { at: START }
  const her: Shift['her'] = { presence: 'here', shown: [], told: [] }
  const notices = new Set<EntryId>()
  let broken: 'turnBefore' | 'turnAfter' | 'commit' | undefined
  const isBroken = (what: typeof broken) => {
    if (broken !== what) return false
    broken = undefined
    return true
  }

  /** As a conversation does: the second time changes nothing, and a turn may fail before or after its commit. */
  async function turn<T>(work: () => T): Promise<T> {
    await Promise.resolve()
    if (isBroken('turnBefore')) throw new Error('before')
    const value = work()
    if (isBroken('turnAfter')) throw new Error('after')
    return value
  }
  const take = (id: EntryId) =>
    turn((): Delivery => {
      if (her.shown.includes(id)) return 'shown'
      if (her.presence !== 'here') return 'waiting'
      her.shown.push(id)
      return 'shown'
    })
  const tell = (id: EntryId, what: string) =>
    turn(() => {
      if (!notices.has(id)) her.told.push(what)
      notices.add(id)
    })
  const toPerson: ToPerson = {
    claimed: (_link, _id, notice) => tell(notice, 'claimed'),
    ended: (_link, _id, why, notice) => tell(notice, why),
    wrote: (_link, _id, entry) => take(entry),
    card: (_link, _id, entry) => take(entry),
  }
  const real = memoryCases()
  const cases: typeof real = {
    ...real,
    commit: (change) => (isBroken('commit') ? Promise.reject(new Error('full')) : real.commit(change)),
  }
  const vault = memoryVault()
  const start = () =>
    createHandoff({ cases, vault, clock: { now: () => clock.at }, random, log: silentLog, toPerson })
  const shift: Shift = {
    handoff: start(),
    async restart() {
      shift.handoff = start()
      await shift.handoff.sweepOrphans()
    },
    breakNext: (what) => void (broken = what),
    clock,
    her,
  }
  const link = newLink()
  await shift.handoff.opened({ id: hash('opening') as EntryId, case: ID, link, request: REQUEST, at: START })
  return shift
}

/** What came through is kept; what threw is tried once more, as a courier or a page would. */
async function again<T>(task: () => Promise<T>): Promise<T> {
  return task().catch(task)
}

async function play(shift: Shift, acts: readonly Act[]): Promise<{ sent: EntryId[]; said: EntryId[] }> {
  const [sent, said]: [EntryId[], EntryId[]] = [[], []]
  for (const [n, one] of acts.entries()) {
    const { handoff, clock, her } = shift
    clock.at += 1
    const by = 'who' in one ? (WHO[one.who] ?? WHO[0]) : WHO[0]
    const entry = hash(`entry ${n}`) as EntryId
    switch (one.do) {
      case 'write': {
        const write = () => handoff.write(ID, by, entry, `text ${n}`)
        const answer = await again(write)
        if (one.twice) await again(write)
        if (answer === 'done') sent.push(entry)
        break
      }
      case 'says': {
        const item = { id: entry, case: ID, text: sensitive(`hers ${n}`), at: clock.at }
        await again(() => handoff.personWrote(item))
        if (one.twice) await again(() => handoff.personWrote(item))
        said.push(entry)
        break
      }
      case 'claim':
        await again(() => handoff.claim(ID, by, 3))
        break
      case 'release':
        await again(() => handoff.release(ID, by))
        break
      case 'offer':
        await again(() => handoff.offer(ID, by, by === WHO[0] ? WHO[1] : WHO[0]))
        break
      case 'accept':
        await again(() => handoff.accept(ID, by, 3))
        break
      case 'reject':
        await again(() => handoff.reject(ID, by))
        break
      case 'presence':
        her.presence = one.is
        await again(() => handoff.presence({ id: entry, case: ID, presence: one.is, at: clock.at }))
        break
      case 'break':
        shift.breakNext(one.what)
        break
      case 'sweep':
        clock.at += one.minutes * MINUTE
        await again(() => handoff.sweep(clock.at))
        break
      case 'restart':
        await shift.restart()
        break
    }
  }
  return { sent, said }
}

it('loses nothing, doubles nothing and keeps the order in any shift', async () => {
  let handedOver = 0
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 60, size: 'max' }), async (acts) => {
      const shift = await aShift()
      const { sent, said } = await play(shift, acts)
      const { her, clock } = shift
      shift.breakNext(undefined)
      her.presence = 'here'
      clock.at += 1
      await shift.handoff.presence({ id: hash('end') as EntryId, case: ID, presence: 'here', at: clock.at })
      await shift.handoff.sweep(clock.at)

      expect(her.shown).toEqual(sent)
      handedOver += sent.length
      const [row] = await shift.handoff.queue()
      const last = her.told.at(-1)
      if (row?.state === 'waiting') expect([undefined, 'released', 'unanswered']).toContain(last)
      else expect(last).toBe('claimed')
      const reader = row?.holder ?? WHO[0]
      await shift.handoff.claim(ID, reader, 3)
      const thread = (await shift.handoff.thread(ID, reader, 0)) ?? []
      expect(thread.map(({ seq }) => seq)).toEqual(thread.map((_, at) => at + 1))
      const idsOf = (kind: string) => thread.filter((entry) => entry.kind === kind).map(({ id }) => id)
      expect(idsOf('person')).toEqual(said)
      expect(idsOf('caseworker')).toEqual(sent)
      await shift.handoff.withdraw(ID)
      expect(await shift.handoff.queue()).toEqual([])
    }),
    { numRuns: 200 },
  )
  expect(handedOver).toBeGreaterThan(300)
}, 60_000)
