import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findResidue } from '../privacy/residue.ts'
import { createAuthenticator } from '../fakes/authenticator.ts'
import { type Browser, startChromium } from './chromium.ts'
import { type LanternProcess, startLanternProcess } from './lantern-process.ts'
import { openPhone, type PhonePage } from './phone-page.ts'

/** The whole program with a person at the phone and a caseworker at the desk, in one real browser. */
let lantern: LanternProcess
let browser: Browser
let desk: Page
let phone: PhonePage
const problems: string[] = []

beforeAll(async () => {
  ;[lantern, browser] = await Promise.all([startLanternProcess(), startChromium()])
  const link = await inviteCaseworker()
  desk = await browser.context.newPage()
  desk.on('console', (message) => {
    if (message.type() === 'error' && !/401|ERR_/u.test(message.text())) problems.push(message.text())
  })
  desk.on('pageerror', (error) => problems.push(error.message))
  await withPasskeys(desk)
  await desk.goto(link)
  await desk.getByRole('button', { name: 'Make a passkey' }).click()
  await desk.getByRole('heading', { name: 'Who is waiting' }).waitFor()
}, 60_000)
afterAll(async () => {
  await browser.close()
  await lantern.end()
})

const origin = () => lantern.address.replace('127.0.0.1', 'localhost')

/** The first administrator signs up by the printed link and invites a caseworker; resolves to that link. */
async function inviteCaseworker(): Promise<string> {
  const key = createAuthenticator(origin())
  const token = lantern.invite().split('invite=')[1] ?? ''
  let cookie = ''
  const post = async (path: string, body: unknown) => {
    const answer = await fetch(`${origin()}/desk/api${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'sec-fetch-site': 'same-origin',
        origin: origin(),
        cookie,
      },
      body: JSON.stringify(body),
    })
    cookie =
      answer.headers
        .getSetCookie()
        .map((set) => set.split(';')[0] ?? '')
        .at(-1) ?? cookie
    expect(answer.status, path).toBe(200)
    return (await answer.json()) as { options?: unknown; link?: string }
  }
  const { options } = await post('/invite/accept/passkey/options', { token })
  await post('/invite/accept/passkey', { token, response: key.make(options), language: 'en' })
  const touch = await post('/again/passkey/options', {})
  await post('/again/passkey', { response: key.touch(touch.options) })
  const { link = '' } = await post('/accounts/invite', { name: 'Night shift', role: 'caseworker' })
  return link
}

async function withPasskeys(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

async function write(text: string, answer: RegExp): Promise<void> {
  const before = await phone.theirs.count()
  await phone.write(text)
  await expect.poll(() => phone.theirs.count(), { timeout: 10_000 }).toBeGreaterThan(before)
  expect(await phone.theirs.last().textContent()).toMatch(answer)
}

describe('a person at the phone and a caseworker at the desk', () => {
  it('find each other: shift, consent, claim, talk in both directions', async () => {
    await desk
      .getByRole('switch', { name: /shift/iu })
      .or(desk.getByLabel(/^(On|Off) shift$/u))
      .first()
      .click()
    phone = await openPhone(browser.context, lantern.address)
    // The flows look at the shifts every three seconds.
    await new Promise((resolve) => setTimeout(resolve, 3_500))
    await write('hello', /good moment/u)
    await write('yes', /leave at any moment/u)
    await write('I understand', /Here is what/u)
    await write('talk', /trained person/u)
    for (let n = 0; n < 3; n += 1) await write('go on', /./u)
    await write('yes', /kind of help/u)
    await write('1', /How soon/u)
    await write('1', /plain line/u)
    await write('2', /ordinary words/u)
    await write('without words', /request waits/u)

    await desk.getByRole('button', { name: 'Take this case' }).click()
    await expect.poll(() => phone.theirs.last().textContent()).toMatch(/^You are connected now/u)
    await phone.write('I do not know where to begin <b>&</b>')
    await desk.getByText('I do not know where to begin <b>&</b>').waitFor()
    await desk.getByLabel('Your answer').fill('There is no hurry.')
    await desk.getByLabel('Your answer').press('Control+Enter')
    await expect.poll(() => phone.theirs.last().textContent()).toContain('There is no hurry.')
  }, 60_000)

  it('loses the case when she erases, from the desk too, and nothing of it can be read in any file', async () => {
    await phone.write('erase')
    await phone.newest('Yes, erase').or(phone.newest('Yes')).first().click()
    await desk.getByText('Withdrawn').first().waitFor({ timeout: 10_000 })
    expect(await desk.getByText('where to begin').count()).toBe(0)
    expect(await desk.getByText('There is no hurry').count()).toBe(0)
    expect(findResidue(lantern.folders, ['where to begin', 'no hurry'])).toEqual([])
    expect([...problems, ...phone.problems]).toEqual([])
  }, 60_000)
})
