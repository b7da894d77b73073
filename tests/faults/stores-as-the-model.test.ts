import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { expect, it } from 'vitest'
import { memoryCases } from '../../src/storage/memory-cases.ts'
import { memoryConversations } from '../../src/storage/memory-conversations.ts'
import { openRedisCases } from '../../src/storage/redis/desk/redis-cases.ts'
import { openRedisConversations } from '../../src/storage/redis/conversations/redis-conversations.ts'
import { openData } from '../../src/storage/redis/link/server-mark.ts'
import { openSqliteCases } from '../../src/storage/sqlite/sqlite-cases.ts'
import { openSqliteConversations } from '../../src/storage/sqlite/sqlite-conversations.ts'
import { startRedis } from '../redis-server.ts'
import * as cases from '../storage/case-commands.ts'
import * as conversations from '../storage/conversation-commands.ts'
import { measured } from './table.ts'

/**
 * Random sequences of commands on SQLite, Redis and the model that is written to be read: the same answers from all three.
 * `RUNS` for fewer; a failure prints the seed, and the sequence shrunk to what still shows it.
 */
const RUNS = Number(process.env['RUNS'] ?? 100_000)
const LENGTH = { minLength: 5, maxLength: 30, size: 'max' } as const
/** A store is emptied and used again; opening a new one for each would take most of the time. */
const LONGEST_MS = 4 * 3_600_000

/** Takes out what a sequence left, past the store. */
function emptied(file: string): () => void {
  const db = new DatabaseSync(file, { timeout: 5_000 })
  const tables = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all()
    .map((row) => String(row['name']))
  return () => db.exec(`BEGIN; ${tables.map((name) => `DELETE FROM ${name};`).join(' ')} COMMIT`)
}

const bothAnswers = (...plays: [Promise<unknown[]>, Promise<unknown[]>]) => Promise.all(plays)

async function scene() {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-model-'))
  const server = await startRedis()
  const link = await openData(server.url, 2)
  // Closing a store would close the way that the next one needs.
  const lent = { ...link, close: () => Promise.resolve() }
  return {
    folder,
    lent,
    flush: () => link.everywhere(['FLUSHALL']),
    async done() {
      await link.close()
      await server.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

it(
  'SQLite, Redis and the model give the same answers to every sequence on conversations',
  async (context) => {
    const { folder, lent, flush, done } = await scene()
    const sqlite = openSqliteConversations(folder)
    const empty = emptied(join(folder, 'data.db'))
    let runs = 0
    let failures = 0
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(conversations.command, LENGTH), async (commands) => {
          runs += 1
          empty()
          await flush()
          const redis = openRedisConversations(lent)
          const model = await conversations.play(memoryConversations(), commands, 'inTheEnd')
          const [first, second] = await bothAnswers(
            conversations.play(sqlite, commands, 'inTheEnd'),
            conversations.play(redis, commands, 'inTheEnd'),
          )
          await redis.close()
          if (isDeepStrictEqual(first, model) && isDeepStrictEqual(second, model)) return
          failures += 1
          expect([first, second]).toEqual([model, model])
        }),
        { numRuns: RUNS, endOnFailure: false },
      )
    } finally {
      measured(context, { measure: 'sequences on conversations, three stores', runs, failures })
      await sqlite.close()
      await done()
    }
  },
  LONGEST_MS,
)

it(
  'SQLite, Redis and the model give the same answers to every sequence on cases',
  async (context) => {
    const { folder, lent, flush, done } = await scene()
    const sqlite = openSqliteCases(folder)
    const empty = emptied(join(folder, 'cases.db'))
    let runs = 0
    let failures = 0
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(cases.command, LENGTH), async (commands) => {
          runs += 1
          empty()
          await flush()
          const redis = openRedisCases(lent)
          const model = await cases.play(memoryCases(), commands, 'inTheEnd')
          const [first, second] = await bothAnswers(
            cases.play(sqlite, commands, 'inTheEnd'),
            cases.play(redis, commands, 'inTheEnd'),
          )
          await redis.close()
          if (isDeepStrictEqual(first, model) && isDeepStrictEqual(second, model)) return
          failures += 1
          expect([first, second]).toEqual([model, model])
        }),
        { numRuns: RUNS, endOnFailure: false },
      )
    } finally {
      measured(context, { measure: 'sequences on cases, three stores', runs, failures })
      await sqlite.close()
      await done()
    }
  },
  LONGEST_MS,
)
