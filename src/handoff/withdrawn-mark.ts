import { createHash } from 'node:crypto'
import type { Instant } from '../operations/environment.ts'
import { framed } from '../privacy/sealing/framed.ts'
import { KEPT_FOR } from '../privacy/kept-for.ts'
import type { KeyId } from '../privacy/vault/vault.ts'
import type { CaseId } from '../storage/cases.ts'

/**
 * By what a case that was taken back is known for a day, so that what is late in another process cannot open it anew. The
 * hash is over the id of her conversation's key, which is gone after a wipe: nobody can tell whose it was, and the same
 * number stays free for anyone else. Its end is a full hour, so that it does not say when it was taken back.
 */
const HOUR = 3_600_000

export function withdrawnMark(id: CaseId, key: KeyId): Uint8Array {
  return createHash('sha256')
    .update(framed(['withdrawn', id, key]))
    .digest()
    .subarray(0, 16)
}

export function withdrawnUntil(now: Instant): Instant {
  return Math.floor((now + KEPT_FOR.withdrawal.ms) / HOUR) * HOUR
}
