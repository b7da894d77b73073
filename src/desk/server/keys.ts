import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import type { Key, KeyId } from '../../privacy/vault/vault.ts'

/**
 * The desk's own keys, derived from the root: they outlive any conversation and open nothing of one. Whoever holds
 * desk.db without the root key reads no name and can forge no audit line.
 */
export interface DeskKeys {
  /** Names and one-time-code secrets, through `src/privacy/sealing/seal.ts`. */
  records: Key
  /** For the keyed hash by which a name is found. */
  names: KeyObject
  /** For the chain of audit lines. */
  audit: KeyObject
  /** For the tokens of first invitations. */
  firstInvites: KeyObject
  /** For the questions that browsers carry. */
  questions: KeyObject
}

export function deskKeys(root: KeyObject): DeskKeys {
  const id = Buffer.from(hkdfSync('sha256', root, '', 'lantern1/desk/id', 16)).toString('base64url')
  return {
    records: { id: id as KeyId, secret: derived(root, 'records') },
    names: derived(root, 'names'),
    audit: derived(root, 'audit'),
    firstInvites: derived(root, 'first-invites'),
    questions: derived(root, 'questions'),
  }
}

function derived(root: KeyObject, use: string): KeyObject {
  const bytes = Buffer.from(hkdfSync('sha256', root, '', `lantern1/desk/${use}`, 32))
  const key = createSecretKey(bytes)
  bytes.fill(0)
  return key
}
