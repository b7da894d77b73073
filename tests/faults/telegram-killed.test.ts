import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as passes } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { startFakeTelegram } from '../fakes/telegram/fake-telegram.ts'
import { findResidue } from '../privacy/residue.ts'
import { serve } from '../turns/served.ts'

const realClock = { now: () => Date.now() }

/** What the bot wrote to one person since she began, oldest first, with repeats of the one in flight taken out. */
function answers(texts: readonly string[]): string[] {
  return texts.filter((text, at) => at === 0 || text !== texts[at - 1])
}

describe('the whole program on Telegram, killed with SIGKILL again and again', () => {
  it('loses no message, keeps every order, and repeats only the one that was in flight', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lantern-killed-'))
    const telegram = await startFakeTelegram({ clock: realClock })
    const settings = { TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_URL: telegram.apiRoot }
    let served = await serve(folder, settings)
    const people = [7_100_000_071, 7_100_000_072, 7_100_000_073, 7_100_000_074]
    const says = [
      'hello',
      'yes',
      'I understand',
      'rights',
      '1',
      'menu',
      'safety plan',
      'menu',
      'health',
      'yes',
    ]
    let kills = 0
    for (const [turn, text] of says.entries()) {
      for (const person of people) telegram.personWrites(person, text)
      // At another moment of the work each time.
      await passes(5 + ((turn * 37) % 120))
      await served.kill('SIGKILL')
      kills += 1
      served = await serve(folder, settings)
    }
    await telegram.idle()
    const written = (person: number) =>
      telegram
        .callsOf('sendMessage')
        .filter(({ payload }) => payload['chat_id'] === person)
        .map(({ payload }) => String(payload['text']))
    const whole = (person: number) => answers(written(person)).length >= says.length
    await telegram.until(() => people.every(whole))
    await served.kill('SIGTERM')

    const [first = []] = people.map((person) => answers(written(person)))
    expect(first).toHaveLength(says.length)
    expect(first[0]).toMatch(/^Hello. Is this a good moment/u)
    expect(first.at(-1)).toMatch(/^Some care works best early/u)
    for (const person of people) {
      expect(answers(written(person))).toEqual(first)
      expect(written(person).length - first.length).toBeLessThanOrEqual(kills)
    }
    expect(telegram.refusals()).toEqual([])
    const texts = ['safety plan', telegram.token, 'I understand']
    expect(findResidue([folder], texts)).toEqual([])
    for (const word of [...texts, ...people.map(String)]) expect(served.output()).not.toContain(word)
    await telegram.stop()
    rmSync(folder, { recursive: true })
  }, 90_000)
})
