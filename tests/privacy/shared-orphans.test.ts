import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { memoryVault } from '../../src/privacy/vault/memory-vault.ts'
import { createSharedOrphans } from '../../src/privacy/shared-orphans.ts'
import type { KeyId } from '../../src/privacy/vault/vault.ts'
import type { ConversationId } from '../../src/storage/conversations.ts'
import { memoryConversations } from '../../src/storage/memory-conversations.ts'
import { turn } from '../storage/contract.ts'

const newId = () => randomBytes(32).toString('base64url') as ConversationId

async function idsOf(vault: ReturnType<typeof memoryVault>): Promise<KeyId[]> {
  const ids: KeyId[] = []
  for await (const id of vault.ids()) ids.push(id)
  return ids.toSorted()
}

it('a key without a row goes at the second look, unless its row came between the two', async () => {
  const [vault, conversations] = [memoryVault(), memoryConversations()]
  const [used, late, left, desk] = await Promise.all([1, 2, 3, 4].map(() => vault.create()))
  if (used === undefined || late === undefined || left === undefined || desk === undefined) throw new Error()
  const otherKeyIds = async function* () {
    yield desk.id
  }
  await conversations.commit(turn(newId(), 0, { keyId: used.id }))
  const look = createSharedOrphans({ vault, conversations, otherKeyIds })
  expect(await look()).toBe(0)
  expect(await idsOf(vault)).toHaveLength(4)
  await conversations.commit(turn(newId(), 0, { keyId: late.id }))
  expect(await look()).toBe(1)
  expect(await idsOf(vault)).toEqual([used.id, late.id, desk.id].toSorted())
  expect(await look()).toBe(0)
})

it('a row goes when its key is gone, and stays when that was only made after the keys were counted', async () => {
  const [vault, conversations] = [memoryVault(), memoryConversations()]
  const [gone, stays] = [newId(), newId()]
  await conversations.commit(turn(gone, 0))
  const young = await vault.create()
  await conversations.commit(turn(stays, 0, { keyId: young.id }))
  const ids = async function* () {}
  expect(await createSharedOrphans({ vault: { ...vault, ids }, conversations })()).toBe(1)
  expect(await conversations.load(gone)).toBeUndefined()
  expect(await conversations.load(stays)).toBeDefined()
})
