import { describe, expect, test } from 'vitest'
import { type DeskPage, openDesk } from './desk-page.ts'
import { aCase, BRUNO } from './fake-data.ts'
import type { FakeDesk } from './fake-desk.ts'
import type { AccountId } from '../../src/storage/cases.ts'
import { withDesk } from './with-desk.ts'

let fake: FakeDesk
let desk: DeskPage

const NOW = '40718263'
const SPANISH = '55120934'

const browser = withDesk((opened) => ({ fake, desk } = opened))

const posts = (verb: string) => fake.heard.filter(({ path }) => path.endsWith(`/${verb}`))
const text = () => desk.page.locator('body').textContent()

test('a case goes from the queue through words, phrase, card, note and handover to its end', async () => {
  await desk.claim(SPANISH)
  fake.personWrites(SPANISH, 'Hola, ¿hay alguien?')
  await desk.thread.getByText('¿hay alguien?').waitFor()

  await desk.answer.fill('Sí, estoy aquí.')
  await desk.answer.press('Control+Enter')
  await desk.thread.getByText('Sí, estoy aquí.').waitFor()
  expect(await desk.answer.inputValue()).toBe('')

  await desk.page.getByRole('searchbox', { name: 'Find a phrase' }).fill('believe')
  await desk.page.getByRole('button', { name: 'Send I believe you. It is not your fault.' }).click()
  await desk.thread.getByText('Le creo. No es culpa suya.').waitFor()

  await desk.button('Services').click()
  await desk.page.getByRole('button', { name: /Portavel Health Centre/u }).click()
  await desk.page.locator('.preview').getByText('1 Example Quay').waitFor()
  await desk.button('Send this card').click()
  await desk.thread.getByText('Portavel Health Centre').waitFor()

  await desk.page.getByRole('button', { name: /^Notes/u }).click()
  await desk.page.getByRole('textbox', { name: 'Note for the desk' }).fill('Call the clinic at nine.')
  await desk.button('Add the note').click()
  await desk.page.locator('.notes').getByText('Call the clinic').waitFor()
  expect(await desk.thread.textContent()).not.toContain('Call the clinic')

  await desk.button('Hand over').click()
  expect(await desk.page.getByRole('radio', { name: /Chidi/u }).isDisabled()).toBe(true)
  expect(await desk.page.getByRole('radio', { name: /Dalia/u }).count()).toBe(0)
  await desk.page.getByRole('radio', { name: /Bruno/u }).check()
  await desk.button('Offer the case').click()
  await desk.page
    .locator('.case-head')
    .getByText(/offered to/u)
    .waitFor()
  expect(posts('offer')[0]?.body['to']).toBe(BRUNO)

  await desk.button('Close case').click()
  await desk.page.getByRole('radio', { name: 'Referred to a service' }).check()
  await desk.button('Close the case').click()
  await desk.heading('Who is waiting').waitFor()
  expect(posts('close')[0]?.body['outcome']).toBe('referred')
  expect(await text()).not.toContain('Le creo')
})

test('the queue keeps the server’s order and shows who has a case', async () => {
  await expect
    .poll(() => desk.page.locator('.row .number').allTextContents())
    .toEqual(['40718263', '55120934', '61003377', '70554121', '88210045'])
  await desk.page.getByText('with ⁨Bruno⁩').waitFor()
  fake.newCase(aCase('99999999'))
  await desk.page.locator('[data-claim="99999999"]').waitFor()
})

test('a double click sends once, and so does a phrase that is pressed twice', async () => {
  await desk.claim(SPANISH)
  await desk.answer.fill('una vez')
  await desk.button('Send').dblclick()
  await desk.page.getByRole('button', { name: 'Send Hello, I am here. Write at your pace.' }).dblclick()
  await desk.thread.getByText('Hola, estoy aquí').waitFor()
  expect(posts('write').map(({ body }) => body['text'])).toEqual([
    'una vez',
    'Hola, estoy aquí. Escriba a su ritmo.',
  ])
})

test('without a line typed words stay, unsent ones wait, and each arrives once', async () => {
  await desk.claim(SPANISH)
  // The server takes it, but its answer is lost: whether it was taken is asked, or the same id comes again.
  fake.loseNextAnswer()
  await desk.answer.fill('one')
  await desk.answer.press('Control+Enter')
  await desk.thread.locator('.bubble:not(.unsent)').getByText('one').waitFor()
  fake.offline(true)
  await desk.answer.fill('two')
  await desk.answer.press('Control+Enter')
  await desk.answer.fill('still thinking')
  await desk.page.getByText(/The line is weak/u).waitFor()
  await desk.page.getByText('Not sent yet').waitFor()
  expect(await desk.answer.inputValue()).toBe('still thinking')
  fake.offline(false)
  await expect
    .poll(() => fake.entries(SPANISH).flatMap((entry) => (entry.kind === 'caseworker' ? [entry.text] : [])), {
      timeout: 15_000,
    })
    .toEqual(['one', 'two'])
  const ids = posts('write').map(({ body }) => body['entry'])
  expect(new Set(ids).size).toBe(2)
  await expect.poll(() => desk.page.locator('.unsent').count(), { timeout: 5_000 }).toBe(0)
  expect(await desk.answer.inputValue()).toBe('still thinking')
  await expect.poll(() => desk.page.locator('.line-state').count(), { timeout: 5_000 }).toBe(0)
})

