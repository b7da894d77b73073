import type { BrowserContext, Locator, Page } from 'playwright-core'

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
  const problems: string[] = []
  page.on('console', (message) => {
    // Chromium reports a server that is away; the page is expected to bear that.
    if (message.type() === 'error' && !message.text().includes('ERR_')) problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('request', (request) => {
    if (!request.url().startsWith(address)) problems.push(request.url())
  })
  await page.setViewportSize(size)
  await page.goto(`${address}/simulator/`)

  const textBox = page.getByRole('textbox', { name: 'Message' })
  const messages = page.getByRole('log', { name: 'Messages' })
  return {
    page,
    messages,
    theirs: messages.locator('.from-contact .text'),
    hers: messages.locator('.from-person .text'),
    textBox,
    button: (name) => page.getByRole('button', { name, exact: true }),
    newest: (name) => page.getByRole('button', { name, exact: true }).last(),
    async write(text) {
      await textBox.fill(text)
      await textBox.press('Enter')
    },
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
