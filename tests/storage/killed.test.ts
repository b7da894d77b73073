import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { ConversationId } from '../../src/storage/conversations.ts'
import { openSqliteConversations } from '../../src/storage/sqlite/sqlite-conversations.ts'

const CHILD = join(import.meta.dirname, 'killed.child.ts')

/** Lets a process commit until it reported `enough` commits, kills it, and returns every report that left it. */
async function commitUntilKilled(folder: string, enough: number): Promise<string[]> {
  const child = spawn(process.execPath, [CHILD, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'close')
  let output = ''
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    output += chunk
    if (output.length > enough * 75 && !child.killed) child.kill('SIGKILL')
  }
  expect(await ended).toEqual([null, 'SIGKILL'])
  return output.split('\n').slice(0, -1)
}

it('every commit that was reported before kill -9 is there after it, whole and with its message', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-kill-'))
  let turns = 0
  for (const enough of [50, 211, 640, 1_502]) {
    const reports = await commitUntilKilled(folder, enough)
    expect(reports.length).toBeGreaterThanOrEqual(enough)
    const last = new Map<string, { revision: number; item: string }>()
    for (const [id = '', revision, item = ''] of reports.map((line) => line.split(' ')))
      last.set(id, { revision: Number(revision), item })
    expect(last.size).toBe(8)
    const store = openSqliteConversations(folder)
    const waiting = new Map((await store.claimDue(0, 1_000, 1)).map(({ id, items }) => [id as string, items]))
    for (const [id, { revision, item }] of last) {
      const stored = await store.load(id as ConversationId)
      // A commit may have been made whose report did not leave the process any more; never the other way round.
      expect(stored?.revision === revision || stored?.revision === revision + 1, 'the revision').toBe(true)
      expect(stored?.touchedAt).toBe((stored?.revision ?? 0) - 1)
      expect(waiting.get(id)).toHaveLength(1)
      if (stored?.revision === revision) expect(waiting.get(id)?.[0]?.id).toBe(item)
      turns += stored?.revision ?? 0
    }
    expect(await store.counts()).toEqual([{ name: 'turns', value: turns }])
    for (const id of last.keys()) await store.erase(id as ConversationId)
    await store.close()
  }
  rmSync(folder, { recursive: true })
})
