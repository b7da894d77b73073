import type { BrowserContext, Locator, Page } from 'playwright-core'
import { type AxeLook, axeFindings, watch } from '../browser/watched.ts'

/** The desk's page as a caseworker meets it, with a list of everything that went wrong. */

export interface DeskPage {
  page: Page
  button(name: string | RegExp): Locator
  heading(name: string | RegExp): Locator
  claim(id: string): Promise<void>
  answer: Locator
  thread: Locator
  /** What axe finds now, in words. */
  axe(how?: AxeLook): Promise<string[]>
  shot(name: string): Promise<void>
  /** Errors of the page, reports of its policy, and requests to anybody else. */
  problems: string[]
}

const SHOTS = process.env['DESK_SHOTS']

export async function openDesk(
  context: BrowserContext,
  address: string,
  { size = { width: 1366, height: 860 }, path = '/desk/' } = {},
): Promise<DeskPage> {
  const page = await context.newPage()
  page.setDefaultTimeout(8_000)
  const problems = await watch(page, address, /ERR_|status of (?:401|403|409)/u)
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
    axe: (how) => axeFindings(page, how),
    async shot(name) {
      if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png`, animations: 'disabled' })
    },
    problems,
  }
}
