import { setTimeout as passes } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, startChromium } from '../browser/chromium.ts'
import { type DeskPage, openDesk } from './desk-page.ts'
import { aCase, BRUNO, meAs } from './fake-data.ts'
import { type FakeDesk, startFakeDesk } from './fake-desk.ts'
import type { Role } from '../../src/desk/wire.ts'
import type { AccountId } from '../../src/storage/cases.ts'

/**
 * Every screen: what axe and the page's policy say of it. One look in `npm test`; dark, right to left and narrow each for
 * itself in `npm run test:faults`, since together they take minutes.
 */

const LOOKS = [
  { name: 'light', language: 'en', scheme: 'light', size: { width: 1366, height: 860 }, how: 'all' },
  { name: 'dark', language: 'en', scheme: 'dark', size: { width: 1366, height: 860 }, how: 'colours' },
  { name: 'arabic', language: 'ar', scheme: 'light', size: { width: 1366, height: 860 }, how: 'structure' },
  { name: 'narrow', language: 'en', scheme: 'light', size: { width: 320, height: 700 }, how: 'structure' },
  {
    name: 'narrow-arabic',
    language: 'ar',
    scheme: 'dark',
    size: { width: 320, height: 700 },
    how: 'colours',
  },
] as const

const IN_SHORT = new Set<string>(['light'])
const ID = '40718263'
let browser: Browser
beforeAll(async () => {
  browser = await startChromium()
})
afterAll(() => browser.close())

const shown = process.env['DESK_LOOKS'] === 'all' ? LOOKS : LOOKS.filter(({ name }) => IN_SHORT.has(name))

