import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Engine } from '../src/conversation/engine.ts'
import type { Key } from '../src/privacy/vault/vault.ts'
import type { ConversationId } from '../src/storage/conversations.ts'
import { openFile } from '../src/storage/sqlite/file.ts'
import { groupCommit } from '../src/storage/sqlite/group-commit.ts'
import { DATA_FILE } from '../src/storage/sqlite/schema.ts'
import { openConversation, sealConversation, sealItem } from '../src/turns/written/records.ts'
import { ratioRow, type Row } from './row.ts'
import { benchEngine, MOMENT } from './parts.ts'
import { openScratch, random } from './scratch.ts'

/**
 * A durable turn (load, unseal, step, seal, commit with fsync, one message into the outbox) beside its floor: a bare
 * prepared UPDATE of the same bytes, in a file with the same pragmas, at the same concurrency and with the same grouping.
 */
const PEOPLE = 64
const TURNS = 4_000
const ROUNDS = 5

export async function sqliteTurnRows(): Promise<Row[]> {
  const engine = await benchEngine()
  const ours: number[] = []
  const floor: number[] = []
  const grouped: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await durableTurns(engine))
    floor.push(await bareUpdates(false))
    grouped.push(await bareUpdates(true))
  }
  return [
    ratioRow(
      'durable SQLite turn (load, unseal, step, seal, commit)',
      'turns/s',
      ours,
      'bare UPDATE, each durable',
      floor,
      0.5,
    ),
    ratioRow('the same turn', 'turns/s', ours, '64 bare UPDATEs under one fsync', grouped),
  ]
}

async function durableTurns(engine: Engine): Promise<number> {
  const scratch = openScratch()
  const { vault, conversations: store } = scratch
  const people: { id: ConversationId; key: Key; revision: number }[] = []
  for (let n = 0; n < PEOPLE; n += 1) {
    const id = randomBytes(32).toString('base64url') as ConversationId
    const key = await vault.create()
    const first = engine.step(engine.fresh('whatsapp'), { type: 'hello' }, MOMENT)
    await store.commit({
      id,
      keyId: key.id,
      expected: 0,
      sealed: sealConversation(key, id, 1, {
        ...first.conversation,
        context: { ...first.conversation.context, taught: true },
      }),
      at: MOMENT.now,
      seen: randomBytes(16),
      cancelWaiting: false,
      outbox: [],
      marks: [],
      counts: [],
    })
    people.push({ id, key, revision: 1 })
  }
  const each = TURNS / PEOPLE
  const begin = process.hrtime.bigint()
  await Promise.all(
    people.map(async (person) => {
      for (let turn = 0; turn < each; turn += 1) {
        const stored = await store.load(person.id)
        const conversation = stored === undefined ? undefined : openConversation(person.key, stored)
        if (stored === undefined || conversation === undefined) throw new Error('a turn found nothing')
        const happening = engine.understand(
          turn % 2 === 0 ? 'menu' : 'rights and papers',
          conversation,
          MOMENT,
        )
        if (happening.type === 'wordGiven') throw new Error('not this dialogue')
        const step = engine.step(conversation, happening, MOMENT)
        const parcel = { channel: 'whatsapp', look: 'whatsapp', address: '999000000001' } as const
        const outcome = await store.commit({
          id: person.id,
          keyId: person.key.id,
          expected: stored.revision,
          sealed: sealConversation(person.key, person.id, stored.revision + 1, step.conversation),
          at: MOMENT.now,
          seen: randomBytes(16),
          // The outbox stays as long as it is in service: each turn replaces the message of the one before.
          cancelWaiting: true,
          outbox:
            step.message === undefined
              ? []
              : [sealItem(person.key, random, 'message', { ...parcel, message: step.message }, MOMENT.now)],
          marks: [],
          counts: [],
        })
        if (outcome !== 'committed') throw new Error(outcome)
      }
    }),
  )
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9
  await scratch.close()
  return TURNS / seconds
}

async function bareUpdates(grouped: boolean): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-bench-'))
  const db = openFile(join(folder, 'floor.db'), {
    ...DATA_FILE,
    schema: 'CREATE TABLE rows (n INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT;',
  })
  // A sealed record and a sealed message, as a turn writes them.
  const bytes = randomBytes(1024 + 46 + 1024 + 46)
  const insert = db.prepare('INSERT INTO rows VALUES (?, ?)')
  for (let n = 0; n < PEOPLE; n += 1) insert.run(n, bytes)
  const update = db.prepare('UPDATE rows SET sealed = ? WHERE n = ?')
  const group = groupCommit(db)
  const each = TURNS / PEOPLE
  const begin = process.hrtime.bigint()
  await Promise.all(
    Array.from({ length: PEOPLE }, async (_, n) => {
      for (let turn = 0; turn < each; turn += 1) {
        // SQLite writes nothing when the bytes are those that lie there already.
        bytes.writeUInt32LE(turn, 0)
        if (grouped) await group.run(() => update.run(bytes, n))
        else await Promise.resolve(update.run(bytes, n))
      }
    }),
  )
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9
  db.close()
  rmSync(folder, { recursive: true })
  return TURNS / seconds
}
