import type { KeyId } from '../../../privacy/vault/vault.ts'
import type { ConversationId } from '../../conversations.ts'

/**
 * Where everything of one conversation lies. It begins under the partition of the name that it is born with, and stays
 * there: the keys of one write share the tag `{pN}` and so lie on one server of a cluster, also after a pepper's change
 * gave the conversation another name. Another name is an alias in its own partition, which says where the home is; it
 * counts only while the record there goes by that name. Single letters, since each key costs its length in memory.
 */
/**
 * Which conversations of a partition were written to when lies in 256 rooms by the first byte of the handle: Redis keeps
 * small sorted sets packed, and so they stay small up to two million conversations.
 */
const HANDLE = 12
const INDEX_SHARDS = 16_384

export interface Home {
  partition: number
  handle: Buffer
}

export interface HomeKeys {
  record: Buffer
  outbox: Buffer
  marks: Buffer
  due: Buffer
  touched: Buffer
  rooms: Buffer
  counts: Buffer
  named: Buffer
}

export const bytesOfId = (id: string): Buffer => Buffer.from(id, 'base64url')

/** How many partitions a server's data lies in: fixed when its first key was written (`server-mark.ts`). */
export interface Parted {
  partitions: number
}

/** The home of what is born with this name. */
export function homeOf({ partitions }: Parted, id: ConversationId): Home {
  const bytes = bytesOfId(id)
  return { partition: (bytes[0] ?? 0) % partitions, handle: bytes.subarray(1, 1 + HANDLE) }
}

export const isSameHome = (a: Home, b: Home) => a.partition === b.partition && a.handle.equals(b.handle)

const prefix = (partition: number, kind: string) => Buffer.from(`{p${partition}}${kind}`)
const withHandle = ({ partition, handle }: Home, kind: string) =>
  Buffer.concat([prefix(partition, kind), handle])

export function keysOf(home: Home): HomeKeys {
  return {
    record: recordKey(home),
    outbox: outboxKey(home),
    marks: marksKey(home),
    due: dueKey(home.partition),
    touched: Buffer.concat([prefix(home.partition, 't'), home.handle.subarray(0, 1)]),
    rooms: roomsKey(home.partition),
    counts: countsKey(home.partition),
    named: namedKey(home.partition),
  }
}

export const recordKey = (home: Home) => withHandle(home, 'c')
export const outboxKey = (home: Home) => withHandle(home, 'o')
export const marksKey = (home: Home) => withHandle(home, 'm')
/** In the partition of the name itself. */
export const aliasKey = (parted: Parted, id: ConversationId) => withHandle(homeOf(parted, id), 'a')
export const dueKey = (partition: number) => prefix(partition, 'd')
export const countsKey = (partition: number) => prefix(partition, 'n')
export const namedKey = (partition: number) => prefix(partition, 'e')
/** Holds nothing; written to learn whether a replica has what was written before. */
export const confirmKey = (partition: number) => prefix(partition, 'w')
/** With a handle at its end: an outbox. */
export const outboxPrefix = (partition: number) => prefix(partition, 'o')
/** A bit for each room that is not empty. */
export const roomsKey = (partition: number) => prefix(partition, 'r')
/** With the room's byte at its end: when each conversation of the room was written to last. */
export const roomPrefix = (partition: number) => prefix(partition, 't')

/** `partition 1 | handle 12`: an alias and an entry of the index of keys hold this. */
export function homeBytes({ partition, handle }: Home): Buffer {
  return Buffer.concat([Buffer.of(partition), handle])
}

export function homeIn(bytes: Buffer): Home {
  return { partition: bytes[0] ?? 0, handle: bytes.subarray(1) }
}

/** The part of the index that holds a key's entry; each lies where the cluster puts it. */
export const indexShard = (keyId: KeyId) => bytesOfId(keyId).readUInt16BE(0) % INDEX_SHARDS
export const indexKey = (shard: number) => Buffer.from(`k${shard}`)
export { INDEX_SHARDS }
