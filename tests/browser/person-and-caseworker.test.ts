import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import cover from '../../locales/en/cover.json' with { type: 'json' }
import messages from '../../locales/en/messages.json' with { type: 'json' }
import words from '../../locales/en/words.json' with { type: 'json' }
import arabic from '../../src/desk/locales/ar.json' with { type: 'json' }
import english from '../../src/desk/locales/en.json' with { type: 'json' }
import type { DeskPage } from '../desk-ui/desk-page.ts'
import { findResidue } from '../privacy/residue.ts'
import { askForAPerson } from './ask-for-a-person.ts'
import { type Browser, startChromium } from './chromium.ts'
import { type Colleague, comeInByPasskey, comeInByPassword, invite } from './desk-people.ts'
import { type LanternProcess, startLanternProcess } from './lantern-process.ts'
import { begin, type PhonePage } from './phone-page.ts'
import { axeFindings } from './watched.ts'

/**
 * The whole program with a person at the phone and colleagues at the desk, each in a browser of their own. One story in
 * order: nobody is there, they find each other, the case changes hands, she leaves and comes back, it is closed; then
 * nobody answers her, somebody does in Arabic, and she erases it all. The program's clock is moved where hours pass.
 */
const { pages } = messages
const { exit, wipe, comeBack } = words.taught
const NIGHT = 'Night shift'
const DAY = 'Day shift'
const WEEKEND = 'Weekend shift'
const PHRASE = 'green ladder'
const HERS = 'I do not know where to begin <b>&</b>'
const KEPT = 'Nobody decides but you.'
const HERS_LATER = 'It is about the papers.'

let lantern: LanternProcess
let browser: Browser
let phone: PhonePage
let admin: DeskPage
let night: DeskPage
let day: DeskPage
let weekend: Colleague
let id = ''

beforeAll(async () => {
  ;[lantern, browser] = await Promise.all([startLanternProcess({ movedClock: true }), startChromium()])
})
afterAll(async () => {
  await browser.close()
  await lantern.end()
})
afterEach(() => {
  const looked = [phone, admin, night, day, weekend?.desk]
  const problems = looked.flatMap((one) => one?.problems ?? [])
  if (problems.length > 0) throw new Error(problems.join('\n'))
})

/** Names stand between marks that keep their direction. */
const named = (wording: string, name: string) => new RegExp(wording.replace('{name}', `.?${name}.?`), 'u')
const start = (text: string) => text.split('{{')[0] ?? ''
const newest = () => expect.poll(() => phone.newestText(), { timeout: 10_000 })
/** The colours of every screen are looked at in tests/desk-ui. */
const fine = async (desk: DeskPage, screen: string) => {
  await desk.shot(`whole-${screen}`)
  expect(await desk.axe('structure'), screen).toEqual([])
}
const phoneFine = async () => expect(await axeFindings(phone.page, 'all')).toEqual([])
const LINES = /\+999 000 0001/u

async function write(desk: DeskPage, text: string): Promise<void> {
  await desk.answer.fill(text)
  await desk.answer.press('Control+Enter')
}

async function offerTo(name: string): Promise<void> {
  await night.button(english.transfer).click()
  await night.page.getByRole('radio', { name }).check()
  await night.button(english['transfer.do']).click()
}

