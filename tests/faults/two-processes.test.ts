import { setTimeout as passes } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import {
  expectedTexts,
  startBothPlatforms,
  withoutRepeats,
  writtenOnTelegram,
  writtenOnWhatsApp,
} from '../channels/both-platforms.ts'
import { allWritten, CHAT, PHONES, SAYS, sends, twoServers, writes } from './on-two-servers.ts'
import { serve } from '../turns/served.ts'

/** The whole program on two servers, when a process or a server dies. What was leased waits for the lease to end. */
const servers = twoServers()

describe('processes on the same servers', () => {
  it('lose nothing when one is killed in the middle', async () => {
    const both = await startBothPlatforms({ ...servers().settings })
    const second = await serve(both.folder, both.settings)
    for (const [at, text] of SAYS.entries()) {
      if (at === 4) {
        writes(both, text)
        await both.served.kill('SIGKILL')
        sends(both, second)
      } else writes(both, text)
      await both.taken()
    }
    await allWritten(both)
    for (const phone of PHONES)
      expect(withoutRepeats(writtenOnWhatsApp(both, phone))).toEqual(expectedTexts('whatsapp', SAYS))
    await second.kill('SIGTERM')
    await both.stop()
  }, 180_000)

  it.each(['data', 'keys'] as const)(
    'acknowledge nothing while the server of the %s is gone, and answer all of it afterwards',
    async (which) => {
      const both = await startBothPlatforms({ ...servers().settings })
      const server = servers()[which]
      for (const [at, text] of SAYS.entries()) {
        if (at === 3) {
          await allWritten(both, 3)
          await server.kill()
          // What a process knows of the keys holds for a second.
          await passes(1_200)
        }
        writes(both, text)
        if (at === 3) {
          await passes(1_500)
          expect(PHONES.map((phone) => writtenOnWhatsApp(both, phone).length)).toEqual([3, 3])
          await server.startAgain()
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
})
