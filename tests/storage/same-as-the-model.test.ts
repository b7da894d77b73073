import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { KeyId } from '../../src/privacy/vault.ts'
import type {
  Commit,
  ConversationId,
  Conversations,
  Delivery,
  ItemId,
} from '../../src/storage/conversations.ts'
import { memoryConversations } from '../../src/storage/memory-conversations.ts'
import { openSqliteConversations } from '../../src/storage/sqlite/sqlite-conversations.ts'

/** Random commands over three conversations; every answer of SQLite must be the one that the model gives. */
const bytes = (name: string, length: number) => createHash('sha256').update(name).digest().subarray(0, length)
const idOf = (n: number) => bytes(`conversation ${n}`, 32).toString('base64url') as ConversationId

/** Each person has two. */
const otherName = (person: number, name: ConversationId) =>
  name === idOf(person) ? idOf(person + 3) : idOf(person)

async function nameNow(store: Conversations, person: number): Promise<ConversationId> {
  return (await store.load(idOf(person + 3))) === undefined ? idOf(person) : idOf(person + 3)
}

type Command =
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
  | { do: 'pass'; ms: number }
  | { do: 'erase'; who: number }
  | { do: 'prune'; age: number }

const who = fc.nat(2)
const command: fc.Arbitrary<Command> = fc.oneof(
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
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(1, 60, 400) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const), who }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('prune' as const), age: fc.constantFrom(100, 1_000) }),
  },
)

async function play(store: Conversations, commands: readonly Command[]): Promise<unknown[]> {
  const answers: unknown[] = []
  const fences = new Map<number, number>()
  const deliveries: (Delivery & { name: number })[] = []
  let now = 1_000
  let made = 0
  for (const one of commands) {
    made += 1
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
          keyId: bytes(`key ${one.who}`, 16).toString('base64url') as KeyId,
          expected: Math.max(0, revision - one.lag),
          sealed: bytes(`sealed ${made}`, 20),
          at: now,
          seen: bytes(`event ${one.who} ${one.event}`, 16),
          cancelWaiting: one.cancel,
          outbox: one.delays.map((delay, at) => ({
            id: bytes(`item ${made} ${at}`, 16).toString('base64url') as ItemId,
            kind: made % 3 === 0 ? 'case' : 'message',
            sealed: bytes(`item ${made} ${at}`, 20),
            notBefore: now + delay,
          })),
          marks: Array.from({ length: one.marks }, () => ({ at: now, sealed: bytes(`mark ${made}`, 8) })),
          counts: [`count ${one.who}`],
        }
        const fence = 1_000_000 + made
        const asked = { ...turn, ...(one.lease ? { lease: { fence, until: now + 250 } } : {}) }
        const outcome = await store.commit(asked)
        answers.push(outcome)
        if (outcome === 'leased') {
          const items = turn.outbox.map((item) => ({ ...item, attempts: 0 }))
          deliveries.push({ id, keyId: turn.keyId, items, fence, name: deliveries.length })
        }
        break
      }
      case 'claim': {
        const claimed = await store.claimDue(now, one.limit, 250)
        // Which of two that wait equally long comes first is left open.
        answers.push(claimed.length, one.limit < 3 ? [] : shapes(claimed))
        if (one.limit === 3)
          for (const delivery of claimed.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
            deliveries.push({ ...delivery, name: deliveries.length })
        else
          for (const delivery of claimed)
            await store.settle(delivery.id, { fence: delivery.fence, done: [], retry: { at: now } })
        break
      }
      case 'settle': {
        const delivery = deliveries.at(-1 - one.which)
        if (delivery === undefined) break
        const settled = await store.settle(delivery.id, {
          fence: delivery.fence,
          done: delivery.items.slice(0, one.done).map(({ id }) => id),
          ...(one.retry === null ? {} : { retry: { at: now + one.retry, untried: !one.tried } }),
          ...(one.forget ? { forgetMarksUntil: now - 50 } : {}),
          ...(one.mark ? { marks: [{ at: now, sealed: bytes(`sent ${made}`, 8) }] } : {}),
        })
        answers.push(settled)
        fences.set(delivery.name, delivery.fence)
        break
      }
      case 'pass':
        now += one.ms
        break
      case 'erase':
        await store.erase(await nameNow(store, one.who))
        break
      case 'prune':
        await store.prune(now - one.age, now - one.age)
        break
    }
    answers.push(await seen(store))
  }
  return answers
}

const shapes = (deliveries: readonly Delivery[]) =>
  deliveries
    .map(({ id, keyId, items }) => ({
      id,
      keyId,
      items: items.map((item) => ({ ...item, sealed: hex(item.sealed) })),
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
const hex = (data: Uint8Array) => Buffer.from(data).toString('hex')

async function seen(store: Conversations): Promise<unknown> {
  const rows = await Promise.all(
    [0, 1, 2, 3, 4, 5].map(async (n) => {
      const stored = await store.load(idOf(n))
      const marks = await store.marks(idOf(n))
      const name = await store.nameOf(bytes(`key ${n}`, 16).toString('base64url') as KeyId)
      return [
        stored === undefined ? null : { ...stored, sealed: hex(stored.sealed) },
        await store.waiting(idOf(n)),
        marks.map(({ at, sealed }) => [at, hex(sealed)]),
        [name ?? null, await store.namedBefore(n * 10)],
      ]
    }),
  )
  return [rows, await store.nextDue(), await store.counts(), (await store.idle(1_500, 9)).length]
}

it('SQLite answers every sequence of commands as the model does', async () => {
  let commandsPlayed = 0
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 20, maxLength: 80, size: 'max' }), async (commands) => {
      const folder = mkdtempSync(join(tmpdir(), 'lantern-model-'))
      const sqlite = openSqliteConversations(folder)
      try {
        expect(await play(sqlite, commands)).toEqual(await play(memoryConversations(), commands))
        commandsPlayed += commands.length
      } finally {
        await sqlite.close()
        rmSync(folder, { recursive: true })
      }
    }),
    { numRuns: 60 },
  )
  expect(commandsPlayed).toBeGreaterThan(1_000)
}, 60_000)
