import { describe, expect, it } from 'vitest'
import messages from '../../locales/en/messages.json' with { type: 'json' }
import { createDirectory } from '../../src/directory/create-directory.ts'
import type { Pack } from '../../src/directory/pack/pack.ts'
import { atMenu, chat, englishEngine, locales, MONDAY } from '../conversation/english-engine.ts'
import { demoPack } from '../directory/demo.ts'

/** The demo pack with desk hours of its own: the demo itself has none. In Nairobi it is three hours later than in UTC. */
const demo = demoPack()
const WEEK = { hours: 'Mo-Fr 09:00-17:00' }
const hour = (day: number, at: number) => MONDAY + ((day * 24 + at - 10) * 60 + 30) * 60_000

async function asksForAPerson(
  now: number,
  desk: 'open' | 'closed' | 'none',
  hours: Pack['desk'] = WEEK,
  parts: Partial<Parameters<typeof englishEngine>[0]> = {},
) {
  const engine = await englishEngine({ directory: createDirectory([{ ...demo, desk: hours }]), ...parts })
  const talk = atMenu(engine, 'whatsapp', { now, desk })
  talk.presses('talk')
  return talk
}

describe('asking for a person', () => {
  it('goes on to the questions while somebody is on shift and the desk is at work', async () => {
    const talk = await asksForAPerson(hour(0, 10), 'open')
    expect(talk.page).toBe('talk.explain')
  })

  it.each([
    ['before the morning', hour(0, 4), 'today at 09:00'],
    ['in the evening', hour(0, 20), 'tomorrow at 09:00'],
    ['before the weekend', hour(4, 20), 'on Monday at 09:00'],
  ])('out of hours it is said before anything is agreed to: %s', async (_, now, when) => {
    const talk = await asksForAPerson(now, 'open')
    expect(talk.page).toBe('talk.closed')
    expect(talk.text).toContain(`at work right now. They are back ${when}. You can leave a request`)
    expect(talk.text).toContain('Demo Listening Line: +999 000 0001')
    talk.presses('leave')
    expect(talk.page).toBe('talk.explain')
  })

  it('with nobody on shift inside the hours, no hour is promised', async () => {
    const talk = await asksForAPerson(hour(0, 10), 'closed')
    expect(talk.page).toBe('talk.closed')
    expect(talk.text).toContain('You can leave a request, and they see it when they are back.')
    expect(talk.text).not.toMatch(/back (?:today|tomorrow|on)/u)
  })

  it('with nobody on shift out of hours, she is told when they are back', async () => {
    const talk = await asksForAPerson(hour(0, 20), 'closed')
    expect(talk.text).toContain('They are back tomorrow at 09:00.')
  })

  it('where there is no desk at all, hours change nothing', async () => {
    const talk = await asksForAPerson(hour(0, 20), 'none')
    expect(talk.page).toBe('talk.none')
  })

  it.each([
    ['open', 'talk.explain'],
    ['closed', 'talk.closed'],
  ] as const)('in a pack without hours the shift alone decides: %s', async (desk, page) => {
    const directory = createDirectory([demo])
    const talk = await asksForAPerson(hour(0, 20), desk, undefined, { directory })
    expect(talk.page).toBe(page)
    expect(talk.text).not.toMatch(/back (?:today|tomorrow|on)/u)
  })

  it('goes by the pack that she chose', async () => {
    const other: Pack = { ...demo, id: 'other', names: { en: 'Elsewhere' } }
    const engine = await englishEngine({ directory: createDirectory([{ ...demo, desk: WEEK }, other]) })
    const chosen = (pack: string) => {
      const talk = chat(engine, 'telegram', { now: hour(0, 20), desk: 'open' })
      for (const choice of [`=${pack}`, 'yes', 'next', 'talk']) talk.presses(choice)
      return talk.page
    }
    expect(chosen('demo')).toBe('talk.closed')
    expect(chosen('other')).toBe('talk.explain')
  })
})

describe('the words out of hours', () => {
  const { deskBack, deskBackToday, deskBackTomorrow, deskBackOn } = messages.phrases
  it.each([deskBack, deskBackToday, deskBackTomorrow, deskBackOn])(
    'are short, whole sentences with a harmless beginning: %s',
    (phrase) => {
      const text = messages.pages.talk.closed.text
        .replace('{{whenBack}}', phrase.replace('{{day}}', 'Wednesday').replace('{{time}}', '09:00'))
        .replace('{{hotlines}}', '')
        .trim()
      expect(text.length).toBeLessThanOrEqual(350)
      expect(text.slice(0, 52)).toBe('The people who answer here are not at work right now')
      expect(text).not.toMatch(/\{\{|  /u)
    },
  )

  it("name the day in the person's language", async () => {
    const [english] = locales.values()
    if (english === undefined) throw new Error('no English')
    const spanish = { ...english, tag: 'es', name: 'Español' }
    const engine = await englishEngine({
      directory: createDirectory([{ ...demo, desk: WEEK }]),
      locales: new Map([...locales, ['es', spanish]]),
    })
    const talk = chat(engine, 'whatsapp', { now: hour(4, 20), desk: 'open' })
    for (const choice of ['=es', 'yes', 'next', 'talk']) talk.presses(choice)
    expect(talk.text).toContain('They are back on lunes at 09:00.')
  })
})
