import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rootKey } from '../../src/privacy/vault/root-key.ts'
import { keyIdOf, open, seal } from '../../src/privacy/sealing/seal.ts'
import { openSqliteVault } from '../../src/privacy/vault/sqlite-vault.ts'
import type { RotatingVault } from '../../src/privacy/vault/vault.ts'
import type { ConversationId, Conversations } from '../../src/storage/conversations.ts'
import { openSqliteConversations } from '../../src/storage/sqlite/sqlite-conversations.ts'
import { turn } from '../storage/contract.ts'

const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) }

/** How many of these conversations somebody can read who holds a data file, a vault and the root key. */
async function readable(store: Conversations, vault: RotatingVault, ids: readonly ConversationId[]) {
  let count = 0
  for (const id of ids) {
    const stored = await store.load(id)
    const keyId = stored === undefined ? undefined : keyIdOf(stored.sealed)
    const key = keyId === undefined ? undefined : await vault.open(keyId)
    if (stored === undefined || key === undefined) continue
    const name = { type: 'conversation', id, revision: stored.revision }
    if (open(key, name, stored.sealed).kind === 'opened') count += 1
  }
  return count
}

describe('somebody who kept a copy of everything but the vault', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lantern-wiped-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  function root() {
    const loaded = rootKey(join(folder, 'root.key'), random)
    if (loaded.kind === 'refused') throw new Error(loaded.problem)
    return loaded.key
  }

  async function people(count: number) {
    const vault = openSqliteVault(join(folder, 'vault'), root())
    const store = openSqliteConversations(join(folder, 'data'))
    const all = await Promise.all(
      Array.from({ length: count }, async () => {
        const key = await vault.create()
        const id = randomBytes(32).toString('base64url') as ConversationId
        const outcome = seal(key, { type: 'conversation', id, revision: 1 }, randomBytes(400))
        if (outcome.kind !== 'sealed') throw new Error('spent')
        await store.commit(turn(id, 0, { keyId: key.id, sealed: outcome.bytes }))
        return { id, keyId: key.id }
      }),
    )
    const half = count / 2
    return { vault, store, wiped: all.slice(0, half), others: all.slice(half) }
  }
  const ids = (of: readonly { id: ConversationId }[]) => of.map(({ id }) => id)

  it('reads none of the wiped with the vault and root key of afterwards, and all of the others', async () => {
    const { vault, store, wiped, others } = await people(200)
    await store.close()
    cpSync(join(folder, 'data'), join(folder, 'backup'), { recursive: true })
    const backup = openSqliteConversations(join(folder, 'backup'))
    expect(await readable(backup, vault, ids(wiped))).toBe(100)
    await Promise.all(wiped.map(({ keyId }) => vault.destroy(keyId)))
    expect(await readable(backup, vault, ids(wiped))).toBe(0)
    expect(await readable(backup, vault, ids(others))).toBe(100)
    await vault.close()
    const reopened = openSqliteVault(join(folder, 'vault'), root())
    expect(await readable(backup, reopened, ids(wiped))).toBe(0)
    expect(await readable(backup, reopened, ids(others))).toBe(100)
    await reopened.close()
    await backup.close()
  })

  it('reads no row under the name of another, though every key still lives', async () => {
    const { vault, store, others } = await people(20)
    const [a, b] = others
    if (a === undefined || b === undefined) throw new Error('nobody')
    const theirs = await store.load(b.id)
    await store.commit(turn(a.id, 1, { keyId: a.keyId, sealed: theirs?.sealed ?? new Uint8Array() }))
    expect(await readable(store, vault, [a.id])).toBe(0)
    expect(await readable(store, vault, [b.id])).toBe(1)
    await vault.close()
    await store.close()
  })
})