describe('a person at the phone and the caseworkers at the desk', { timeout: 60_000 }, () => {
  test('where nobody works yet she is told so before any question, and gets the lines that listen', async () => {
    phone = await begin(browser.context, lantern.address, 'WhatsApp', 'hello')
    await phone.answer(pages.welcome.safeNow.choices.yes)
    await phone.answer(pages.welcome.leaving.choices.next)
    await phone.say('talk')
    expect(await phone.newestText()).toContain(start(pages.talk.none.text))
    expect(await phone.newestText()).toMatch(LINES)
    await phoneFine()
  })

  test('colleagues come in by invitation: with a passkey, or with a password and an app for codes', async () => {
    admin = await comeInByPasskey(await browser.another(), lantern.invite())
    const links = []
    for (const name of [NIGHT, DAY, WEEKEND]) links.push(await invite(admin, name, 'caseworker'))
    await fine(admin, 'accounts')
    const [first = '', second = '', third = ''] = links
    ;[night, day, weekend] = await Promise.all([
      browser.another().then((context) => comeInByPasskey(context, first)),
      browser.another().then((context) => comeInByPasskey(context, second)),
      browser.another().then((context) =>
        comeInByPassword(context, third, {
          name: WEEKEND,
          language: 'ar',
          now: lantern.now,
          look: (desk) => fine(desk, 'invite'),
        }),
      ),
    ])
    expect(await weekend.desk.page.locator('html').getAttribute('dir')).toBe('rtl')
    await weekend.desk.button(arabic.signOut).click()
    await weekend.desk.heading(arabic['signIn.title']).waitFor()
    await night.heading(english['queue.title']).waitFor()
    await fine(night, 'queue-empty')
  })

  test('out of hours she is told so before consent', async () => {
    await lantern.passes(1)
    await phone.say('talk')
    expect(await phone.newestText()).toContain(start(pages.talk.closed.text))
    expect(await phone.newestText()).toMatch(LINES)
  })

  test('she asks and consents, the case is in both queues, and one takes it', async () => {
    for (const desk of [night, day]) await desk.page.getByRole('switch').click()
    await night.page.getByRole('switch', { checked: true }).waitFor()
    await day.page.getByRole('switch', { checked: true }).waitFor()
    await lantern.passes(1)
    await askForAPerson(phone, pages.talk.soon.choices.within72h, PHRASE)
    const claim = night.page.locator('[data-claim]')
    id = (await claim.getAttribute('data-claim')) ?? ''
    await day.page.locator(`[data-claim="${id}"]`).waitFor()
    await day.page.locator('.row').getByText(english['urgency.within72h']).waitFor()
    expect(await day.page.content()).not.toContain(PHRASE)
    await fine(day, 'queue')
    await claim.click()
    await day.page.getByText(named(english['queue.with'], NIGHT)).waitFor()
    expect(await day.page.locator('[data-claim]').count()).toBe(0)
    await newest().toContain(start(pages.talk.active.text))
  })

  test('they talk in both directions, and a service card arrives as text', async () => {
    await phone.write(HERS)
    await night.thread.getByText(HERS).waitFor()
    await write(night, 'There is no hurry.')
    await newest().toBe(pages.talk.reply.text.replace('{{reply}}', 'There is no hurry.'))
    await night.thread.locator('.delivery-shown').waitFor()

    const toolButton = (name: string) => night.page.locator(`[data-tool=${name}]`)
    await toolButton('cards').click()
    await night.page.getByLabel(english['cards.search']).fill('Listening Line')
    await night.page.locator('.services button', { hasText: 'Demo Listening Line' }).click()
    const card = (await night.page.locator('.preview .text').textContent()) ?? ''
    expect(card).toMatch(LINES)
    await fine(night, 'card')
    await night.button(english['cards.send']).click()
    await newest().toBe(pages.talk.reply.text.replace('{{reply}}', card))

    await toolButton('notes').click()
    await night.page.getByLabel(english['notes.label']).fill('Asked for the papers.')
    await night.button(english['notes.add']).click()
    await toolButton('notes').locator('.count').waitFor()
    await fine(night, 'case')
    await phoneFine()
    expect(await phone.messages.textContent()).not.toContain('Asked for the papers.')
  })

  test('it is offered to a colleague, comes back when she cannot, and goes over when she can', async () => {
    const shown = await phone.theirs.count()
    await offerTo(DAY)
    await day.button(english['offer.reject']).click()
    await night.thread.getByText(named(english['happened.rejected'], DAY)).waitFor()
    await offerTo(DAY)
    await fine(day, 'offer')
    await day.button(english['offer.accept']).click()
    await day.thread.getByText(HERS).waitFor()
    await night.page.getByText(named(english['queue.with'], DAY)).waitFor()
    expect(await night.page.content()).not.toContain('where to begin')
    expect(await phone.theirs.count()).toBe(shown)
    await write(day, 'I go on from here.')
    await newest().toContain('I go on from here.')
  })

  test('she leaves in mid-talk: nothing is shown, what was written waits, and comes out after her phrase', async () => {
    await day.page.context().setOffline(true)
    await write(day, KEPT)
    await day.thread.locator('.unsent').waitFor()
    await phone.say(exit)
    await day.page.context().setOffline(false)
    await day.page.getByText(english['left.title']).waitFor()
    await day.thread.locator('.delivery-waiting').waitFor()
    expect(await day.answer.count()).toBe(0)
    await fine(day, 'left')
    expect(cover.lines).toContain(await phone.newestText())

    await lantern.passes(6 * 60)
    await day.heading(english['covered.title']).waitFor()
    expect(await day.page.content()).not.toContain('where to begin')
    await fine(day, 'covered')
    await day.button(english['signIn.passkey']).click()
    await day.page.locator(`[data-open="${id}"]`).click()
    await day.page.getByText(english['left.title']).waitFor()

    await phone.say(comeBack)
    await phone.answer(pages.welcome.safeNow.choices.yes)
    expect(await phone.newestText()).toBe(pages.talk.phraseAgain.text)
    await phone.say('red ladder')
    expect(await phone.newestText()).toBe(pages.talk.phraseAgain.text)
    await day.page.getByText(english['left.title']).waitFor()
    expect(await phone.messages.textContent()).not.toContain(KEPT)
    await phone.say(PHRASE)
    await newest().toContain(KEPT)
    await day.thread.getByText(english['happened.back']).waitFor()
    await expect.poll(() => day.thread.locator('.delivery-waiting').count()).toBe(0)
  })

  test('it is closed with what came of it, and the bot speaks again', async () => {
    await day.button(english['close.case']).click()
    await fine(day, 'close')
    await day.page.getByRole('radio', { name: english['outcome.helped'] }).check()
    await day.page.getByRole('dialog').getByRole('button', { name: english['close.do'] }).click()
    await newest().toBe(pages.talk.ended.text)
    await day.page.getByText(english['queue.nobodyWaits']).waitFor()
    expect(await day.page.content()).not.toContain('where to begin')
    await phone.say('menu')
    expect(await phone.newestText()).toBe(pages.menu.start.text)
  })

  test('nobody answers: she gets the lines, the desk an alarm, and whoever comes in takes it, in Arabic', async () => {
    await askForAPerson(phone, pages.talk.soon.choices.now, undefined)
    await lantern.passes(8)
    await phone.say('menu')
    await weekend.signIn()
    await weekend.desk.heading(arabic['queue.title']).waitFor()
    await lantern.passes(8)
    await newest().toContain(start(pages.talk.unanswered.text))
    expect(await phone.newestText()).toMatch(LINES)
    const { desk } = weekend
    await desk.page.locator('.alarm').waitFor()
    await fine(desk, 'alarm-arabic')
    await desk.page.locator('.alarm [data-claim]').click()
    await newest().toContain(start(pages.talk.active.text))
    await phone.write(HERS_LATER)
    await desk.thread.getByText(HERS_LATER).waitFor()
    await write(desk, 'أنا هنا.')
    await newest().toContain('أنا هنا.')
    expect(await desk.page.locator('html').getAttribute('dir')).toBe('rtl')
    await fine(desk, 'case-arabic')
  })

  test('she erases in mid-talk: the open page is empty at once, and nothing can be read in any file', async () => {
    await phone.say(wipe)
    await phone.answer(pages.privacy.wipeConfirm.choices.yes)
    expect(cover.lines).toContain(await phone.newestText())
    const { desk } = weekend
    await desk.heading(arabic['withdrawn.title']).waitFor()
    for (const text of [HERS_LATER, 'أنا هنا.']) expect(await desk.page.content()).not.toContain(text)
    await fine(desk, 'withdrawn-arabic')
    expect(findResidue(lantern.folders, [HERS_LATER, HERS, KEPT, PHRASE])).toEqual([])
    await desk.button(arabic['withdrawn.back']).click()
    expect(await desk.page.locator('.row').count()).toBe(0)
  })

  test('the log is complete, and a colleague who supervises from now on sees how the desk does', async () => {
    await admin.button(english['signIn.passkey']).click()
    await admin.page.getByLabel(named(english['accounts.roleOf'], NIGHT)).selectOption('supervisor')
    await admin.page.locator('.notice').getByText(english['accounts.done']).waitFor()
    await admin.button(english['nav.log']).click()
    await admin.page.getByText(english['log.intact']).waitFor()
    await admin.page.getByText(english['did.case.close']).first().waitFor()
    await fine(admin, 'log')
    await night.button(english['signIn.passkey']).click()
    await night.button(english['nav.board']).click()
    await night.page.locator('.chart').first().waitFor()
    await fine(night, 'board')
    await night.button(english['nav.account']).click()
    await night.page.locator('.accounts').first().waitFor()
    await fine(night, 'account')
  })
})
