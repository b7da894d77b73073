import { expect, test } from 'vitest'
import type { DeskPage } from './desk-page.ts'
import { aCase, BRUNO } from './fake-data.ts'
import type { FakeDesk } from './fake-desk.ts'
import type { Entry } from '../../src/handoff/handoff.ts'
import type { AccountId } from '../../src/storage/cases.ts'
import { walks } from './walk.ts'

/** Every screen in every look but the directory's, which has a walk of its own. */

const ID = '40718263'
const HELD = '88210045'
/** What a tool shows once it has its answer. */
const FILLED = { phrases: '.phrases li', cards: '.services li', notes: '.tools textarea' } as const

walks(({ language, rtl, at, fine }) => {
  test('the door, the other way in and the invitation', async () => {
    const door = async (desk: DeskPage) => {
      await desk.page.locator('.door-card').waitFor()
      await desk.page.getByRole('combobox').selectOption(language)
      await desk.page.locator(`html[lang=${language}][dir=${rtl ? 'rtl' : 'ltr'}]`).waitFor()
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
      for (const tool of ['phrases', 'cards', 'notes'] as const) {
        const button = desk.page.locator(`[data-tool=${tool}]`)
        if ((await button.getAttribute('aria-expanded')) !== 'true') await button.click()
        await desk.page.locator('.tools h2').waitFor()
        await desk.page.locator(FILLED[tool]).first().waitFor()
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

  test('a case that a supervisor reads for a reason, and who is told of it', async () => {
    await at('supervisor', async (desk, fake) => {
      fake.entries(HELD).push(
        ...[
          { kind: 'person', text: 'I have waited since the morning.' },
          { kind: 'caseworker', by: BRUNO, text: 'I am here now.', delivery: 'shown' },
          { kind: 'note', by: BRUNO, text: 'Asked the clinic.' },
        ].map((entry, n) => ({ ...entry, id: `e${n}`, seq: n + 1, at: Date.now() }) as unknown as Entry),
      )
      await desk.page.locator('[data-glass]').waitFor()
      fake.tell({ kind: 'alarm', id: HELD, why: 'unanswered' })
      fake.tell({ kind: 'glass', id: ID, by: BRUNO, name: 'Bruno', until: Date.now() + 60_000 })
      fake.tell({ kind: 'tripwire', id: BRUNO, name: 'Bruno' })
      await desk.page.locator('.banner').nth(2).waitFor()
      await fine(desk, 'watch-banners')
      await desk.page.locator('.row [data-glass]').click()
      await fine(desk, 'glass-question')
      await desk.page.locator('.dialog .radio').first().click()
      await desk.page.locator('.dialog [type=submit]').click()
      await desk.thread.locator('.from-person').waitFor()
      expect(await desk.answer.count()).toBe(0)
      const banners = desk.page.locator('[aria-label] > .banner .buttons button:last-child')
      while ((await banners.count()) > 0) await banners.first().click()
      await desk.page.locator('.notes-to-read summary').click()
      await fine(desk, 'glass-open')
    })
  })

  test('the own account, and a page that is older than its server', async () => {
    await at('caseworker', async (desk, fake) => {
      await desk.page.locator('[data-claim]').first().waitFor()
      await desk.page.locator('.bar-end button').nth(2).click()
      await desk.page.locator('.accounts').first().waitFor()
      await fine(desk, 'account')
      await desk.page.locator('.accounts button').first().click()
      await desk.page.locator('.dialog').waitFor()
      await fine(desk, 'account-remove')
      await desk.page.keyboard.press('Escape')
      await desk.page.locator('.part > .start').nth(1).click()
      await desk.page.locator('.once').waitFor()
      await fine(desk, 'account-password')
      await desk.page.locator('.bar nav button').first().click()
      await desk.claim(ID)
      await desk.answer.fill('Half a sentence')
      fake.renewed = true
      fake.personWrites(ID, 'Are you there?')
      await desk.page.locator('.older').waitFor()
      await fine(desk, 'older')
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

  test('the numbers of a month', async () => {
    await at('supervisor', async (desk) => {
      await desk.page.locator('.bar nav button').last().click()
      await desk.page.locator('.bars').first().waitFor()
      await fine(desk, 'months')
      await desk.page.locator('.months summary').first().click()
      await desk.page.locator('.months table').first().scrollIntoViewIfNeeded()
      await fine(desk, 'months-table')
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
