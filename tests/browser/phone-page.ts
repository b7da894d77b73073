import type { BrowserContext, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { watch } from './watched.ts'

/** The simulator's page as a person meets it: found by role and name, with a list of everything that went wrong. */

export interface PhonePage {
  page: Page
  messages: Locator
  /** Bubbles of the contact, and of the person, oldest first. */
  theirs: Locator
  hers: Locator
  textBox: Locator
  button(name: string): Locator
  /** The newest of several that have the same name. */
  newest(name: string): Locator
  write(text: string): Promise<void>
  /** Writes, and waits until something new stands there. */
  say(text: string): Promise<void>
  /** Presses a choice of the newest message, in its list where it stands in one, and waits for what comes. */
  answer(label: string | RegExp): Promise<void>
  /** What the newest message of the contact says. */
  newestText(): Promise<string>
  choose(look: 'WhatsApp' | 'Telegram'): Promise<void>
  openDrawer(): Promise<Locator>
  /** Errors of the page and requests to anybody else. */
  problems: string[]
}

export async function openPhone(
  context: BrowserContext,
  address: string,
  size = { width: 1280, height: 860 },
): Promise<PhonePage> {
  const page = await context.newPage()
  // Chromium reports a server that is away; the page is expected to bear that.
  const problems = await watch(page, address, /ERR_/u)
  await page.setViewportSize(size)
  await page.goto(`${address}/simulator/`)

  const textBox = page.getByRole('textbox', { name: 'Message' })
  const messages = page.getByRole('log', { name: 'Messages' })
  const theirs = messages.locator('.from-contact .text')

  async function write(text: string): Promise<void> {
    await textBox.fill(text)
    await textBox.press('Enter')
  }

  async function tagOfNewest(): Promise<string> {
    const tags = await messages
      .locator('.from-contact')
      .evaluateAll((bubbles) => bubbles.map((bubble) => bubble.getAttribute('data-tag') ?? ''))
    return tags.at(-1) ?? ''
  }

  /** Something new comes: a message that was not there, also where all earlier ones were deleted. */
  async function settles(by: () => Promise<void>): Promise<void> {
    const before = await tagOfNewest()
    await by()
    await expect
      .poll(async () => ['', before].includes(await tagOfNewest()), { timeout: 10_000, interval: 20 })
      .toBe(false)
  }

  async function press(label: string | RegExp): Promise<void> {
    const newest = messages.locator('.from-contact').last()
    const button = newest.getByRole('button', { name: label, exact: true })
    if ((await button.count()) > 0) return button.click()
    await newest.locator('[aria-haspopup=dialog]').first().click()
    await page.getByRole('dialog').getByRole('button', { name: label, exact: true }).click()
  }

  return {
    page,
    messages,
    theirs,
    hers: messages.locator('.from-person .text'),
    textBox,
    button: (name) => page.getByRole('button', { name, exact: true }),
    newest: (name) => page.getByRole('button', { name, exact: true }).last(),
    write,
    say: (text) => settles(() => write(text)),
    answer: (label) => settles(() => press(label)),
    newestText: async () => (await theirs.last().textContent()) ?? '',
    async choose(look) {
      await page.getByRole('radio', { name: look }).check()
    },
    async openDrawer() {
      await page.getByText('What the server keeps').click()
      return page.locator('.drawer')
    },
    problems,
  }
}

/** A phone with a first message on it. */
export async function begin(
  context: BrowserContext,
  address: string,
  look: 'WhatsApp' | 'Telegram',
  text: string,
): Promise<PhonePage> {
  const phone = await openPhone(context, address)
  await phone.choose(look)
  if (look === 'Telegram') {
    await phone.button('Start').click()
    await phone.theirs.first().waitFor()
  }
  await phone.say(text)
  return phone
}
