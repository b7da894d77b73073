import { createSecretKey, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it, onTestFinished } from 'vitest'
import { openSqliteVault } from '../../src/privacy/vault/sqlite-vault.ts'
import { openSqliteAccounts } from '../../src/storage/sqlite/sqlite-accounts.ts'
import { openSqliteCases } from '../../src/storage/sqlite/sqlite-cases.ts'
import { openSqliteConversations } from '../../src/storage/sqlite/sqlite-conversations.ts'
import { openSqliteHandoffTimes } from '../../src/storage/sqlite/sqlite-handoff-times.ts'
import { openSqlitePublications } from '../../src/storage/sqlite/sqlite-publications.ts'
import { serve } from '../turns/served.ts'

const PROMISES = readFileSync(join(import.meta.dirname, '../../docs/promises.md'), 'utf8')

/** `data.db conversations`, as the rows of the second table of the list have them. */
function listed(): string[] {
  return PROMISES.split('\n')
    .filter((line) => /^\| `[\w/]+\.db` \|/u.test(line))
    .flatMap((line) => {
      const [, file = '', tables = ''] = line.split('|')
      return [...tables.matchAll(/`(\w+)`/gu)].map(
        ([, table = '']) => `${file.replaceAll(/[`\s]/gu, '')} ${table}`,
      )
    })
    .toSorted()
}

function tablesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.db'))
    .flatMap((file) => {
      const db = new DatabaseSync(join(folder, file), { readOnly: true })
      const rows = db.prepare("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").all()
      db.close()
      return rows.map(({ name }) => `${file} ${String(name)}`)
    })
}

it('is listed in docs/promises.md, and the list names nothing else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-tables-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const stores = [
    openSqliteConversations(folder),
    openSqliteCases(folder),
    openSqliteCases(join(folder, 'chatwoot')),
    openSqliteAccounts(folder),
    openSqliteHandoffTimes(folder),
    openSqlitePublications(folder),
    openSqliteVault(folder, createSecretKey(randomBytes(32))),
  ]
  for (const store of stores) await store.close()
  expect(tablesIn(folder).toSorted()).toEqual(listed())
})

it('is in no other file: the whole program keeps these, and what belongs to them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-files-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const served = await serve(folder)
  await served.kill('SIGTERM')
  const files = new Set(listed().map((line) => basename(line.split(' ')[0] ?? '')))
  const kept = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name.replace(/-(?:wal|shm|journal)$/u, ''))
  expect(new Set(kept)).toEqual(new Set([...files, 'ballast', 'root.key', 'CACHEDIR.TAG']))
}, 60_000)
