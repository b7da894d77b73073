import type { KeyId } from '../../../privacy/vault/vault.ts'
import type { ConversationId, Conversations, Only } from '../../conversations.ts'
import { isOver } from '../../over-counters.ts'
import { bytesOf, listOf, numberOf } from '../link/link.ts'
import { rewriting } from '../link/rewriting.ts'
import type { DataLink } from '../link/server-mark.ts'
import { commit } from './committing.ts'
import { deliveries } from './deliveries.ts'
import { dueBook } from './due-book.ts'
import { askAtHome, locate, timedHomes } from './finding.ts'
import {
  aliasKey,
  bytesOfId,
  countsKey,
  type Home,
  keysOf,
  marksKey,
  namedKey,
  outboxKey,
  recordKey,
  roomPrefix,
  roomsKey,
} from './homes.ts'
import { keyIndex } from './key-index.ts'
import { marksIn, NAMED_IN, namesIn, waitingIn } from './record.ts'
import { ERASE, LAST_TOUCHED, PRUNE, TOUCHED } from './upkeep-scripts.ts'

/**
 * Conversations in Redis or Valkey, one server or a cluster, for any number of processes at once. Each write is one script
 * with all its keys in one slot (`homes.ts`, `script-parts.ts`); what resolves is as durable as the server makes it,
 * which the start-up check sees to.
 */
const AT_ONCE = 200
const REWRITE_MS = 30_000

export function openRedisConversations(link: DataLink): Conversations {
  const parts = Array.from({ length: link.partitions }, (_, partition) => partition)
  const due = dueBook(link)
  const index = keyIndex(link)
  const log = rewriting(link, REWRITE_MS)
  const rooms = (partition: number) => [roomsKey(partition), roomPrefix(partition)]

  /** The homes of a partition whose last turn lies between, with it. */
  const touched = async (partition: number, from: string, to: string, limit: number) =>
    timedHomes(partition, await link.run(TOUCHED, rooms(partition), [from, to, String(limit)]))

  async function namesAt(homes: readonly Home[]) {
    const heads = await Promise.all(
      homes.map(async (home) => {
        const key = recordKey(home)
        return bytesOf(await link.at(key, ['GETRANGE', key, '0', String(NAMED_IN - 1)]))
      }),
    )
    // One that was erased meanwhile is empty.
    return heads.filter((head) => head.length > 0).map(namesIn)
  }

  async function between(from: string, to: string, limit: number) {
    const all = (await Promise.all(parts.map((part) => touched(part, from, to, limit)))).flat()
    all.sort((a, b) => a.at - b.at)
    return namesAt(all.slice(0, limit < 0 ? all.length : limit).map(({ home }) => home))
  }

  async function* everyHome(): AsyncIterable<Home[]> {
    for (const part of parts) {
      const homes = (await touched(part, '-inf', '+inf', -1)).map(({ home }) => home)
      for (let at = 0; at < homes.length; at += AT_ONCE) yield homes.slice(at, at + AT_ONCE)
    }
  }

  async function erase(id: ConversationId, { revision, keyId }: Only = {}): Promise<boolean> {
    const found = await locate(link, id)
    if (found !== undefined && keyId !== undefined && found.stored.keyId !== keyId) return false
    // Before, so that nothing points at what is not there; after, where it may have to stay.
    if (found !== undefined && revision === undefined) await index.take(found.stored.keyId)
    const { answer } = await askAtHome(link, id, async (home, alias) => {
      const keys = keysOf(home)
      const lie = [keys.record, keys.outbox, keys.due, keys.touched, keys.marks, keys.named, keys.rooms]
      const words = [
        home.handle,
        bytesOfId(id),
        revision === undefined ? '' : String(revision),
        keyId === undefined ? '' : bytesOfId(keyId),
      ]
      const reply = listOf(await link.run(ERASE, [...lie, ...(alias === undefined ? [] : [alias])], words))
      if (String(reply[0]) !== 'elsewhere') due.note(home.partition, reply[1])
      return reply
    })
    const alias = aliasKey(link, id)
    if (String(answer[0]) === 'another') return false
    if (String(answer[0]) === 'erased') await link.at(alias, ['DEL', alias])
    if (found !== undefined && revision !== undefined) await index.take(found.stored.keyId)
    return true
  }

  async function prune(before: number, marksBefore: number): Promise<void> {
    for await (const homes of everyHome())
      for (const mine of Map.groupBy(homes, ({ partition }) => partition).values()) {
        const keys = mine.flatMap((home) => [recordKey(home), marksKey(home)])
        await link.run(PRUNE, keys, [String(before), String(marksBefore)])
      }
    await index.tidy()
  }

  async function countsIn(partition: number): Promise<[string, number][]> {
    const key = countsKey(partition)
    const flat = listOf(await link.at(key, ['HGETALL', key]))
    return Array.from({ length: flat.length / 2 }, (_, n) => [String(flat[2 * n]), numberOf(flat[2 * n + 1])])
  }

  return {
    load: async (id) => (await locate(link, id))?.stored,
    async nameOf(keyId) {
      const home = await index.find(keyId)
      const [found] = home === undefined ? [] : await namesAt([home])
      return found?.keyId === keyId ? found.id : undefined
    },
    async namedBefore(pepper) {
      const epochs = await Promise.all(
        parts.map(async (part) => {
          const key = namedKey(part)
          return listOf(await link.at(key, ['HKEYS', key])).map(numberOf)
        }),
      )
      return epochs.flat().some((epoch) => epoch < pepper)
    },
    commit: (turn) => commit({ link, due, index }, turn),
    ...deliveries(link, due),
    nextDue: () => due.next(),
    async waiting(id) {
      const found = await locate(link, id)
      if (found === undefined) return 0
      const key = outboxKey(found.home)
      const outbox = await link.at(key, ['GET', key])
      return outbox === null ? 0 : waitingIn(bytesOf(outbox)).length
    },
    async marks(id) {
      const found = await locate(link, id)
      if (found === undefined) return []
      const key = marksKey(found.home)
      const marks = await link.at(key, ['GET', key])
      return marks === null ? [] : marksIn(bytesOf(marks))
    },
    erase,
    idle: (before, limit) => between('-inf', `(${before}`, limit),
    ahead: (after) => between(`(${after}`, '+inf', -1),
    async lastTouched() {
      const all = await Promise.all(parts.map((part) => link.run(LAST_TOUCHED, rooms(part))))
      const last = Math.max(...all.map(numberOf))
      return last < 0 ? undefined : last
    },
    async *keyIds(): AsyncIterable<{ id: ConversationId; keyId: KeyId }> {
      for await (const homes of everyHome()) yield* await namesAt(homes)
    },
    prune,
    compact() {
      log.soon()
      return Promise.resolve(true)
    },
    async pruneCounts(before) {
      for (const partition of parts) {
        const names = (await countsIn(partition)).map(([name]) => name)
        const old = names.filter((name) => isOver(name, before))
        const key = countsKey(partition)
        if (old.length > 0) await link.at(key, ['HDEL', key, ...old])
      }
    },
    async counts() {
      const sums = new Map<string, number>()
      for (const [name, value] of (await Promise.all(parts.map(countsIn))).flat())
        sums.set(name, (sums.get(name) ?? 0) + value)
      return [...sums]
        .map(([name, value]) => ({ name, value }))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    },
    async close() {
      due.close()
      log.close()
      await link.close()
    },
  }
}