test('drafts stay with their case and in no storage', async () => {
  await desk.claim(SPANISH)
  await desk.answer.fill('half a sent')
  await desk.button('Back to the queue').click()
  await desk.claim(NOW)
  expect(await desk.answer.inputValue()).toBe('')
  await desk.page.locator(`[data-open="${SPANISH}"]`).click()
  expect(await desk.answer.inputValue()).toBe('half a sent')
  expect(await desk.page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0)
})

test('a withdrawn case leaves nothing on the page', async () => {
  await desk.claim(SPANISH)
  fake.personWrites(SPANISH, 'mis palabras')
  await desk.thread.getByText('mis palabras').waitFor()
  await desk.answer.fill('mi respuesta')
  fake.withdraw(SPANISH)
  await desk.heading('Withdrawn').waitFor()
  const left = (await desk.page.content()) + (await text())
  for (const word of ['mis palabras', 'mi respuesta', SPANISH]) expect(left).not.toContain(word)
  await desk.button('Back to the queue').click()
  await desk.heading('Who is waiting').waitFor()
})

test('a case that the queue lost a moment before its withdrawal is called withdrawn all the same', async () => {
  await desk.claim(SPANISH)
  fake.queue = fake.queue.filter(({ id }) => id !== SPANISH)
  fake.tell({ kind: 'queue' })
  await desk.page.locator('.notice').getByText('no longer with you').waitFor()
  fake.withdraw(SPANISH)
  await desk.heading('Withdrawn').waitFor()
  expect(await desk.page.locator('.notice').count()).toBe(0)
})

test('when she has left, nothing can be sent, and the page says why', async () => {
  await desk.claim(SPANISH)
  await desk.answer.fill('waiting here')
  fake.presence(SPANISH, 'left')
  await desk.page.getByText('The person has left', { exact: true }).waitFor()
  expect(await desk.answer.count()).toBe(0)
  expect(await desk.button(/^Send/u).count()).toBe(0)
  fake.presence(SPANISH, 'here')
  await expect.poll(() => desk.answer.inputValue()).toBe('waiting here')
})

test('what she writes is text, whatever it looks like', async () => {
  await desk.claim(NOW)
  fake.personWrites(NOW, '<img src=x onerror=alert(1)> مرحبا')
  await desk.thread.getByText('<img src=x').waitFor()
  expect(await desk.thread.locator('img').count()).toBe(0)
  const box = desk.thread.locator('.from-person .text')
  expect(await box.getAttribute('dir')).toBe('auto')
})

test('a word that the page does not know yet is shown as it came', async () => {
  fake.newCase(aCase('33333333', { urgency: 'soon' as 'usual', need: 'laundry' }))
  await desk.page.locator('.row').filter({ hasText: '33333333' }).getByText('laundry').waitFor()
  await desk.claim('33333333')
})

test('someone was faster, and the words are calm', async () => {
  fake.refuse.set('cases/:id/claim', 'taken')
  await desk.page.locator(`[data-claim="${NOW}"]`).click()
  await desk.page.locator('.notice').getByText('A colleague was faster').waitFor()
})

test('an offer is read, refused or accepted', async () => {
  fake.newCase(
    aCase('12312312', { state: 'offered', holder: BRUNO as AccountId, offeredTo: fake.me.id as AccountId }),
  )
  await desk.button('Accept').click()
  await desk.heading(/12312312/u).waitFor()
  await desk.answer.waitFor()
  expect(posts('accept')).toHaveLength(1)
})

describe('nobody at the desk', () => {
  test('the screen is covered when the session ends, and typed words are there after signing in', async () => {
    await desk.claim(SPANISH)
    fake.personWrites(SPANISH, 'mis palabras')
    await desk.thread.getByText('mis palabras').waitFor()
    await desk.answer.fill('not lost')
    fake.sessionEnds()
    await desk.heading('The desk is covered').waitFor()
    expect(await text()).not.toContain('mis palabras')
    await signIn()
    await desk.page.locator(`[data-open="${SPANISH}"]`).click()
    await expect.poll(() => desk.answer.inputValue()).toBe('not lost')
  })

  test('after the idle time the screen is covered and the session is over', async () => {
    await desk.claim(SPANISH)
    fake.me = { ...fake.me, idleMs: 2_000 }
    fake.tell({ kind: 'me' })
    await desk.heading('The desk is covered').waitFor({ timeout: 8_000 })
    await expect.poll(() => posts('sign-out').length + Number(!fake.signedIn)).toBeGreaterThan(0)
    expect(await text()).not.toContain(SPANISH)
    expect(await desk.page.title()).toBe('Desk')
  })

  async function signIn(): Promise<void> {
    const { page } = desk
    if ((await page.getByLabel('Password').count()) === 0) await desk.button('Another way').click()
    await page.getByLabel('Name').fill('Amal')
    await page.getByLabel('Password').fill('right')
    await page.getByLabel('Code from your app').fill('123456')
    await desk.button('Sign in').click()
    await desk.heading('Who is waiting').waitFor()
  }
})