describe.each(shown)('$name', { timeout: 120_000 }, ({ name, language, scheme, size, how }) => {
  const rtl = language === 'ar'

  async function at(
    role: Role,
    look: (desk: DeskPage, fake: FakeDesk) => Promise<void>,
    { signedIn = true, path = '/desk/' } = {},
  ): Promise<void> {
    const fake = await startFakeDesk(meAs(role, language))
    fake.signedIn = signedIn
    const desk = await openDesk(browser.context, fake.address, { size, path })
    await desk.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await look(desk, fake)
    expect(desk.problems).toEqual([])
    await fake.close()
    await Promise.race([desk.page.close(), passes(5_000)])
  }

  async function fine(desk: DeskPage, screen: string): Promise<void> {
    await desk.shot(`${screen}-${name}`)
    expect(await desk.axe(how)).toEqual([])
    const wide = await desk.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(wide, 'the page scrolls sideways').toBeLessThanOrEqual(0)
  }

  test('the door, the other way in and the invitation', async () => {
    const door = async (desk: DeskPage) => {
      await desk.page.locator('.door-card').waitFor()
      await desk.page.getByRole('combobox').selectOption(language)
      expect(await desk.page.locator('html').getAttribute('dir')).toBe(rtl ? 'rtl' : 'ltr')
    }
    await at(
      'caseworker',
      async (desk) => {
        await door(desk)
        await fine(desk, 'sign-in')
        if ((await desk.page.locator('input[name=password]').count()) === 0)
          await desk.page.locator('button.link').click()
        await fine(desk, 'sign-in-password')
      },
      { signedIn: false },
    )
    await at(
      'caseworker',
      async (desk) => {
        await door(desk)
        await desk.page.locator('button.link').click()
        await desk.page.locator('.once').waitFor()
        await fine(desk, 'invite')
      },
      { signedIn: false, path: '/desk/#invite=good' },
    )
  })

  test('the queue, the settings and the keys', async () => {
    await at('caseworker', async (desk, fake) => {
      await desk.page.locator('[data-claim]').first().waitFor()
      expect(await desk.page.locator('html').getAttribute('dir')).toBe(rtl ? 'rtl' : 'ltr')
      await fine(desk, 'queue')
      const [keys, settings] = [
        desk.page.locator('.bar-end button').nth(0),
        desk.page.locator('.bar-end button').nth(1),
      ]
      await keys.click()
      await fine(desk, 'shortcuts')
      await desk.page.keyboard.press('Escape')
      await settings.click()
      await fine(desk, 'settings')
      await desk.page.keyboard.press('Escape')
      fake.tell({ kind: 'alarm', id: ID, why: 'unanswered' })
      fake.newCase(
        aCase('12312312', {
          state: 'offered',
          holder: BRUNO as AccountId,
          offeredTo: fake.me.id as AccountId,
        }),
      )
      await desk.page.locator('.offer').waitFor()
      await fine(desk, 'queue-banners')
      fake.queue = []
      fake.tell({ kind: 'queue' })
      await desk.page.locator('.nobody').waitFor()
      await fine(desk, 'queue-empty')
    })
  })

  test('a case with each of its tools, its questions and its ends', async () => {
    await at('caseworker', async (desk, fake) => {
      await desk.claim(ID)
      await talk(desk, fake)
      await fine(desk, 'case')
      for (const tool of ['phrases', 'cards', 'notes']) {
        const button = desk.page.locator(`[data-tool=${tool}]`)
        if ((await button.getAttribute('aria-expanded')) !== 'true') await button.click()
        await desk.page.locator('.tools h2').waitFor()
        await passes(300)
        await desk.page.locator('.tools').scrollIntoViewIfNeeded()
        await fine(desk, `case-${tool}`)
        if (tool !== 'cards') {
          await desk.page.locator('.tools-head button').click()
          continue
        }
        await desk.page.locator('.tools select').selectOption('')
        await desk.page.locator('.services button').first().click()
        await desk.page.locator('.preview').waitFor()
        await fine(desk, 'case-card-preview')
        await desk.page.locator('.tools-head button').click()
      }
      const [hand, , end] = await desk.page.locator('.case-head > .buttons button').all()
      await hand?.click()
      await fine(desk, 'transfer')
      await desk.page.keyboard.press('Escape')
      await end?.click()
      await fine(desk, 'close')
      await desk.page.keyboard.press('Escape')
      fake.offline(true)
      await desk.answer.fill('Words that wait for the line.')
      await desk.answer.press('Control+Enter')
      await desk.page.locator('.line-state').waitFor()
      await fine(desk, 'case-offline')
      fake.offline(false)
      await desk.page.locator('.line-state').waitFor({ state: 'detached', timeout: 15_000 })
      fake.presence(ID, 'left')
      await desk.page.locator('.locked').waitFor()
      await fine(desk, 'case-left')
      fake.withdraw(ID)
      await desk.page.locator('.withdrawn').waitFor()
      await fine(desk, 'withdrawn')
      fake.sessionEnds()
      await desk.page.locator('.door-card').waitFor()
      await fine(desk, 'covered')
    })
  })

  test('the supervisor’s overview', async () => {
    await at('supervisor', async (desk) => {
      await desk.page.locator('.bar nav button').nth(1).click()
      await desk.page.locator('.chart').first().waitFor()
      await fine(desk, 'board')
      await desk.page.locator('summary').first().click()
      await desk.page.locator('table').first().scrollIntoViewIfNeeded()
      await fine(desk, 'board-table')
    })
  })

  test('the administrator’s accounts and the auditor’s log', async () => {
    await at('administrator', async (desk, fake) => {
      await desk.page.locator('.accounts').first().waitFor()
      await fine(desk, 'accounts')
      fake.refuse.set('accounts/invite', 'again')
      await desk.page.locator('.invite-form input').fill('Farah')
      await desk.page.locator('.invite-form button').click()
      await desk.page.locator('.dialog').waitFor()
      await fine(desk, 'again')
      await desk.page.locator('.dialog input').first().fill('right')
      await desk.page.locator('.dialog form button').click()
      await desk.page.locator('.once-link').waitFor()
      await fine(desk, 'accounts-link')
    })
    await at('auditor', async (desk) => {
      await desk.page.locator('table').waitFor()
      await fine(desk, 'log')
    })
  })
})

async function talk(desk: DeskPage, fake: FakeDesk): Promise<void> {
  fake.personWrites(ID, 'مرحبا، هل من أحد هنا؟')
  fake.personWrites(ID, 'I have my phone for ten minutes. He comes home at 6.')
  await desk.thread.getByText('ten minutes').waitFor()
  await desk.answer.fill('أنا هنا. أنتِ من يقرر كل خطوة.')
  await desk.answer.press('Control+Enter')
  await desk.thread.locator('.from-desk .delivery-shown').waitFor()
  fake.presence(ID, 'away')
  await desk.page.locator('.hint').waitFor()
  await desk.answer.fill('Take your time. I stay here.')
  await desk.answer.press('Control+Enter')
  await desk.thread.locator('.delivery-waiting').waitFor()
}
