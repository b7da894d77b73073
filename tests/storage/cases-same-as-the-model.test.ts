import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Cases } from '../../src/storage/cases.ts'
import { memoryCases } from '../../src/storage/memory-cases.ts'
import { openRedisCases } from '../../src/storage/redis/desk/redis-cases.ts'
import { openSqliteCases } from '../../src/storage/sqlite/sqlite-cases.ts'
import { command, play } from './case-commands.ts'
import { redisHere } from './redis-stores.ts'

/** Every answer of a store must be the one that the model gives; 100,000 sequences more are played by `test:faults`. */
const redis = redisHere()

const STORES: Readonly<Record<string, (folder: string) => Cases | Promise<Cases>>> = {
  SQLite: openSqliteCases,
  Redis: async () => openRedisCases(await redis.empty()),
}

it.each(Object.entries(STORES))(
  '%s answers every sequence of commands on cases as the model does',
  async (_name, open) => {
    let committed = 0
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 40, maxLength: 80, size: 'max' }), async (commands) => {
        const folder = mkdtempSync(join(tmpdir(), 'lantern-model-'))
        const store = await open(folder)
        try {
          const answers = await play(store, commands)
          expect(answers).toEqual(await play(memoryCases(), commands))
          committed += answers.filter((answer) => answer === 'committed').length
        } finally {
          await store.close()
          rmSync(folder, { recursive: true })
        }
      }),
      { numRuns: 16 },
    )
    expect(committed).toBeGreaterThan(100)
  },
  120_000,
)
