import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as passes } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { openAccountsAlone } from '../../src/main/stores/redis-stores.ts'
import { openRedisConversations } from '../../src/storage/redis/conversations/redis-conversations.ts'
import { openData } from '../../src/storage/redis/link/server-mark.ts'
import { type BothPlatforms, startBothPlatforms, writtenOnTelegram } from '../channels/both-platforms.ts'
import { serve } from '../turns/served.ts'
import { CHAT, sends, twoServers } from './on-two-servers.ts'

/** The files of the server of the data are put back to a morning on which a page waited for her, who left at noon. */
const servers = twoServers()
const HOUSE = join(import.meta.dirname, '../..')
const MANY = 100_000
let copies: string
beforeEach(() => {
  copies = mkdtempSync(join(tmpdir(), 'lantern-copies-'))
})
afterEach(() => rmSync(copies, { recursive: true }))

function settles(both: BothPlatforms, ...more: string[]): Promise<{ code: number; output: string }> {
  const words = [join(HOUSE, 'src/cli/preflight.js'), 'restore', '--servers', ...more]
  const env = {
    PATH: process.env['PATH'],
    DATA_DIR: join(both.folder, 'data'),
    VAULT_DIR: join(both.folder, 'vault'),
    ...both.settings,
  }
  return new Promise((resolve) => {
    execFile(process.execPath, words, { cwd: both.folder, env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : 1, output: stdout + stderr }),
    )
  })
}

async function says(both: BothPlatforms, text: string): Promise<void> {
  const before = writtenOnTelegram(both, CHAT).length
  both.telegram.personWrites(CHAT, text)
  await both.taken()
  await until(() => writtenOnTelegram(both, CHAT).length > before)
}

async function until(check: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 1_200; attempt += 1) {
    if (check()) return
    await passes(50)
  }
  throw new Error('it did not come to that')
}

/** What waits for anybody. */
async function waitsThere(): Promise<number> {
  const conversations = openRedisConversations(await openData(servers().data.url))
  let waiting = 0
  for await (const { id } of conversations.keyIds()) waiting += await conversations.waiting(id)
  await conversations.close()
  return waiting
}

async function sessionsAndInvites(both: BothPlatforms): Promise<{ invites: number }> {
  const read = readConfig(both.settings)
  if (!('config' in read) || read.config.redis === undefined) throw new Error('not a configuration')
  const accounts = await openAccountsAlone(read.config.redis)
  const invites = await accounts.invites(Date.now())
  await accounts.close()
  return { invites: invites.length }
}

describe('lantern restore --servers', () => {
  it('lets no page out that waited in the backup for somebody who left since, and nobody in by what ended', async () => {
    const both = await startBothPlatforms(servers().settings)
    for (const text of ['hello', 'yes', 'I understand']) await says(both, text)
    // A page waits, since Telegram is down.
    both.telegram.fail('sendMessage', { kind: 'html', status: 502 }, MANY)
    both.telegram.personWrites(CHAT, 'rights')
    await both.taken()
    expect(await settles(both)).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^Lantern is running on these servers\./u) as string,
    })
    await both.served.kill('SIGKILL')
    expect(await waitsThere()).toBeGreaterThan(0)
    const { data } = servers()
    await data.shutDown()
    cpSync(data.folder, join(copies, 'ten'), { recursive: true })
    await data.startAgain()

    // She leaves.
    both.served = await serve(both.folder, both.settings)
    sends(both, both.served)
    both.telegram.personWrites(CHAT, 'exit')
    await both.taken()
    await both.served.kill('SIGKILL')
    await data.shutDown()
    rmSync(data.folder, { recursive: true })
    cpSync(join(copies, 'ten'), data.folder, { recursive: true })
    await data.startAgain()

    expect(await waitsThere()).toBeGreaterThan(0)
    expect((await sessionsAndInvites(both)).invites).toBeGreaterThan(0)
    await expect(serve(both.folder, both.settings)).rejects.toThrow(
      /^it ended with 1: STORAGE_URL holds data of an earlier time than the keys[^\n]*\n$/u,
    )
    expect(await waitsThere()).toBeGreaterThan(0)
    expect((await settles(both, 'a-backup.tar')).output).toMatch(/^Usage/u)
    expect(await settles(both)).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^1 conversations and 0 cases are back\n/u) as string,
    })
    expect(await waitsThere()).toBe(0)
    expect((await sessionsAndInvites(both)).invites).toBe(0)

    both.telegram.heal()
    const before = writtenOnTelegram(both, CHAT).length
    both.served = await serve(both.folder, both.settings)
    sends(both, both.served)
    await says(both, 'menu')
    // Nothing overtakes: had the page still waited, it would have come before this.
    expect(writtenOnTelegram(both, CHAT).length).toBe(before + 1)
    await both.stop()
  }, 240_000)
})
