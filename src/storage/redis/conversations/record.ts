import { WrittenByNewer } from '../../../errors.ts'
import type { KeyId } from '../../../privacy/vault/vault.ts'
import type { ConversationId, ItemId, ItemKind, Mark, OutboxItem, Stored } from '../../conversations.ts'
import { RedisFailed } from '../link/link.ts'

/**
 * How a conversation lies in Redis, packed, since a million of them lie there at once. All numbers are big-endian.
 *
 *     record  version 1 | revision 4 | touched 6 | pepper 4 | fence 6 | flags 1 | seen 2 | id 32 | key 16 | sealed | seen * 14
 *     outbox  version 1 | lease until 6 | claimed up to 4 | last 4 | items
 *     item    number 4 | kind 1 | not before 6 | attempts 2 | id 16 | length 4 | sealed
 *     mark    at 6 | length 4 | sealed
 *
 * Flag 1: the key's id is left out, because the sealed bytes name it themselves (`privacy/sealing/seal.ts`). An entry of `seen` is
 * the first 8 bytes of the token and when it came: of a thousand events of one person two are alike once in 10^13.
 * Another version is refused, never guessed at; one that is higher stays as it is for a newer Lantern.
 */
const VERSION = 1
const HEAD = 56
const NAMES_ITSELF = 1
const SEEN = 14
/** So much of a record holds its name and its key. */
export const NAMED_IN = HEAD + 18
const KINDS: readonly ItemKind[] = ['message', 'forget', 'case']
const LATEST = 2 ** 48 - 1

/** undefined: what lies there goes by another name. */
export function storedIn(bytes: Buffer, id: ConversationId): Stored | undefined {
  const { id: name, keyId } = namesIn(bytes)
  if (name !== id) return undefined
  const from = (bytes[21] ?? 0) === NAMES_ITSELF ? HEAD : HEAD + 16
  return {
    id,
    keyId,
    revision: bytes.readUInt32BE(1),
    touchedAt: bytes.readUIntBE(5, 6),
    sealed: bytes.subarray(from, bytes.length - SEEN * bytes.readUInt16BE(22)),
  }
}

/** From the first `NAMED_IN` bytes of a record. */
export function namesIn(bytes: Buffer): { id: ConversationId; keyId: KeyId } {
  if (isNewer(bytes)) throw new WrittenByNewer()
  if (bytes.length < NAMED_IN || bytes[0] !== VERSION) throw new RedisFailed('FORMAT')
  const at = bytes[21] === NAMES_ITSELF ? HEAD + 2 : HEAD
  return {
    id: bytes.toString('base64url', 24, HEAD) as ConversationId,
    keyId: bytes.toString('base64url', at, at + 16) as KeyId,
  }
}

/** Of a layout to come. */
export const isNewer = (bytes: Buffer): boolean => (bytes[0] ?? 0) > VERSION

/** A new item as the script of a commit takes it: without a number and attempts. */
export function itemBytes({ id, kind, sealed, notBefore }: Omit<OutboxItem, 'attempts'>): Buffer {
  const head = Buffer.alloc(27)
  head[0] = KINDS.indexOf(kind)
  head.writeUIntBE(instant(notBefore), 1, 6)
  head.set(Buffer.from(id, 'base64url'), 7)
  head.writeUInt32BE(sealed.length, 23)
  return Buffer.concat([head, sealed])
}

/** Items as the scripts hand them out, one after the other. */
export function itemsIn(bytes: Buffer): OutboxItem[] {
  const items: OutboxItem[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = at + 33 + bytes.readUInt32BE(at + 29)
    const kind = KINDS[bytes[at + 4] ?? -1]
    if (kind === undefined) throw new RedisFailed('FORMAT')
    items.push({
      id: bytes.toString('base64url', at + 13, at + 29) as ItemId,
      kind,
      sealed: bytes.subarray(at + 33, end),
      notBefore: bytes.readUIntBE(at + 5, 6),
      attempts: bytes.readUInt16BE(at + 11),
    })
    at = end
  }
  return items
}

/** An outbox without its head. */
export function waitingIn(outbox: Buffer): OutboxItem[] {
  if (isNewer(outbox)) throw new WrittenByNewer()
  if (outbox[0] !== VERSION) throw new RedisFailed('FORMAT')
  return itemsIn(outbox.subarray(15))
}

export function markBytes({ at, sealed }: Mark): Buffer {
  const head = Buffer.alloc(10)
  head.writeUIntBE(instant(at), 0, 6)
  head.writeUInt32BE(sealed.length, 6)
  return Buffer.concat([head, sealed])
}

export function marksIn(bytes: Buffer): Mark[] {
  const marks: Mark[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = at + 10 + bytes.readUInt32BE(at + 6)
    marks.push({ at: bytes.readUIntBE(at, 6), sealed: bytes.subarray(at + 10, end) })
    at = end
  }
  return marks
}

export const instant = (at: number): number => Math.max(0, Math.min(LATEST, Math.floor(at)))
