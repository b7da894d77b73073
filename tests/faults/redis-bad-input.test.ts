import { createClient } from '@redis/client'
import { setTimeout as passes } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import {
  expectedTexts,
  startBothPlatforms,
  withoutRepeats,
  writtenOnTelegram,
  writtenOnWhatsApp,
} from '../channels/both-platforms.ts'
import type { RedisServer } from '../redis-server.ts'
import { allWritten, CHAT, PHONES, SAYS, twoServers, writes } from './on-two-servers.ts'

/** The whole program on a server that does wrong for a while: nothing is acknowledged that is not kept, and it heals by itself. */
const servers = twoServers()

async function tell({ url }: RedisServer, ...words: string[]): Promise<unknown> {
  const client = createClient({ url })
  client.on('error', () => {})
  await client.connect()
  try {
    return await client.sendCommand(words)
  } finally {
    client.destroy()
  }
}

const IS_FULL = ['CONFIG', 'SET', 'maxmemory', '1']
const HAS_ROOM = ['CONFIG', 'SET', 'maxmemory', '0']
const READ_ONLY = ['REPLICAOF', '127.0.0.1', '1']
const WRITABLE = ['REPLICAOF', 'NO', 'ONE']
const AT = 3

describe('a server of the data that', () => {
  it.each([
    { what: 'is full', strike: IS_FULL, heal: HAS_ROOM },
    { what: 'is read-only', strike: READ_ONLY, heal: WRITABLE },
  ])(
    '$what has nothing acknowledged, and all of it is answered afterwards',
    async ({ strike, heal }) => {
      const both = await startBothPlatforms({ ...servers().settings })
      const { data } = servers()
      for (const [at, text] of SAYS.entries()) {
        if (at === AT) {
          await allWritten(both, AT)
          await tell(data, ...strike)
        }
        writes(both, text)
        if (at === AT) {
          await both.whatsapp.until(() => both.whatsapp.delivered.some(({ answered }) => answered === 503))
          await both.telegram.until(() => both.telegram.posts.some(({ status }) => status === 503))
          expect(PHONES.map((phone) => writtenOnWhatsApp(both, phone).length)).toEqual([AT, AT])
          await tell(data, ...heal)
        }
        await both.taken()
      }
      await allWritten(both)
      for (const phone of PHONES)
        expect(withoutRepeats(writtenOnWhatsApp(both, phone))).toEqual(expectedTexts('whatsapp', SAYS))
      expect(withoutRepeats(writtenOnTelegram(both, CHAT))).toEqual(expectedTexts('telegram', SAYS))
      await both.stop()
    },
    120_000,
  )

  it('is slow by two seconds is waited for, and each message is answered once', async () => {
    const both = await startBothPlatforms({ ...servers().settings })
    for (const [at, text] of SAYS.entries()) {
      if (at >= AT && at < AT + 2) await tell(servers().data, 'CLIENT', 'PAUSE', '2000', 'ALL')
      writes(both, text)
      await both.taken()
    }
    await allWritten(both)
    for (const phone of PHONES)
      expect(writtenOnWhatsApp(both, phone)).toEqual(expectedTexts('whatsapp', SAYS))
    expect(writtenOnTelegram(both, CHAT)).toEqual(expectedTexts('telegram', SAYS))
    await both.stop()
  }, 120_000)

  it('holds a foreign kind of key in the place of every due list keeps the message with the platform', async () => {
    const both = await startBothPlatforms({ ...servers().settings })
    const { data } = servers()
    for (const [at, text] of SAYS.entries()) {
      await both.taken()
      if (at === AT) {
        // What was answered is settled before the lists are taken away.
        while (((await tell(data, 'KEYS', '{p*}d')) as unknown[]).length > 0) await passes(50)
        for (let p = 0; p < 64; p += 1) await tell(data, 'SET', `{p${p}}d`, 'foreign')
      }
      writes(both, text)
      if (at === AT) {
        await both.whatsapp.until(() => both.whatsapp.delivered.some(({ answered }) => answered === 503))
        expect(PHONES.map((phone) => writtenOnWhatsApp(both, phone).length)).toEqual([AT, AT])
        for (let p = 0; p < 64; p += 1) await tell(data, 'DEL', `{p${p}}d`)
      }
    }
    await both.taken()
    await allWritten(both)
    for (const phone of PHONES)
      expect(withoutRepeats(writtenOnWhatsApp(both, phone))).toEqual(expectedTexts('whatsapp', SAYS))
    await both.stop()
  }, 120_000)
})
