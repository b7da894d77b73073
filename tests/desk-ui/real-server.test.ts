import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildDeskPage } from '../../src/desk/page.ts'
import { type Browser, startChromium } from '../browser/chromium.ts'
import { startDesk, type Started } from '../desk/start-desk.ts'
import { openDesk } from './desk-page.ts'
import { withPasskeys } from '../browser/virtual-passkey.ts'

/** The page and the desk's own server, with a device that makes passkeys: what each says, the other understands. */
let started: Started
let browser: Browser
beforeAll(async () => {
  started = startDesk({ page: buildDeskPage })
  browser = await startChromium()
})
afterAll(async () => {
  await browser.close()
  await started.stop()
})

test('an invitation, a passkey, a colleague’s link: each of them is at the desk, and a case is answered and withdrawn', {
  timeout: 60_000,
}, async () => {
  const address = (await started.listening()).replace('127.0.0.1', 'localhost')
  const first = (await started.desk.firstInvite(address)) ?? ''
  const path = (link: string) => `/desk/?again#${new URL(link).hash.slice(1)}`
  const desk = await openDesk(browser.context, address, { path: '/desk/' })
  const { page } = desk
  await withPasskeys(browser.context, page)
  await page.goto(address + path(first))
  await desk.button('Make a passkey').click()
  await desk.heading('Accounts').waitFor()

  await desk.button('Sign out').click()
  await desk.button('Use your passkey').click()
  await desk.heading('Accounts').waitFor()

  await page.getByLabel('Name, as colleagues know it').fill('Noor')
  await desk.button('Invite').click()
  const field = page.getByLabel(/This link is shown only now/u)
  await field.waitFor()
  const link = await field.inputValue()
  await desk.button('Log').click()
  await page.getByText('The log is complete').waitFor()
  await page.getByText('invited somebody').first().waitFor()

  await desk.button('Sign out').click()
  await desk.heading('Sign in').waitFor()
  await page.goto(address + path(link))
  await page.getByText('Noor').waitFor()
  await desk.button('Make a passkey').click()
  await desk.heading('Who is waiting').waitFor()
  await page.getByRole('switch').waitFor()

  const id = started.cases.add({ urgency: 'within72h' })
  await desk.claim(id)
  started.cases.say(id, 'her words')
  await desk.thread.getByText('her words').waitFor()
  await desk.answer.fill('an answer')
  // The page reads what became of its own words; a case that is withdrawn before that is another test's matter.
  const readAgain = page.waitForResponse((answer) => answer.url().includes(`/cases/${id}?after=`))
  await desk.answer.press('Control+Enter')
  await readAgain
  await desk.thread.locator('.from-desk:not(.unsent)').getByText('an answer').waitFor()
  started.cases.remove(id)
  await desk.heading('Withdrawn').waitFor()
  expect(await page.content()).not.toContain('her words')
  expect(desk.problems).toEqual([])
})
