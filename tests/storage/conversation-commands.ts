import fc from 'fast-check'
import { createHash } from 'node:crypto'
import type { KeyId } from '../../src/privacy/vault/vault.ts'
import type {
  Commit,
  ConversationId,
  Conversations,
  Delivery,
  ItemId,
} from '../../src/storage/conversations.ts'

/**
 * Random commands over three conversations. Played on two stores they must give the same answers, whatever the store is.
 * No two conversations are ever due at the same instant, since which of them comes first is left open. `looks`: whether everything there is to see is looked at after each command, or in the end only.
 */
const bytes = (name: string, length: number) => createHash('sha256').update(name).digest().subarray(0, length)
/** Each command has an instant of its own within the time that has passed. */
const UNIT = 1_000
const MOST_COMMANDS = 100
const LEASE = 250 * UNIT
const idOf = (n: number) => bytes(`conversation ${n}`, 32).toString('base64url') as ConversationId

const keyOf = (n: number) => bytes(`key ${n}`, 16).toString('base64url') as KeyId

/** Each person has two. */
const otherName = (person: number, name: ConversationId) =>
  name === idOf(person) ? idOf(person + 3) : idOf(person)

async function nameNow(store: Conversations, person: number): Promise<ConversationId> {
  return (await store.load(idOf(person + 3))) === undefined ? idOf(person) : idOf(person + 3)
}

export type Command =
  | {
      do: 'commit'
      who: number
      lag: number
      /** Under the person's other name from now on, where the conversation is there. */
      moves: boolean
      event: number
      cancel: boolean
      lease: boolean
      delays: number[]
      marks: number
    }
  | { do: 'claim'; limit: number }
  | {
      do: 'settle'
      which: number
      done: number
      retry: number | null
      tried: boolean
      forget: boolean
      mark: boolean
    }
  | { do: 'renew'; which: number; ms: number }
  | { do: 'bar'; who: number }
  | { do: 'pass'; ms: number }
  | { do: 'erase'; who: number }
  | { do: 'prune'; age: number }

const who = fc.nat(2)
export const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('commit' as const),
      who,
      lag: fc.constantFrom(0, 0, 0, 1),
      moves: fc.constantFrom(false, false, true),
      event: fc.nat(40),
      cancel: fc.constantFrom(false, false, false, true),
      lease: fc.boolean(),
      delays: fc.array(fc.constantFrom(0, 0, 50, 300), { maxLength: 3 }),
      marks: fc.nat(1),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('claim' as const), limit: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('settle' as const),
      which: fc.nat(5),
      done: fc.nat(3),
      retry: fc.option(fc.constantFrom(10, 200), { nil: null }),
      tried: fc.boolean(),
      forget: fc.boolean(),
      mark: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('renew' as const),
      which: fc.nat(3),
      ms: fc.constantFrom(100, 300),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('bar' as const), who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(1, 60, 400) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const), who }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('prune' as const), age: fc.constantFrom(100, 1_000) }),
  },
)

