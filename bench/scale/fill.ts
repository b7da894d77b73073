import { randomBytes } from 'node:crypto'
import type { KeyId } from '../../src/privacy/vault.ts'
import type { ConversationId } from '../../src/storage/conversations.ts'
import { openRedisConversations } from '../../src/storage/redis/redis-conversations.ts'
import { openData } from '../../src/storage/redis/server-mark.ts'
import { startRedis } from '../../tests/redis-server.ts'

/** Adds idle conversations of one turn each, with bytes of the size that a sealed record has, as fast as the store takes them. */
const AT_ONCE = 500
const SEALED = 302

export async function fill(data: Awaited<ReturnType<typeof startRedis>>, many: number): Promise<void> {
  const store = openRedisConversations(await openData(data.url))
  const at = Date.now()
  const add = () =>
    store.commit({
      id: randomBytes(32).toString('base64url') as ConversationId,
      named: 0,
      keyId: randomBytes(16).toString('base64url') as KeyId,
      expected: 0,
      sealed: randomBytes(SEALED),
      at,
      seen: randomBytes(16),
      cancelWaiting: false,
      outbox: [],
      marks: [],
      counts: [],
    })
  for (let n = 0; n < many; n += AT_ONCE)
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, many - n) }, add))
  await store.close()
}
