import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

/** What no page may do while a test looks on, and what axe says of it. */

/**
 * A list that grows with every error of the page, every report of its policy and every request to anybody but `address`.
 * `bears`: what Chromium reports of lost or refused requests and the page is expected to bear.
 */
export async function watch(page: Page, address: string, bears: RegExp): Promise<string[]> {
  const problems: string[] = []
  page.on('console', (message) => {
    const text = message.text()
    if (message.type() === 'error' && !bears.test(text)) problems.push(text)
    if (text.startsWith('violation ')) problems.push(text)
  })
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== address) problems.push(request.url())
  })
  page.on('websocket', (socket) => problems.push(socket.url()))
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      // oxlint-disable-next-line no-console -- the test listens there
      console.log(`violation ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`)
    })
  })
  return problems
}

/** The library itself, once a page: its builder for playwright loads it anew for each look and opens a tab beside it. */
const AXE = readFileSync(
  createRequire(import.meta.resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'),
  'utf8',
)
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const ASKED: Record<'all' | 'colours' | 'structure', RunOptions> = {
  all: { runOnly: TAGS },
  colours: { runOnly: { type: 'rule', values: ['color-contrast'] } },
  structure: { runOnly: TAGS, rules: { 'color-contrast': { enabled: false } } },
}
export type AxeLook = keyof typeof ASKED

/** What axe finds now, in words. */
export async function axeFindings(page: Page, how: AxeLook = 'all'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE)
  return page.evaluate(async (options) => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') }
    const { violations } = await axe.run(document, options)
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
  }, ASKED[how])
}
