import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { memoryConversations } from '../../src/storage/memory-conversations.ts'
import { openRedisConversations } from '../../src/storage/redis/conversations/redis-conversations.ts'
import { openSqliteConversations } from '../../src/storage/sqlite/sqlite-conversations.ts'
import type { Opened } from './contract.ts'
import { command, play } from './conversation-commands.ts'
import { redisHere } from './redis-stores.ts'

/** Every answer of a store must be the one that the model gives; 100,000 sequences more are played by `test:faults`. */
const redis = redisHere()

const STORES: readonly { name: string; runs: number; open(): Promise<Opened> }[] = [
  {
    name: 'SQLite',
    runs: 12,
    open() {
      const folder = mkdtempSync(join(tmpdir(), 'lantern-model-'))
      const store = openSqliteConversations(folder)
      const done = async () => {
        await store.close()
        rmSync(folder, { recursive: true })
      }
      return Promise.resolve({ store, done })
    },
  },
  {
    name: 'Redis',
    runs: 12,
    async open() {
      const store = openRedisConversations(await redis.empty(3))
      return { store, done: () => store.close() }
    },
  },
]

it.each(STORES)(
  '$name answers every sequence of commands as the model does',
  async ({ runs, open }) => {
    let commandsPlayed = 0
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 40, maxLength: 80, size: 'max' }), async (commands) => {
        const { store, done } = await open()
        try {
          expect(await play(store, commands)).toEqual(await play(memoryConversations(), commands))
          commandsPlayed += commands.length
        } finally {
          await done()
        }
      }),
      { numRuns: runs },
    )
    expect(commandsPlayed).toBeGreaterThan(400)
  },
  120_000,
)
