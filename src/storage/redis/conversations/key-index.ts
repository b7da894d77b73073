import { randomInt } from 'node:crypto'
import type { KeyId } from '../../../privacy/vault/vault.ts'
import {
  bytesOfId,
  type Home,
  homeBytes,
  homeIn,
  INDEX_SHARDS,
  indexKey,
  indexShard,
  recordKey,
} from './homes.ts'
import { bytesOf, listOf, type RedisLink } from '../link/link.ts'
import { isNewer, NAMED_IN, namesIn } from './record.ts'

/**
 * Which key's conversation has its home where. It lies by the key and so on another server of a cluster than the
 * conversation: it is written before the conversation's first commit and taken out before it is erased, so that whatever
 * is cut off between leaves an entry too many and never one too few. What it says counts only while the record there has
 * that key. Entries that say nothing true are taken out by and by.
 */
export interface KeyIndex {
  /** An entry that is there stays as it is. */
  put(keyId: KeyId, home: Home): Promise<void>
  take(keyId: KeyId): Promise<void>
  find(keyId: KeyId): Promise<Home | undefined>
  /** A part of the entries at each call: what was found to lead nowhere twice, a call apart, is taken out. */
  tidy(): Promise<void>
}

/** All of them within a day of sweeps. */
const SHARDS_AT_ONCE = 128

export function keyIndex(link: RedisLink): KeyIndex {
  let from = randomInt(INDEX_SHARDS)
  let suspects = new Set<string>()

  async function leadsNowhere(keyId: KeyId, home: Home): Promise<boolean> {
    const record = recordKey(home)
    const head = bytesOf(await link.at(record, ['GETRANGE', record, '0', String(NAMED_IN - 1)]))
    return head.length === 0 || (!isNewer(head) && namesIn(head).keyId !== keyId)
  }

  async function wrongIn(shard: number): Promise<KeyId[]> {
    const key = indexKey(shard)
    const entries = listOf(await link.at(key, ['HGETALL', key]))
    const wrong: KeyId[] = []
    for (let at = 0; at < entries.length; at += 2) {
      const keyId = bytesOf(entries[at]).toString('base64url') as KeyId
      if (await leadsNowhere(keyId, homeIn(bytesOf(entries[at + 1])))) wrong.push(keyId)
    }
    return wrong
  }

  const take = async (keyId: KeyId) => {
    const key = indexKey(indexShard(keyId))
    await link.at(key, ['HDEL', key, bytesOfId(keyId)])
  }

  return {
    async put(keyId, home) {
      const key = indexKey(indexShard(keyId))
      await link.at(key, ['HSETNX', key, bytesOfId(keyId), homeBytes(home)])
    },
    take,
    async find(keyId) {
      const bytes = bytesOfId(keyId)
      if (bytes.length !== 16) return undefined
      const key = indexKey(indexShard(keyId))
      const home = await link.at(key, ['HGET', key, bytes])
      return home === null ? undefined : homeIn(bytesOf(home))
    },
    async tidy() {
      const shards = Array.from({ length: SHARDS_AT_ONCE }, (_, n) => (from + n) % INDEX_SHARDS)
      const wrong = new Set<string>((await Promise.all(shards.map(wrongIn))).flat())
      for (const keyId of wrong) if (suspects.has(keyId)) await take(keyId as KeyId)
      // Looked at once more in the next call before others have their turn.
      const isSecondLook = suspects.size > 0
      suspects = isSecondLook ? new Set() : wrong
      if (suspects.size === 0) from = (from + SHARDS_AT_ONCE) % INDEX_SHARDS
    },
  }
}