export async function play(
  store: Conversations,
  commands: readonly Command[],
  looks: 'always' | 'inTheEnd' = 'always',
): Promise<unknown[]> {
  const answers: unknown[] = []
  const fences = new Map<number, number>()
  const deliveries: (Delivery & { name: number })[] = []
  let passed = 1_000
  let made = 0
  for (const one of commands) {
    made += 1
    const now = passed * UNIT + made
    switch (one.do) {
      case 'commit': {
        const current = await nameNow(store, one.who)
        const was = one.moves && (await store.load(current)) !== undefined ? current : undefined
        const id = was === undefined ? current : otherName(one.who, was)
        const revision = (await store.load(was ?? id))?.revision ?? 0
        const turn: Commit = {
          id,
          ...(was === undefined ? {} : { was }),
          ...(one.event % 2 === 0 ? { named: made } : {}),
          keyId: keyOf(one.who),
          expected: Math.max(0, revision - one.lag),
          sealed: bytes(`sealed ${made}`, 20),
          at: now,
          seen: bytes(`event ${one.who} ${one.event}`, 16),
          cancelWaiting: one.cancel,
          outbox: one.delays.map((delay, at) => ({
            id: bytes(`item ${made} ${at}`, 16).toString('base64url') as ItemId,
            kind: made % 3 === 0 ? 'case' : 'message',
            sealed: bytes(`item ${made} ${at}`, 20),
            notBefore: now + delay * UNIT,
          })),
          marks: Array.from({ length: one.marks }, () => ({ at: now, sealed: bytes(`mark ${made}`, 8) })),
          counts: [`count ${one.who}`],
        }
        const fence = 1_000_000 + made
        const asked = { ...turn, ...(one.lease ? { lease: { fence, until: now + LEASE } } : {}) }
        const outcome = await store.commit(asked)
        answers.push(outcome)
        if (outcome === 'leased') {
          const items = turn.outbox.map((item) => ({ ...item, attempts: 0 }))
          deliveries.push({ id, keyId: turn.keyId, items, fence, name: deliveries.length })
        }
        break
      }
      case 'claim': {
        const claimed = await store.claimDue(now, one.limit, LEASE)
        answers.push(claimed.length, shapes(claimed))
        if (one.limit === 3)
          for (const delivery of claimed) deliveries.push({ ...delivery, name: deliveries.length })
        else
          for (const [place, delivery] of claimed.entries())
            await store.settle(delivery.id, {
              fence: delivery.fence,
              done: [],
              retry: { at: now + (place + 1) * MOST_COMMANDS },
            })
        break
      }
      case 'settle': {
        const delivery = deliveries.at(-1 - one.which)
        if (delivery === undefined) break
        const settled = await store.settle(delivery.id, {
          fence: delivery.fence,
          done: delivery.items.slice(0, one.done).map(({ id }) => id),
          ...(one.retry === null ? {} : { retry: { at: now + one.retry * UNIT, untried: !one.tried } }),
          ...(one.forget ? { forgetMarksUntil: now - 50 * UNIT } : {}),
          ...(one.mark ? { marks: [{ at: now, sealed: bytes(`sent ${made}`, 8) }] } : {}),
        })
        answers.push(settled)
        fences.set(delivery.name, delivery.fence)
        break
      }
      case 'renew': {
        const delivery = deliveries.at(-1 - one.which)
        if (delivery === undefined) break
        const { id, fence } = delivery
        answers.push(await store.renew(id, { fence, until: now + one.ms * UNIT }))
        break
      }
      case 'bar': {
        const id = await nameNow(store, one.who)
        const fence = 1_000_000 + made
        const barred = await store.bar(id, { fence, until: now + LEASE }, now)
        answers.push(barred)
        if (barred === 'held')
          deliveries.push({ id, keyId: keyOf(one.who), items: [], fence, name: deliveries.length })
        break
      }
      case 'pass':
        passed += one.ms
        break
      case 'erase':
        await store.erase(await nameNow(store, one.who))
        break
      case 'prune':
        await store.prune(now - one.age * UNIT, now - one.age * UNIT)
        break
    }
    if (looks === 'always') answers.push(await seen(store))
  }
  answers.push(await seen(store))
  return answers
}

const shapes = (deliveries: readonly Delivery[]) =>
  deliveries.map(({ id, keyId, items }) => ({
    id,
    keyId,
    items: items.map((item) => ({ ...item, sealed: hex(item.sealed) })),
  }))
const hex = (data: Uint8Array) => Buffer.from(data).toString('hex')

async function seen(store: Conversations): Promise<unknown> {
  const rows = await Promise.all(
    [0, 1, 2, 3, 4, 5].map(async (n) => {
      const stored = await store.load(idOf(n))
      const marks = await store.marks(idOf(n))
      const name = await store.nameOf(keyOf(n))
      return [
        stored === undefined ? null : { ...stored, sealed: hex(stored.sealed) },
        await store.waiting(idOf(n)),
        marks.map(({ at, sealed }) => [at, hex(sealed)]),
        [name ?? null, await store.namedBefore(n * 10)],
      ]
    }),
  )
  return [rows, await store.nextDue(), await store.counts(), (await store.idle(1_500 * UNIT, 9)).length]
}
