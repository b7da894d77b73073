import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildDeskPage } from '../../src/desk/page.ts'
import { type Browser, startChromium } from '../browser/chromium.ts'
import { audited, startDesk, type Started } from '../desk/start-desk.ts'
import { type DeskPage, openDesk } from './desk-page.ts'
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

  // Who signs out and at once in again stays, however late the sign-out, which clears the browser, is answered.
  const late = '**/api/sign-out'
  await page.route(late, async (route) => {
    await delay(700)
    await route.continue()
  })
  await desk.button('Sign out').click()
  await desk.button('Use your passkey').click()
  await desk.heading('Accounts').waitFor()

  await page.unroute(late)
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
  const reads = new Set<unknown>()
  page.on('request', (request) => {
    if (request.url().includes(`/cases/${id}?`)) reads.add(request)
  })
  page.on('requestfinished', (request) => reads.delete(request))
  page.on('requestfailed', (request) => reads.delete(request))
  await desk.claim(id)
  started.cases.say(id, 'her words')
  await desk.thread.getByText('her words').waitFor()
  await desk.answer.fill('an answer')
  await desk.answer.press('Control+Enter')
  await desk.thread.locator('.from-desk:not(.unsent)').getByText('an answer').waitFor()
  // Events come in their order: a page that shows this one has asked for all that was told before it.
  const next = started.cases.add()
  await page.locator(`[data-claim="${next}"]`).waitFor({ state: 'attached' })
  // A case that is withdrawn while it is read is another test's matter.
  await expect.poll(() => reads.size).toBe(0)
  started.cases.remove(id)
  await desk.heading('Withdrawn').waitFor()
  expect(await page.content()).not.toContain('her words')
  expect(desk.problems).toEqual([])
})

test('a caseworker proposes a correction, a supervisor approves it, and the caseworker reads what people see', {
  timeout: 60_000,
}, async () => {
  const address = await started.listening()
  const enter = async (role: 'caseworker' | 'supervisor', name: string) => {
    const context = await browser.another()
    const { cookie } = await started.someone(role, name)
    const [key = '', value = ''] = cookie.split('=')
    await context.addCookies([{ name: key, value, url: `${address}/desk/` }])
    return openDesk(context, address)
  }
  const [worker, lead] = [await enter('caseworker', 'Amal'), await enter('supervisor', 'Bruno')]
  const open = async (desk: DeskPage) => {
    await desk.page
      .getByRole('navigation', { name: 'Desk' })
      .getByRole('button', { name: /^Directory/u })
      .click()
    await desk.heading('Directory').waitFor()
  }
  await open(worker)
  await worker.button('Portavel Health Centre').click()
  await worker.button('Propose a correction').click()
  const phone = worker.page.getByRole('textbox', { name: 'Phone', exact: true })
  await phone.fill('+380 44 000 0000')
  await worker.button('Propose').click()
  await worker.page.getByText('Please check the numbers').waitFor()
  await phone.fill('+999 000 0444')
  await worker.button('Propose').click()
  await worker.page.getByText('Your correction waits for a second person.').waitFor()

  // Told by the line, not asked for.
  await lead.button('Look at it').click()
  await lead.page.getByText('Correction: ⁨Portavel Health Centre⁩').waitFor()
  await lead.page.locator('.proposals').getByRole('button', { name: 'Look at it' }).click()
  await lead.page.getByText('+999 000 0444').waitFor()
  await lead.button('Approve').click()
  await lead.page.getByText('Nothing waits to be approved.').waitFor()
  await worker.page.locator('.reach').getByText('+999 000 0444').waitFor()

  const harbour = worker.page.locator('.due-list h2').filter({ hasText: 'Harbour Clinic' })
  await worker.button('Back to the list').click()
  await worker.page.getByRole('button', { name: /^To dial/u }).click()
  await worker.page.getByRole('button', { name: 'Checked today Harbour Clinic' }).click()
  await harbour.waitFor({ state: 'detached' })
  await lead.button('Editions').click()
  await lead.page.getByText('Checked: ⁨old-clinic⁩').waitFor()
  await lead.button('Go back to the one before').click()
  await lead.page.getByRole('dialog').getByRole('button', { name: 'Go back to the one before' }).click()
  await harbour.waitFor()
  expect([worker.problems, lead.problems]).toEqual([[], []])
  expect((await audited(started)).filter((line) => line.includes(' directory.'))).toEqual([
    expect.stringContaining('directory.propose demo/portavel-clinic refused'),
    expect.stringContaining('directory.propose demo/portavel-clinic done'),
    expect.stringMatching(/directory\.approve \d+ done/u),
    expect.stringContaining('directory.check demo/old-clinic done'),
    expect.stringContaining('directory.back demo done'),
  ])
})
