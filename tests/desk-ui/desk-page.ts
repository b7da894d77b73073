import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { RunOptions } from 'axe-core'
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
  axe(how?: keyof typeof ASKED): Promise<string[]>
  shot(name: string): Promise<void>
  /** Errors of the page, reports of its policy, and requests to anybody else. */
  problems: string[]
}

/** The library itself, once a page: its builder for playwright loads it anew for each look and opens a tab beside it. */
const AXE = readFileSync(
  createRequire(import.meta.resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'),
  'utf8',
)
const SHOTS = process.env['DESK_SHOTS']
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const ASKED: Record<'all' | 'colours' | 'structure', RunOptions> = {
  all: { runOnly: TAGS },
  colours: { runOnly: { type: 'rule', values: ['color-contrast'] } },
  structure: { runOnly: TAGS, rules: { 'color-contrast': { enabled: false } } },
}

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
      if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE)
      return page.evaluate(async (options) => {
        const { axe } = window as unknown as { axe: typeof import('axe-core') }
        const { violations } = await axe.run(document, options)
        return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
      }, ASKED[how])
    },
    async shot(name) {
      if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png`, animations: 'disabled' })
    },
    problems,
  }
}
