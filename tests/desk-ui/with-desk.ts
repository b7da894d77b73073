import { setTimeout as passes } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { type Browser, startChromium } from '../browser/chromium.ts'
import { type DeskPage, openDesk } from './desk-page.ts'
import { type FakeDesk, startFakeDesk } from './fake-desk.ts'

/** Before each test of a file, a desk of its own and its page are opened and given to `use`. Returns the browser. */
export function withDesk(use: (opened: { fake: FakeDesk; desk: DeskPage }) => void): {
  context(): Browser['context']
} {
  let browser: Browser
  let fake: FakeDesk
  let desk: DeskPage
  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    fake = await startFakeDesk()
    desk = await openDesk(browser.context, fake.address)
    use({ fake, desk })
  })
  afterEach(async () => {
    await fake.close()
    // Closing a tab now and then hangs in headless Chromium; the browser's own end closes it all the same.
    await Promise.race([desk.page.close(), passes(5_000)])
    if (desk.problems.length > 0) throw new Error(desk.problems.join('\n'))
  })
  return { context: () => browser.context }
}
