import { randomBytes } from 'node:crypto'
import { rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { createCaseBook } from '../../src/handoff/case-book.ts'
import { silentLog } from '../../src/operations/log.ts'
import { rootKey } from '../../src/privacy/vault/root-key.ts'
import { seal } from '../../src/privacy/sealing/seal.ts'
import { openSqliteVault } from '../../src/privacy/vault/sqlite-vault.ts'
import type { KeyId } from '../../src/privacy/vault/vault.ts'
import { wipe } from '../../src/privacy/wipe.ts'
import type { CaseId } from '../../src/storage/cases.ts'
import type { ConversationId, ItemId } from '../../src/storage/conversations.ts'
import { openSqliteCases } from '../../src/storage/sqlite/sqlite-cases.ts'
import { openSqliteConversations } from '../../src/storage/sqlite/sqlite-conversations.ts'
import { aDeparture } from '../privacy/a-departure.ts'

/**
 * One act on real files, in a process whose every system call can be made to fail. The file `begin` goes away when the
 * act begins, which shows in a trace. What somebody would be told is written to standard output at once.
 */
const [act = '', folder = '', id = '', keyId = '', caseId = '', revision = '1'] = process.argv.slice(2)
const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) }
const root = rootKey(join(folder, 'vault', 'root.key'), random)
if (root.kind !== 'loaded') throw new Error('the root key is not there')
const vault = openSqliteVault(join(folder, 'vault'), root.key)
const conversations = openSqliteConversations(join(folder, 'data'))
const cases = openSqliteCases(join(folder, 'data'))
const say = (text: string) => void writeSync(1, `${text}\n`)

async function erase(): Promise<void> {
  const book = createCaseBook({ cases, vault, clock: { now: () => 0 }, random, log: silentLog })
  await wipe({
    id: id as ConversationId,
    keyId: keyId as KeyId,
    departure: aDeparture(0, id),
    vault,
    conversations,
    withdraw: () => book.withdraw(caseId as CaseId),
    raiseFence: () => {},
    deleteChat: () => Promise.resolve(),
    answer: (outcome) => Promise.resolve(say(outcome)),
    wait: () => Promise.resolve(),
    compactLater: () => {},
  })
}

/** Somebody known goes on. */
async function goOn(): Promise<void> {
  const key = await vault.open(keyId as KeyId)
  if (key === undefined) throw new Error('she is not there')
  const next = Number(revision) + 1
  const sealed = seal(key, { type: 'conversation', id, revision: next }, randomBytes(400))
  if (sealed.kind !== 'sealed') throw new Error('spent')
  const outcome = await conversations.commit({
    id: id as ConversationId,
    keyId: key.id,
    expected: Number(revision),
    sealed: sealed.bytes,
    at: 1,
    seen: randomBytes(16),
    cancelWaiting: false,
    outbox: [
      {
        id: randomBytes(16).toString('base64url') as ItemId,
        kind: 'message',
        sealed: randomBytes(500),
        notBefore: 0,
      },
    ],
    marks: [{ sealed: randomBytes(60), at: 1 }],
    counts: ['turns'],
  })
  say(outcome)
}

// The vault is ready when it answers.
await vault.peppers()
rmSync(join(folder, 'begin'))
await (act === 'wipe' ? erase() : goOn()).catch(() => say('rejected'))
process.exit(0)
