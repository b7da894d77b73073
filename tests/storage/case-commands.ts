import fc from 'fast-check'
import { createHash } from 'node:crypto'
import type { KeyId } from '../../src/privacy/vault/vault.ts'
import type { AccountId, CaseId, Cases, CaseState, EntryId } from '../../src/storage/cases.ts'

/** Random commands over four cases. Played on two stores they must give the same answers; `looks`: as for conversations. */
const bytes = (name: string, length: number) => createHash('sha256').update(name).digest().subarray(0, length)
const of16 = <Id extends string>(name: string) => bytes(name, 16).toString('base64url') as Id
const caseId = (n: number) => String(n).padStart(8, '0') as CaseId
const hex = (data: Uint8Array) => Buffer.from(data).toString('hex')
const WHO = [undefined, of16<AccountId>('ada'), of16<AccountId>('ben')]

const which = fc.nat(3)
export const command = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('commit' as const),
      which,
      lag: fc.constantFrom(0, 0, 0, 0, 1),
      /** A commit of a life of the case that is over, or is still to come. */
      otherKey: fc.constantFrom(false, false, false, false, true),
      state: fc.constantFrom<CaseState>('waiting', 'active', 'offered', 'closed', 'withdrawn'),
      holder: fc.nat(2),
      offeredTo: fc.nat(2),
      rank: fc.nat(4),
      /** Of what may have been taken back. */
      mark: fc.option(fc.nat(2), { nil: null, freq: 3 }),
      entries: fc.array(fc.nat(12), { maxLength: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(1, 60, 400) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('compact' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('note' as const),
      mark: fc.nat(2),
      ms: fc.constantFrom(50, 500),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forget' as const), ago: fc.constantFrom(0, 100) }) },
)
export type Command = typeof command extends fc.Arbitrary<infer T> ? T : never

export async function play(
  store: Cases,
  commands: readonly Command[],
  looks: 'always' | 'inTheEnd' = 'always',
): Promise<unknown[]> {
  const answers: unknown[] = []
  const lives = [0, 0, 0, 0]
  let now = 1_000
  for (const [made, one] of commands.entries()) {
    switch (one.do) {
      case 'commit': {
        const id = caseId(one.which)
        const revision = (await store.load(id))?.revision ?? 0
        const life = (lives[one.which] ?? 0) + (one.otherKey ? 1 : 0)
        answers.push(
          await store.commit({
            id,
            expected: Math.max(0, revision - one.lag),
            keyId: of16<KeyId>(`${id} ${life}`),
            state: one.state,
            holder: WHO[one.holder],
            offeredTo: WHO[one.offeredTo],
            rank: one.rank,
            ...(one.mark === null ? {} : { mark: bytes(`mark ${one.mark}`, 16) }),
            at: now,
            sealed: bytes(`sealed ${made}`, 20),
            entries: one.entries.map((n) => ({
              id: of16<EntryId>(`entry ${n}`),
              at: now,
              sealed: bytes(`entry ${made} ${n}`, 12),
            })),
          }),
        )
        break
      }
      case 'pass':
        now += one.ms
        break
      case 'erase':
        await store.erase(caseId(one.which))
        lives[one.which] = (lives[one.which] ?? 0) + 1
        break
      case 'note':
        await store.noteWithdrawn(bytes(`mark ${one.mark}`, 16), now + one.ms)
        break
      case 'forget':
        await store.forgetWithdrawn(now - one.ago)
        break
      case 'compact':
        answers.push(await store.compact())
        break
    }
    if (looks === 'always') answers.push(await seen(store, now))
  }
  answers.push(await seen(store, now))
  return answers
}

async function seen(store: Cases, now: number): Promise<unknown> {
  const ids = (rows: readonly { id: CaseId }[]) => rows.map(({ id }) => id)
  const shown = <T extends { sealed: Uint8Array }>(row: T | undefined) =>
    row === undefined ? null : { ...row, sealed: hex(row.sealed) }
  const rows = await Promise.all(
    [0, 1, 2, 3].map(async (n) => [
      shown(await store.load(caseId(n))),
      (await store.entries(caseId(n), 0, 99)).map(shown),
      (await store.entries(caseId(n), 2, 2)).map(({ seq }) => seq),
      (await store.entry(caseId(n), of16<EntryId>('entry 3')))?.seq,
    ]),
  )
  const keys: string[] = []
  for await (const { id, keyId } of store.keyIds()) keys.push(`${id} ${keyId}`)
  return [
    rows,
    keys.toSorted(),
    ids(await store.open(9)),
    ids(await store.open(2)),
    ids(await store.held(WHO[1] ?? of16<AccountId>(''))),
    await store.ended(now - 300, 3),
  ]
}
