import { randomBytes } from 'node:crypto'
import { writeSync } from 'node:fs'
import type { KeyId } from '../../src/privacy/vault/vault.ts'
import type { ConversationId, ItemId } from '../../src/storage/conversations.ts'
import { openSqliteConversations } from '../../src/storage/sqlite/sqlite-conversations.ts'

/** Commits without end, eight at once, and writes a line for each commit that resolved: `conversation revision item`. */
const store = openSqliteConversations(process.argv[2] ?? '')
const name = (length: number) => randomBytes(length).toString('base64url')

async function converse(): Promise<void> {
  const id = name(32) as ConversationId
  const keyId = name(16) as KeyId
  for (let expected = 0; ; expected += 1) {
    const item = name(16) as ItemId
    const outcome = await store.commit({
      id,
      keyId,
      expected,
      sealed: randomBytes(558),
      at: expected,
      seen: randomBytes(16),
      cancelWaiting: true,
      outbox: [{ id: item, kind: 'message', sealed: randomBytes(558), notBefore: 0 }],
      marks: [],
      counts: ['turns'],
    })
    // Straight to the pipe: what is reported must not wait in a buffer of this process.
    if (outcome === 'committed') writeSync(1, `${id} ${expected + 1} ${item}\n`)
  }
}

await Promise.all(Array.from({ length: 8 }, converse))
