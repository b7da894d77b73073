import { setTimeout as passes } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import type { Role } from '../../src/desk/wire.ts'
import { type Browser, startChromium } from '../browser/chromium.ts'
import { type DeskPage, openDesk } from './desk-page.ts'
import { meAs } from './fake-data.ts'
import { type FakeDesk, startFakeDesk } from './fake-desk.ts'

/**
 * Walks through the screens of one language: each screen is seen wide and narrow, light and dark, before the next step,
 * and axe and the page's policy say what they find. Three pages at a time, each with its own server.
 */
export interface Walk {
  language: string
  rtl: boolean
  /** A desk for somebody of this role. */
  at(
    role: Role,
    look: (desk: DeskPage, fake: FakeDesk) => Promise<void>,
    how?: { signedIn?: boolean; path?: string },
  ): Promise<void>
  /** What is on the screen now, in every look. */
  fine(desk: DeskPage, screen: string): Promise<void>
}

const WIDE = { width: 1366, height: 860 }
const NARROW = { width: 320, height: 700 }
const WALKS = [
  {
    language: 'en',
    looks: [
      { name: 'light', scheme: 'light', size: WIDE, how: 'all' },
      { name: 'dark', scheme: 'dark', size: WIDE, how: 'colours' },
      { name: 'narrow', scheme: 'light', size: NARROW, how: 'structure' },
    ],
  },
  {
    language: 'ar',
    looks: [
      { name: 'arabic', scheme: 'light', size: WIDE, how: 'structure' },
      { name: 'narrow-arabic', scheme: 'dark', size: NARROW, how: 'colours' },
    ],
  },
] as const

const AT_ONCE = 3

/** Resolves when there is room for one more page; the caller gives it back. */
let open = 0
const waiting: (() => void)[] = []
async function takeRoom(): Promise<void> {
  if (open < AT_ONCE) open += 1
  else await new Promise<void>((resolve) => waiting.push(resolve))
}
function giveRoom(): void {
  const next = waiting.shift()
  if (next === undefined) open -= 1
  else next()
}

export function walks(declare: (walk: Walk) => void): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser.close())

  describe.concurrent.each(WALKS)('in $language', { timeout: 120_000 }, ({ language, looks }) => {
    const rtl = language === 'ar'

    const at: Walk['at'] = async (role, look, { signedIn = true, path = '/desk/' } = {}) => {
      await takeRoom()
      try {
        const fake = await startFakeDesk(meAs(role, language))
        fake.signedIn = signedIn
        const desk = await openDesk(browser.context, fake.address, { size: WIDE, path })
        await desk.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
        await look(desk, fake)
        expect(desk.problems).toEqual([])
        await fake.close()
        await Promise.race([desk.page.close(), passes(5_000)])
      } finally {
        giveRoom()
      }
    }

    const fine: Walk['fine'] = async (desk, screen) => {
      const { page } = desk
      for (const { name, scheme, size, how } of looks) {
        await page.setViewportSize(size)
        await page.emulateMedia({ colorScheme: scheme })
        await desk.shot(`${screen}-${name}`)
        expect(await desk.axe(how), name).toEqual([])
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(wide, `the page scrolls sideways, ${name}`).toBeLessThanOrEqual(0)
      }
      await page.setViewportSize(WIDE)
      await page.emulateMedia({ colorScheme: 'light' })
    }
    declare({ language, rtl, at, fine })
  })
}
