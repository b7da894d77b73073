import { randomBytes } from 'node:crypto'
import { openRedisVault } from '../src/privacy/vault/redis/redis-vault.ts'
import type { Key } from '../src/privacy/vault/vault.ts'
import { freshKey } from '../src/privacy/vault/wrap.ts'
import type { ConversationId } from '../src/storage/conversations.ts'
import { infos } from '../src/storage/redis/link/info.ts'
import type { RedisLink } from '../src/storage/redis/link/link.ts'
import { openRedisConversations } from '../src/storage/redis/conversations/redis-conversations.ts'
import { openData, openVaultServer } from '../src/storage/redis/link/server-mark.ts'
import { sealConversation } from '../src/turns/written/records.ts'
import { startRedis } from '../tests/redis-server.ts'
import { benchEngine, MOMENT } from './parts.ts'
import type { Row } from './row.ts'

/**
 * What an idle conversation costs on servers: all of the memory that grew, indexes and seen ids with it, divided by how
 * many there are. `PEOPLE` for fewer: small numbers carry the empty rooms of the indexes.
 */
const PEOPLE = Number(process.env['PEOPLE'] ?? 100_000)
const TURNS = 6
const AT_ONCE = 250
const MOST = 700

export async function redisBytesRows(): Promise<Row[]> {
  const [data, keys] = await Promise.all([startRedis({ appendonly: 'no' }), startRedis({ appendonly: 'no' })])
  const link = await openData(data.url)
  const store = openRedisConversations(link)
  const vaultLink = await openVaultServer(keys.url)
  const vault = await openRedisVault(vaultLink, freshKey())
  const engine = await benchEngine()
  const fresh = engine.step(engine.fresh('whatsapp'), { type: 'hello' }, MOMENT).conversation
  const before = await Promise.all([used(link), used(vaultLink)])

  async function person(): Promise<void> {
    const key: Key = await vault.create()
    const id = randomBytes(32).toString('base64url') as ConversationId
    for (let turn = 0; turn < TURNS; turn += 1)
      await store.commit({
        id,
        named: 3,
        keyId: key.id,
        expected: turn,
        sealed: sealConversation(key, id, turn + 1, fresh),
        at: MOMENT.now + turn * 60_000,
        seen: randomBytes(16),
        cancelWaiting: false,
        outbox: [],
        marks: [],
        counts: [],
      })
  }

  for (let people = 0; people < PEOPLE; people += AT_ONCE)
    await Promise.all(Array.from({ length: AT_ONCE }, person))
  const after = await Promise.all([used(link), used(vaultLink)])
  const [ofData = 0, ofKeys = 0] = after.map((bytes, at) => Math.round((bytes - (before[at] ?? 0)) / PEOPLE))
  await store.close()
  await vault.close()
  await Promise.all([data.stop(), keys.stop()])
  const many = PEOPLE.toLocaleString('en')
  return [
    {
      measure: `an idle conversation of ${TURNS} turns on Redis, of ${many}`,
      value: `${ofData} bytes`,
      beside: `its key on the other server: ${ofKeys} bytes`,
      ratio: '',
      goal: `<= ${MOST}`,
      ok: ofData <= MOST,
    },
  ]
}

async function used(link: RedisLink): Promise<number> {
  const [memory] = await infos(link, 'memory')
  return Number(memory?.get('used_memory'))
}