test('an alarm is read out at once', async () => {
  await desk.heading('Who is waiting').waitFor()
  fake.tell({ kind: 'alarm', id: NOW, why: 'unanswered' })
  await desk.page
    .getByRole('alert')
    .getByText(/waiting for an answer for too long/u)
    .waitFor({ state: 'attached' })
  await desk.button('I have seen it').click()
  expect(await desk.page.locator('.alarm').count()).toBe(0)
})

test('an invitation’s token leaves the address bar at once, and a used one says so', async () => {
  fake.signedIn = false
  const guest = await openDesk(browser.context(), fake.address, { path: '/desk/#invite=good' })
  await guest.heading('Welcome to the desk').waitFor()
  expect(guest.page.url()).toBe(`${fake.address}/desk/`)
  await guest.page.getByText('Emeka').waitFor()
  if ((await guest.page.getByLabel(/A password of/u).count()) === 0) await guest.button('Another way').click()
  await guest.page.getByText('JBSW Y3DP').waitFor()
  await guest.page.getByLabel(/A password of/u).fill('correct horse battery')
  await guest.page.getByLabel('Code from your app').fill('123456')
  await guest.button('Begin').click()
  await guest.heading('Who is waiting').waitFor()
  await guest.page.goto(`${fake.address}/desk/?#invite=used`)
  await guest.page.getByText(/was used already/u).waitFor()
  expect(guest.problems).toEqual([])
  void guest.page.close()
})

test('sound and notifications are off at first, and a notification names nobody', async () => {
  await desk.page.evaluate(() => {
    const told: string[] = []
    class Recorder {
      constructor(title: string, options: NotificationOptions) {
        told.push(`${title}: ${options.body ?? ''}`)
      }
      static requestPermission = async () => 'granted'
    }
    Object.assign(window, { Notification: Recorder, told })
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' })
  })
  const told = () => desk.page.evaluate(() => (window as unknown as { told: string[] }).told)
  await desk.page.locator('[data-claim]').first().waitFor()
  fake.tell({ kind: 'alarm', id: NOW, why: 'unanswered' })
  await desk.page.locator('.alarm').waitFor()
  expect(await told()).toEqual([])
  await desk.button('Settings').click()
  expect(await desk.page.getByLabel('A soft tone when something happens').isChecked()).toBe(false)
  await desk.page.getByLabel('A soft tone when something happens').check()
  await desk.page.getByLabel(/A notification when/u).check()
  await desk.page.keyboard.press('Escape')
  fake.tell({ kind: 'alarm', id: SPANISH, why: 'released' })
  await expect.poll(told).toEqual(['Desk: Something new'])
  expect(await desk.page.title()).toBe('Desk')
})

test('a supervisor moves a case without reading it', async () => {
  fake.me = { ...fake.me, role: 'supervisor' }
  const boss = await openDesk(browser.context(), fake.address)
  await boss.page.locator('.row').first().waitFor()
  expect(await boss.page.locator('[data-claim], [data-open]').count()).toBe(0)
  await boss.button('Give back 88210045').click()
  await boss.button('Give it back').click()
  await expect.poll(() => posts('release').length).toBe(1)
  expect(boss.problems).toEqual([])
  void boss.page.close()
})

test('the keyboard alone is enough, from the queue to the end', async () => {
  const { keyboard } = desk.page
  await desk.heading('Who is waiting').waitFor()
  await desk.page.locator('[data-claim]').first().waitFor()
  await keyboard.press('?')
  await desk.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  await keyboard.press('Escape')
  await keyboard.press('j')
  await keyboard.press('Enter')
  await desk.heading(/40718263/u).waitFor()
  await expect.poll(focused).toContain('40718263')
  await keyboard.press('r')
  await keyboard.type('hello')
  await keyboard.press('Control+Enter')
  await desk.thread.getByText('hello').waitFor()
  // Out of the box, where letters are letters.
  await keyboard.press('Tab')
  await keyboard.press('n')
  await desk.page.getByRole('textbox', { name: 'Note for the desk' }).waitFor()
  await keyboard.type('a note')
  await keyboard.press('Control+Enter')
  await desk.page.locator('.notes').getByText('a note').waitFor()
  await keyboard.press('Escape')
  await expect.poll(focused).toContain('Notes')
  await keyboard.press('q')
  await desk.heading('Who is waiting').waitFor()
})

const focused = () => desk.page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
