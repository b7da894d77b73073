import { createSecretKey, randomBytes } from 'node:crypto'
import { openRedisVault } from '../../src/privacy/vault/redis/redis-vault.ts'
import type { ConversationId } from '../../src/storage/conversations.ts'
import { openRedisConversations } from '../../src/storage/redis/conversations/redis-conversations.ts'
import { openData, openVaultServer } from '../../src/storage/redis/link/server-mark.ts'
import type { RedisPair } from './redis-contestants.ts'

/** Adds idle conversations of one turn each with their keys, and with bytes of the size that a sealed record has. */
const AT_ONCE = 500
const SEALED = 302

export async function fill({ data, keys, root }: RedisPair, many: number): Promise<void> {
  const store = openRedisConversations(await openData(data.url))
  const vault = await openRedisVault(await openVaultServer(keys.url), createSecretKey(root))
  const at = Date.now()
  async function add(): Promise<void> {
    const { id: keyId } = await vault.create()
    await store.commit({
      id: randomBytes(32).toString('base64url') as ConversationId,
      named: 0,
      keyId,
      expected: 0,
      sealed: randomBytes(SEALED),
      at,
      seen: randomBytes(16),
      cancelWaiting: false,
      outbox: [],
      marks: [],
      counts: [],
    })
  }
  for (let n = 0; n < many; n += AT_ONCE)
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, many - n) }, add))
  await store.close()
  await vault.close()
}
