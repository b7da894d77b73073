import type { KeyId } from '../../privacy/vault.ts'
import type {
  ConversationId,
  Conversations,
  Delivery,
  Holding,
  Lease,
  Only,
  Settlement,
} from '../conversations.ts'
import { isOver } from '../over-counters.ts'
import { commit } from './committing.ts'
import {
  CANDIDATES,
  CLAIM,
  DROP_MESSAGES,
  ERASE,
  LAST_TOUCHED,
  PRUNE,
  SETTLE,
  TOUCHED,
} from './conversation-scripts.ts'
import { dueBook } from './due-book.ts'
import { askAtHome, locate } from './finding.ts'
import {
  aliasKey,
  bytesOfId,
  countsKey,
  dueKey,
  type Home,
  keysOf,
  marksKey,
  namedKey,
  outboxKey,
  outboxPrefix,
  recordKey,
  roomPrefix,
  roomsKey,
} from './homes.ts'
import { keyIndex } from './key-index.ts'
import { RENEW, BAR } from './lease-scripts.ts'
import { bytesOf, listOf, numberOf, type Reply, type Script } from './link.ts'
import { instant, itemsIn, markBytes, marksIn, NAMED_IN, namesIn, waitingIn } from './record.ts'
import { rewriting } from './rewriting.ts'
import type { DataLink } from './server-mark.ts'

/**
 * Conversations in Redis or Valkey, one server or a cluster, for any number of processes at once. Each write is one script
 * with all its keys in one slot (`homes.ts`, `conversation-scripts.ts`); what resolves is as durable as the server makes it,
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

  async function claimDue(now: number, limit: number, leaseMs: number): Promise<Delivery[]> {
    const candidates = await Promise.all(
      (await due.by(now)).map(async (partition) => {
        const keys = [dueKey(partition), outboxPrefix(partition)]
        const found = timedHomes(partition, await link.run(CANDIDATES, keys, [String(now), String(limit)]))
        if (found.length === 0) due.doubt()
        return found
      }),
    )
    const chosen = candidates.flat().toSorted((a, b) => a.at - b.at)
    const homes = chosen.slice(0, limit).map(({ home }) => home)
    const claimed = await Promise.all(
      [...Map.groupBy(homes, ({ partition }) => partition)].map(([partition, mine]) =>
        claimIn(partition, mine, now, leaseMs),
      ),
    )
    const order = new Map(homes.map(({ handle }, place) => [handle.toString('hex'), place]))
    const place = ({ home }: { home: Home }) => order.get(home.handle.toString('hex')) ?? 0
    return claimed
      .flat()
      .toSorted((a, b) => place(a) - place(b))
      .map(({ delivery }) => delivery)
  }

  async function claimIn(partition: number, homes: readonly Home[], now: number, leaseMs: number) {
    const keys = homes.flatMap((home) => [recordKey(home), outboxKey(home)])
    const handles = homes.map(({ handle }) => handle)
    const words = [String(now), String(instant(now + leaseMs)), ...handles]
    const [next, ...flat] = listOf(await link.run(CLAIM, [dueKey(partition), ...keys], words))
    due.note(partition, next)
    return Array.from({ length: flat.length / 4 }, (_, n) => ({
      home: { partition, handle: bytesOf(flat[4 * n]) },
      delivery: {
        ...namesIn(bytesOf(flat[4 * n + 1])),
        fence: numberOf(flat[4 * n + 2]),
        items: itemsIn(bytesOf(flat[4 * n + 3])),
      },
    }))
  }

  async function settle(id: ConversationId, settlement: Settlement): Promise<Holding> {
    const { fence, done, retry, marks = [], forgetMarksUntil } = settlement
    const { answer } = await askAtHome(link, id, async (home, alias) => {
      const keys = keysOf(home)
      const reply = listOf(
        await link.run(
          SETTLE,
          [keys.record, keys.outbox, keys.due, keys.marks, ...(alias === undefined ? [] : [alias])],
          [
            home.handle,
            bytesOfId(id),
            String(fence),
            retry === undefined ? '' : String(instant(retry.at)),
            triedIn(retry),
            forgetMarksUntil === undefined ? '' : String(forgetMarksUntil),
            Buffer.concat(marks.map(markBytes)),
            Buffer.concat(done.map(bytesOfId)),
          ],
        ),
      )
      if (String(reply[0]) !== 'elsewhere') due.note(home.partition, reply[1])
      return reply
    })
    return holdingIn(answer)
  }

  async function ofLease(script: Script, id: ConversationId, { fence, until }: Lease, more: string[] = []) {
    const { answer } = await askAtHome(link, id, async (home, alias) => {
      const { record, outbox, due: dues } = keysOf(home)
      const keys = [record, outbox, dues, ...(alias === undefined ? [] : [alias])]
      const words = [home.handle, bytesOfId(id), String(fence), String(instant(until)), ...more]
      const reply = listOf(await link.run(script, keys, words))
      if (String(reply[0]) !== 'elsewhere') due.note(home.partition, reply[1])
      return reply
    })
    return answer
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

  async function dropWaitingMessages(): Promise<void> {
    for (const partition of parts) {
      const key = dueKey(partition)
      const handles = listOf(await link.at(key, ['ZRANGE', key, '0', '-1'])).map(bytesOf)
      for (let at = 0; at < handles.length; at += AT_ONCE) {
        const some = handles.slice(at, at + AT_ONCE)
        const outboxes = some.map((handle) => outboxKey({ partition, handle }))
        due.note(partition, await link.run(DROP_MESSAGES, [key, ...outboxes], some))
      }
    }
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
    claimDue,
    settle,
    renew: async (id, lease) => holdingIn(await ofLease(RENEW, id, lease)),
    async bar(id, lease, now) {
      const barred = String((await ofLease(BAR, id, lease, [String(instant(now))]))[0])
      return barred === 'held' || barred === 'busy' ? barred : 'gone'
    },
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
    dropWaitingMessages,
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

/** A second alias on the way means that nothing goes by that name. */
function holdingIn([answer]: Reply[]): Holding {
  const held = String(answer)
  return held === 'held' || held === 'left' ? held : 'lost'
}

/** From `handle, time` one after the other. */
function timedHomes(partition: number, reply: Reply): { home: Home; at: number }[] {
  const flat = listOf(reply)
  return Array.from({ length: flat.length / 2 }, (_, n) => ({
    home: { partition, handle: bytesOf(flat[2 * n]) },
    at: numberOf(flat[2 * n + 1]),
  }))
}

/** Whether an item was tried, and its id where it is not the first. */
function triedIn(retry: Settlement['retry']): Buffer {
  const { untried, tried } = retry ?? {}
  return Buffer.concat([
    Buffer.from(untried === true ? '0' : '1'),
    tried === undefined ? Buffer.alloc(0) : bytesOfId(tried),
  ])
}
