import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import messages from '../../locales/en/messages.json' with { type: 'json' }
import { createEngine } from '../../src/conversation/create-engine.ts'
import { atMenu, englishEngine, locales } from '../conversation/english-engine.ts'
import { demoDirectory } from '../directory/demo.ts'
import { testsUnder } from './check-document.ts'
import { PAGES } from './pages.ts'

const TOP = join(import.meta.dirname, '../..')
const engine = await englishEngine()
const TOPICS = ['welcome', 'privacy', 'talk']

/** The text of a page under both looks. */
function textsOf(page: string): { whatsapp: string; telegram: string } {
  const [flow = '', name = ''] = page.split('.')
  const pages = messages.pages as Record<string, Record<string, Record<string, string | object>>>
  const words = pages[flow]?.[name] ?? {}
  const text = (look: string) => {
    const found = words[`text_${look}`] ?? words['text']
    return typeof found === 'string' ? found : ''
  }
  return { whatsapp: text('whatsapp'), telegram: text('telegram') }
}

describe("the bot's own pages", () => {
  it('stand in the list of what holds them, each of them, and the list holds nothing else', () => {
    const there = Object.entries(messages.pages as Record<string, object>)
      .filter(([flow]) => TOPICS.includes(flow))
      .flatMap(([flow, pages]) => Object.keys(pages).map((name) => `${flow}.${name}`))
    expect(Object.keys(PAGES).toSorted()).toEqual(there.toSorted())
  })

  it('are held by tests that are there and run', () => {
    const house = testsUnder(TOP)
    const faults = Object.entries(PAGES).flatMap(([page, held]) =>
      (held === 'asks' ? [] : held).flatMap(([file, title]) => {
        const fault = house.faultOf(file, title)
        return fault === undefined ? [] : [`${page}: ${fault}`]
      }),
    )
    expect(faults).toEqual([])
    for (const held of Object.values(PAGES)) expect(held).not.toEqual([])
  })

  it('that only ask say nothing of what is kept, erased, sent or seen', () => {
    for (const [page, held] of Object.entries(PAGES)) {
      if (held !== 'asks') continue
      for (const text of Object.values(textsOf(page)))
        expect(text, page).not.toMatch(/\b(?:erase[ds]?|kept|I keep|delete|private|secret|nobody|never)\b/iu)
    }
  })

  it('name the hours and days that are set', async () => {
    const other = createEngine({
      locales,
      directory: await demoDirectory(),
      entrance: 'open',
      idleHours: 5,
      caseDays: 3,
    })
    const talk = atMenu(other)
    talk.says('privacy')
    talk.presses('heard.offers:=privacy.start')
    talk.presses('kept')
    expect(talk.text).toMatch(/After 5 hours without a message/u)
    expect(talk.text).toMatch(/until 3 days after it ends/u)
    const asked = atMenu(other)
    for (const choice of ['talk', 'next', 'next', 'next']) asked.presses(choice)
    expect(asked.text).toMatch(/erased 3 days after the talk ends/u)
  })

  it('say on each platform who else can hold a copy', () => {
    const { whatsapp, telegram } = textsOf('privacy.platform')
    expect(whatsapp).toMatch(/company behind WhatsApp.*its own copy.*I cannot delete that/u)
    expect(telegram).toMatch(
      /Telegram keeps its messages on its own servers, and I cannot delete every copy/u,
    )
    for (const text of [whatsapp, telegram])
      expect(text).toMatch(/A backup, a linked computer.*or a spy program can also hold a copy/u)
    expect(textsOf('welcome.kept').whatsapp).toMatch(/can keep its own copy, and I cannot delete that/u)
  })

  it('say how to clear the phone, and that deleting the chat tells us nothing', () => {
    for (const text of Object.values(textsOf('privacy.clear'))) {
      expect(text).toMatch(/^First write \{\{wipeWord\}\} here, then clear your phone\./u)
      expect(text).toMatch(/choose Delete/u)
    }
    for (const text of Object.values(textsOf('privacy.wipe')))
      expect(text).toMatch(/first write \{\{wipeWord\}\}, then delete (?:this|the) chat.*does not tell me/u)
  })

  it('name the limits of a talk before consent is asked', () => {
    const talk = atMenu(engine)
    talk.presses('talk')
    const order: unknown[] = []
    for (const choice of ['next', 'next', 'next']) {
      order.push(talk.presses(choice).page)
      if (talk.page === 'talk.limits')
        for (const limit of [
          /life is in immediate danger/u,
          /child is at risk/u,
          /aid worker hurt you/u,
          /court orders/u,
        ])
          expect(talk.text).toMatch(limit)
    }
    expect(order).toEqual(['talk.theySee', 'talk.limits', 'talk.ask'])
  })

  it('say before a wipe that nobody can bring it back', () => {
    for (const look of ['whatsapp', 'telegram'] as const) {
      const talk = atMenu(engine, look)
      talk.says('erase')
      expect(talk.page).toBe('privacy.wipeConfirm')
      expect(talk.text).toMatch(/Nobody can bring it back, also not a talk with a person/u)
    }
  })
})
