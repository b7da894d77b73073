import { describe, expect, it } from 'vitest'
import {
  expectedTexts,
  startBothPlatforms,
  writtenOnTelegram,
  writtenOnWhatsApp,
} from '../channels/both-platforms.ts'
import { startRedis } from '../redis-server.ts'
import { serve } from '../turns/served.ts'
import { allWritten, CHAT, PHONES, SAYS, sends, twoServers, writes } from './on-two-servers.ts'

/** The whole program twice, on the same two servers. */
const servers = twoServers()

describe('two processes on the same servers', () => {
  it('answer each person in order and once, whichever of them hears her', async () => {
    const both = await startBothPlatforms(servers().settings)
    const second = await serve(both.folder, both.settings)
    for (const [at, text] of SAYS.entries()) {
      sends(both, at % 2 === 0 ? second : both.served)
      writes(both, text)
      await both.taken()
    }
    await allWritten(both)
    for (const phone of PHONES)
      expect(writtenOnWhatsApp(both, phone)).toEqual(expectedTexts('whatsapp', SAYS))
    expect(writtenOnTelegram(both, CHAT)).toEqual(expectedTexts('telegram', SAYS))
    await second.kill('SIGTERM')
    await both.stop()
    expect([both.served.output(), second.output()].join('\n')).not.toMatch(/turn\.failed|courier\.failed/u)
  }, 120_000)

  it('do not start on a server that would lose what was acknowledged, nor with one server for both', async () => {
    const { data, keys } = servers()
    const unsafe = await startRedis({ appendfsync: 'everysec' })
    const both = await startBothPlatforms(servers().settings)
    await expect(serve(both.folder, { STORAGE_URL: unsafe.url, VAULT_URL: keys.url })).rejects.toThrow(
      /STORAGE_URL is refused: appendfsync is everysec/u,
    )
    const twice = data.url.replace('127.0.0.1', 'localhost')
    await expect(serve(both.folder, { STORAGE_URL: data.url, VAULT_URL: twice })).rejects.toThrow(
      /VAULT_URL is refused: the server holds something/u,
    )
    await unsafe.stop()
    await both.stop()
  }, 60_000)
})
