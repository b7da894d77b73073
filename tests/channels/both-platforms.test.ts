import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findResidue } from '../privacy/residue.ts'
import {
  type BothPlatforms,
  expectedTexts,
  startBothPlatforms,
  writtenOnTelegram,
  writtenOnWhatsApp,
} from './both-platforms.ts'

const PHONE = '999000000081'
const CHAT = 7_100_000_081
const SAYS = ['hello', 'yes', 'I understand', 'rights', 'menu', 'health', 'yes']

let both: BothPlatforms
beforeEach(async () => {
  both = await startBothPlatforms()
})
afterEach(() => both.stop())

async function sayOnWhatsApp(text: string, answers: number): Promise<void> {
  both.whatsapp.personWrites(PHONE, text)
  await both.whatsapp.until(() => writtenOnWhatsApp(both, PHONE).length >= answers)
}

async function sayOnTelegram(text: string, answers: number): Promise<void> {
  both.telegram.personWrites(CHAT, text)
  await both.telegram.until(() => writtenOnTelegram(both, CHAT).length >= answers)
}

describe('one process on WhatsApp and Telegram by webhook', () => {
  it("holds the same conversation on both, in order and complete, and answers Meta's handshake", async () => {
    await both.whatsapp.verify()
    await Promise.all([
      (async () => {
        for (const [at, text] of SAYS.entries()) await sayOnWhatsApp(text, at + 1)
      })(),
      (async () => {
        for (const [at, text] of SAYS.entries()) await sayOnTelegram(text, at + 1)
      })(),
    ])
    expect(writtenOnWhatsApp(both, PHONE)).toEqual(expectedTexts('whatsapp', SAYS))
    expect(writtenOnTelegram(both, CHAT)).toEqual(expectedTexts('telegram', SAYS))
    expect([...both.whatsapp.refusals(), ...both.telegram.refusals()]).toEqual([])
    expect(both.whatsapp.receipts).toEqual([])
  })

  it('works by buttons and list rows too, on the number that she wrote to', async () => {
    both.whatsapp.personWrites(PHONE, 'hello', { number: '333444' })
    await both.whatsapp.until(() => writtenOnWhatsApp(both, PHONE).length === 1)
    const press = async (label: string, answers: number) => {
      both.whatsapp.personPresses(PHONE, label)
      await both.whatsapp.until(() => writtenOnWhatsApp(both, PHONE).length >= answers)
    }
    for (let answers = 2; answers <= 4; answers += 1) {
      const shown = both.whatsapp.screen(PHONE).at(-1)?.buttons ?? []
      const [first] = shown
      if (first === undefined) throw new Error('no way on')
      await press(first.label, answers)
    }
    expect(new Set(both.whatsapp.sends.map(({ number }) => number))).toEqual(new Set(['333444']))
    expect(both.whatsapp.refusals()).toEqual([])
  })

  it('sends nothing of a queue that waits when she leaves, on both', async () => {
    for (const [at, text] of ['hello', 'yes', 'I understand'].entries()) {
      await sayOnWhatsApp(text, at + 1)
      await sayOnTelegram(text, at + 1)
    }
    both.whatsapp.fail('*', { kind: 'error', status: 400, code: 131056 }, 1)
    both.telegram.fail('sendMessage', { kind: 'flood', seconds: 31 })
    for (const text of ['rights', 'menu', 'health']) {
      both.whatsapp.personWrites(PHONE, text)
      both.telegram.personWrites(CHAT, text)
    }
    await both.taken()
    // Refused once; the pace may have held it back for a second before.
    await both.telegram.until(() => both.telegram.callsOf('sendMessage').length >= 4)
    both.whatsapp.personWrites(PHONE, 'exit')
    both.telegram.personWrites(CHAT, 'exit')
    await both.taken()
    await both.whatsapp.until(() => writtenOnWhatsApp(both, PHONE).length >= 4)
    await both.telegram.until(() => writtenOnTelegram(both, CHAT).length >= 4)
    const [lastOnWhatsApp] = writtenOnWhatsApp(both, PHONE).slice(3)
    const [lastOnTelegram] = writtenOnTelegram(both, CHAT).slice(3)
    expect(writtenOnWhatsApp(both, PHONE)).toHaveLength(4)
    expect(writtenOnTelegram(both, CHAT)).toHaveLength(4)
    expect(expectedTexts('whatsapp', ['hello', 'yes', 'I understand'])).not.toContain(lastOnWhatsApp)
    expect(both.telegram.chat(CHAT).map(({ text }) => text)).toEqual([lastOnTelegram])
  })

  it('keeps and logs nothing by which she could be found', async () => {
    both.whatsapp.personWrites(PHONE, 'hello')
    both.telegram.personWrites(CHAT, 'he hits me at Rosewood 17')
    await both.whatsapp.until(() => writtenOnWhatsApp(both, PHONE).length === 1)
    await both.telegram.until(() => writtenOnTelegram(both, CHAT).length === 1)
    const wamid = both.whatsapp.sends[0]?.wamid ?? ''
    const words = [PHONE, String(CHAT), 'Rosewood', wamid, ...Object.values(both.settings).filter(isSecret)]
    for (const word of words) expect(both.served.output()).not.toContain(word)
    expect(findResidue([both.folder], words)).toEqual([])
  })

  it('erases on both when she asks', async () => {
    await sayOnWhatsApp('hello', 1)
    await sayOnTelegram('hello', 1)
    await sayOnWhatsApp('erase', 2)
    await sayOnTelegram('erase', 2)
    both.whatsapp.personWrites(PHONE, 'yes')
    both.telegram.personWrites(CHAT, 'yes')
    await both.taken()
    await both.whatsapp.until(() => writtenOnWhatsApp(both, PHONE).length >= 3)
    await both.telegram.until(() => both.telegram.chat(CHAT).length === 1)
    expect(both.telegram.chat(CHAT).map(({ text }) => text)).toEqual([writtenOnWhatsApp(both, PHONE).at(-1)])
  })
})

function isSecret(value: string): boolean {
  return value.length > 20 && !value.startsWith('http')
}
