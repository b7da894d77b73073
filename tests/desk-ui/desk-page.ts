import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContext, Locator, Page } from 'playwright-core'

/** The desk's page as a caseworker meets it, with a list of everything that went wrong. */

export interface DeskPage {
  page: Page
  button(name: string | RegExp): Locator
  heading(name: string | RegExp): Locator
  claim(id: string): Promise<void>
  answer: Locator
  thread: Locator
  /** What axe finds now, in words. */
  axe(how?: 'all' | 'colours' | 'structure'): Promise<string[]>
  shot(name: string): Promise<void>
  /** Errors of the page, reports of its policy, and requests to anybody else. */
  problems: string[]
}

const SHOTS = process.env['DESK_SHOTS']
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

export async function openDesk(
  context: BrowserContext,
  address: string,
  { size = { width: 1366, height: 860 }, path = '/desk/' } = {},
): Promise<DeskPage> {
  const page = await context.newPage()
  page.setDefaultTimeout(8_000)
  const problems: string[] = []
  page.on('console', (message) => {
    // Chromium reports each refused or lost request; the page is expected to bear those.
    const text = message.text()
    if (message.type() === 'error' && !/ERR_|status of (?:401|403|409)/u.test(text)) problems.push(text)
    if (text.startsWith('violation ')) problems.push(text)
  })
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('request', (request) => {
    if (!request.url().startsWith(address)) problems.push(request.url())
  })
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      // oxlint-disable-next-line no-console -- the test listens there
      console.log(`violation ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`)
    })
  })
  await page.setViewportSize(size)
  await page.goto(address + path)

  const button = (name: string | RegExp) =>
    page.getByRole('button', { name, exact: typeof name === 'string' })
  return {
    page,
    button,
    heading: (name) => page.getByRole('heading', { level: 1, name }),
    async claim(id) {
      await page.locator(`[data-claim="${id}"]`).click()
      await page.getByRole('heading', { level: 1 }).filter({ hasText: id }).waitFor()
    },
    answer: page.locator('.composer textarea'),
    thread: page.locator('.thread'),
    async axe(how = 'all') {
      const asked = new AxeBuilder({ page })
      if (how === 'colours') asked.withRules('color-contrast')
      else asked.withTags(RULES)
      if (how === 'structure') asked.disableRules('color-contrast')
      const { violations } = await asked.analyze()
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
    },
    async shot(name) {
      if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png`, animations: 'disabled' })
    },
    problems,
  }
}
