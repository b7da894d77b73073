import type {
  AccountId,
  CaseChange,
  CaseId,
  CaseOutcome,
  Cases,
  CaseState,
  EntryId,
  StoredCase,
  StoredEntry,
} from '../../cases.ts'
import { COMMIT_CASE, ERASE_CASE, NOTE_WITHDRAWN } from './case-scripts.ts'
import { bytesOfId } from '../conversations/homes.ts'
import { asBuffer, bytesOf, listOf, numberOf, type RedisLink, type Reply } from '../link/link.ts'
import { rewriting } from '../link/rewriting.ts'

/**
 * Cases in Redis or Valkey. All keys of the desk share the tag `{desk}`, and so lie together on one server of a cluster:
 * what the desk has is small, and its queue wants one order. After each write the case's number is published, and nothing
 * else, so that the desk's pages in other processes look again.
 */
export type CaseHouse = 'desk' | 'chatwoot'

/** On which a case's number is told when it changed. */
export const channelOf = (house: CaseHouse) => `lantern:${house}:case`
const REWRITE_MS = 30_000
/** Between reading the holder and writing, another process may have changed it. */
const MOST_TRIES = 20

export function openRedisCases(link: RedisLink, house: CaseHouse = 'desk'): Cases {
  const log = rewriting(link, REWRITE_MS)
  const channel = channelOf(house)
  const keyOf = (kind: string, of = '') => Buffer.from(`{desk}${house === 'desk' ? '' : house}:${kind}:${of}`)
  const [queue, ended, keyIds] = [keyOf('queue'), keyOf('ended'), keyOf('keys')]
  const withdrawn = keyOf('withdrawn')
  const heldBy = (holder: string) => keyOf('held', holder)
  const keysOf = (id: CaseId) => ({
    record: keyOf('case', id),
    entries: keyOf('entries', id),
    numbers: keyOf('numbers', id),
  })

  async function load(id: CaseId): Promise<StoredCase | undefined> {
    const { record } = keysOf(id)
    const fields = listOf(await link.at(record, ['HMGET', record, ...FIELDS]))
    return fields[0] === null ? undefined : caseIn(id, fields)
  }

  async function commit(change: CaseChange): Promise<CaseOutcome> {
    const { record, entries, numbers } = keysOf(change.id)
    const holder = change.holder ?? ''
    let was = await holderOf(record)
    for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
      const answer = await link.run(
        COMMIT_CASE,
        [record, entries, numbers, queue, ended, keyIds, heldBy(holder), heldBy(was), withdrawn],
        [
          change.id,
          bytesOfId(change.keyId),
          String(change.expected),
          change.state,
          holder,
          change.offeredTo ?? '',
          String(change.rank),
          String(change.at),
          asBuffer(change.sealed),
          was,
          channel,
          change.mark === undefined ? '' : asBuffer(change.mark),
          ...change.entries.flatMap((one) => [bytesOfId(one.id), String(one.at), asBuffer(one.sealed)]),
        ],
      )
      if (!Array.isArray(answer)) return bytesOf(answer).toString() as CaseOutcome
      was = bytesOf(answer[0]).toString()
    }
    return 'stale'
  }

  async function erase(id: CaseId): Promise<void> {
    const { record, entries, numbers } = keysOf(id)
    let was = await holderOf(record)
    for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
      const keys = [record, entries, numbers, queue, ended, keyIds, heldBy(was)]
      const answer = await link.run(ERASE_CASE, keys, [id, was, channel])
      if (!Array.isArray(answer)) return
      was = bytesOf(answer[0]).toString()
    }
    throw new Error('a case changed under every try to erase it')
  }

  async function holderOf(record: Buffer): Promise<string> {
    const holder = await link.at(record, ['HGET', record, 'holder'])
    return holder === null ? '' : bytesOf(holder).toString()
  }

  async function loadAll(ids: Reply): Promise<StoredCase[]> {
    const cases = await Promise.all(listOf(ids).map((id) => load(bytesOf(id).toString() as CaseId)))
    return cases.filter((one) => one !== undefined)
  }

  return {
    load,
    commit,
    async noteWithdrawn(mark, until) {
      await link.run(NOTE_WITHDRAWN, [withdrawn], [asBuffer(mark), String(until)])
    },
    async forgetWithdrawn(now) {
      await link.at(withdrawn, ['ZREMRANGEBYSCORE', withdrawn, '-inf', String(now)])
    },
    open: async (limit) => loadAll(await link.at(queue, ['ZRANGE', queue, '0', String(limit - 1)])),
    held: async (holder) => loadAll(await link.at(queue, ['ZRANGE', heldBy(holder), '0', '-1'])),
    async entries(id, after, limit) {
      const { entries } = keysOf(id)
      const words = ['LRANGE', entries, String(after), String(after + limit - 1)]
      return listOf(await link.at(entries, words)).map((one, place) =>
        entryIn(bytesOf(one), after + place + 1),
      )
    },
    async entry(id, entry) {
      const { entries, numbers } = keysOf(id)
      const number = await link.at(numbers, ['HGET', numbers, bytesOfId(entry)])
      if (number === null) return undefined
      const seq = numberOf(number)
      const found = await link.at(entries, ['LINDEX', entries, String(seq - 1)])
      return found === null ? undefined : entryIn(bytesOf(found), seq)
    },
    erase,
    async ended(before, limit) {
      const words = ['ZRANGEBYSCORE', ended, '-inf', `(${before}`, 'LIMIT', '0', String(limit)]
      const cases = await loadAll(await link.at(ended, words))
      return cases.map(({ id, keyId }) => ({ id, keyId }))
    },
    async *keyIds() {
      const flat = listOf(await link.at(keyIds, ['HGETALL', keyIds]))
      for (let at = 0; at < flat.length; at += 2)
        yield {
          id: bytesOf(flat[at]).toString() as CaseId,
          keyId: bytesOf(flat[at + 1]).toString('base64url') as StoredCase['keyId'],
        }
    },
    changedAnywhere(listener) {
      // A server that is away for now is heard again when it is back: the client subscribes anew by itself.
      void link.subscribe(channel, (id) => listener(id as CaseId)).catch(() => {})
    },
    compact() {
      log.soon()
      return Promise.resolve(true)
    },
    async close() {
      log.close()
      await link.close()
    },
  }
}

const FIELDS = ['revision', 'key', 'state', 'holder', 'offered', 'rank', 'opened', 'changed', 'sealed']

function caseIn(id: CaseId, fields: Reply[]): StoredCase {
  const [revision, key, state, holder, offered, rank, opened, changed, sealed] = fields
  return {
    id,
    keyId: bytesOf(key).toString('base64url') as StoredCase['keyId'],
    revision: numberOf(revision),
    state: bytesOf(state).toString() as CaseState,
    holder: accountIn(holder),
    offeredTo: accountIn(offered),
    rank: numberOf(rank),
    openedAt: numberOf(opened),
    changedAt: numberOf(changed),
    sealed: bytesOf(sealed),
  }
}

function accountIn(field: Reply | undefined): AccountId | undefined {
  const id = bytesOf(field).toString()
  return id === '' ? undefined : (id as AccountId)
}

/** `id 16 | at 6 | sealed` */
function entryIn(bytes: Buffer, seq: number): StoredEntry {
  return {
    id: bytes.toString('base64url', 0, 16) as EntryId,
    seq,
    at: bytes.readUIntBE(16, 6),
    sealed: bytes.subarray(22),
  }
}
