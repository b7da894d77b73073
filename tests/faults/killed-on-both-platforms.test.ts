import { setTimeout as passes } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { measured } from './table.ts'
import {
  expectedTexts,
  startBothPlatforms,
  withoutRepeats,
  writtenOnTelegram,
  writtenOnWhatsApp,
} from '../channels/both-platforms.ts'

/**
 * A scripted conversation on both platforms while the process is killed with SIGKILL a hundred times, each time at
 * another moment of the work: `KILLS` for fewer.
 */
const KILLS = Number(process.env['KILLS'] ?? 100)
const PHONES = ['999000000091', '999000000092', '999000000093']
const CHATS = [7_100_000_091, 7_100_000_092, 7_100_000_093]
const ROUND = ['rights', 'menu', 'health', 'menu', 'safety plan', 'menu']

function script(turns: number): string[] {
  const says = ['hello', 'yes', 'I understand']
  for (let turn = 0; says.length < turns; turn += 1) says.push(ROUND[turn % ROUND.length] ?? 'menu')
  return says
}

describe(`both platforms, ${KILLS} times killed with SIGKILL`, () => {
  it(
    'lose nothing, keep every order, and repeat only what was in flight',
    async (context) => {
      const both = await startBothPlatforms()
      const says = script(KILLS)
      for (const text of says) {
        for (const phone of PHONES) both.whatsapp.personWrites(phone, text)
        for (const chat of CHATS) both.telegram.personWrites(chat, text)
        // The one place where time is real: the kill must come at any moment of the work.
        await passes(Math.random() * 150)
        await both.killAndStart()
        // Otherwise all of it would be taken at the end, by one process that nobody kills.
        await both.taken()
      }
      await both.taken()
      const onWhatsApp = expectedTexts('whatsapp', says)
      const onTelegram = expectedTexts('telegram', says)
      await both.whatsapp.until(() =>
        PHONES.every((phone) => withoutRepeats(writtenOnWhatsApp(both, phone)).length >= says.length),
      )
      await both.telegram.until(() =>
        CHATS.every((chat) => withoutRepeats(writtenOnTelegram(both, chat)).length >= says.length),
      )
      // How many conversations are not word for word what they should be.
      const wrong = [
        ...PHONES.map((phone) => !same(withoutRepeats(writtenOnWhatsApp(both, phone)), onWhatsApp)),
        ...CHATS.map((chat) => !same(withoutRepeats(writtenOnTelegram(both, chat)), onTelegram)),
      ].filter(Boolean).length
      measured(context, {
        measure: 'SIGKILL at any moment, both platforms (kills)',
        runs: KILLS,
        failures: wrong,
      })
      let repeats = 0
      for (const phone of PHONES) {
        const written = writtenOnWhatsApp(both, phone)
        expect(withoutRepeats(written)).toEqual(onWhatsApp)
        repeats += written.length - onWhatsApp.length
      }
      for (const chat of CHATS) {
        const written = writtenOnTelegram(both, chat)
        expect(withoutRepeats(written)).toEqual(onTelegram)
        repeats += written.length - onTelegram.length
      }
      // At most the one send in flight of each conversation, at each kill.
      expect(repeats).toBeLessThanOrEqual(KILLS * (PHONES.length + CHATS.length))
      expect([...both.whatsapp.refusals(), ...both.telegram.refusals()]).toEqual([])
      process.stdout.write(
        `${KILLS} kills, ${says.length * 6} turns, 0 lost, 0 out of order, ${repeats} repeated\n`,
      )
      await both.stop()
    },
    KILLS * 10_000,
  )
})

const same = (a: readonly string[], b: readonly string[]) => a.join('\n') === b.join('\n')
