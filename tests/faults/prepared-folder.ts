import { randomBytes, randomInt } from 'node:crypto'
import { join } from 'node:path'
import { rootKey } from '../../src/privacy/vault/root-key.ts'
import { seal } from '../../src/privacy/sealing/seal.ts'
import { openSqliteVault } from '../../src/privacy/vault/sqlite-vault.ts'
import type { CaseId, EntryId } from '../../src/storage/cases.ts'
import type { ConversationId, Conversations } from '../../src/storage/conversations.ts'
import { openSqliteCases } from '../../src/storage/sqlite/sqlite-cases.ts'
import { openSqliteConversations } from '../../src/storage/sqlite/sqlite-conversations.ts'
import { item, turn } from '../storage/contract.ts'
import type { Hers } from './thief.ts'

/** Real files with two people in them, one of whom has a case at the desk, made without starting the program. */
export async function makeFolder(folder: string): Promise<{ hers: Hers; bystander: Hers }> {
  const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) }
  const root = rootKey(join(folder, 'vault', 'root.key'), random)
  if (root.kind === 'refused') throw new Error(root.problem)
  const vault = openSqliteVault(join(folder, 'vault'), root.key)
  const conversations = openSqliteConversations(join(folder, 'data'))
  const cases = openSqliteCases(join(folder, 'data'))

  async function person(): Promise<Hers> {
    const key = await vault.create()
    const id = randomBytes(32).toString('base64url') as ConversationId
    await conversations.commit(
      turn(id, 0, {
        keyId: key.id,
        sealed: sealed(key, 'conversation', id),
        outbox: [item()],
        marks: [{ sealed: randomBytes(90), at: 0 }],
      }),
    )
    return { conversation: await loaded(conversations, id), key, case: undefined, caseKey: undefined }
  }

  async function withCase(hers: Hers): Promise<Hers> {
    const caseKey = await vault.create()
    const id = String(randomInt(10_000_000, 99_999_999)) as CaseId
    const entries = Array.from({ length: 3 }, () => ({
      id: randomBytes(16).toString('base64url') as EntryId,
      at: 0,
      sealed: randomBytes(300),
    }))
    await cases.commit({
      id,
      expected: 0,
      keyId: caseKey.id,
      state: 'waiting',
      holder: undefined,
      offeredTo: undefined,
      rank: 4,
      at: 0,
      sealed: sealed(caseKey, 'case', id),
      entries,
    })
    return { ...hers, case: await cases.load(id), caseKey }
  }

  const hers = await withCase(await person())
  const bystander = await person()
  await conversations.close()
  await cases.close()
  await vault.close()
  return { hers, bystander }
}

function sealed(key: Hers['key'], type: string, id: string): Uint8Array {
  const outcome = seal(key, { type, id, revision: 1 }, randomBytes(400))
  if (outcome.kind !== 'sealed') throw new Error('spent')
  return outcome.bytes
}

async function loaded(conversations: Conversations, id: ConversationId) {
  const stored = await conversations.load(id)
  if (stored === undefined) throw new Error('she is not there')
  return stored
}
