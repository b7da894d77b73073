import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryConversations } from '../../src/storage/memory-conversations.ts'
import { openSqliteConversations } from '../../src/storage/sqlite/sqlite-conversations.ts'
import { conversationsContract } from './contract.ts'
import { leasesContract } from './leases-contract.ts'

const inMemory = () => Promise.resolve({ store: memoryConversations(), done: () => Promise.resolve() })

const inAFile = () => {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-store-'))
  const store = openSqliteConversations(folder)
  return Promise.resolve({
    store,
    async done() {
      await store.close()
      rmSync(folder, { recursive: true })
    },
  })
}

conversationsContract('memory', inMemory)
leasesContract('memory', inMemory)
conversationsContract('SQLite', inAFile)
leasesContract('SQLite', inAFile)
