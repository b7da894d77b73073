import { test } from 'vitest'
import type { AccountId } from '../../src/storage/cases.ts'
import type { DeskPage } from './desk-page.ts'
import { aCase } from './fake-data.ts'
import { walks } from './walk.ts'

/** The directory in every look: the table and its cards, a service, the form, what is due, what waits, the editions. */

walks(({ at, fine }) => {
  const open = (desk: DeskPage, place: number) => desk.page.locator('.bar nav button').nth(place).click()
  const room = (desk: DeskPage, place: number) => desk.page.locator('.rooms button').nth(place).click()

  test('the notice over the queue and the table', async () => {
    await at('caseworker', async (desk) => {
      await desk.page.locator('.stale').waitFor()
      await fine(desk, 'directory-notice')
      await open(desk, 1)
      await desk.page.locator('[data-service]').nth(30).waitFor()
      await fine(desk, 'directory')
      await desk.page.getByRole('searchbox').fill('portavel')
      await desk.page.locator('[data-service="demo/luma-clinic"]').waitFor({ state: 'detached' })
      await fine(desk, 'directory-found')
    })
  })

  test('a service and the form of a correction', async () => {
    await at('caseworker', async (desk, fake) => {
      fake.queue = [aCase('88210045', { state: 'active', holder: fake.me.id as AccountId })]
      fake.tell({ kind: 'queue' })
      await open(desk, 1)
      await desk.page.locator('[data-service="demo/portavel-clinic"]').click()
      await desk.page.locator('.fact-list').waitFor()
      await fine(desk, 'directory-service')
      await desk.page.locator('.service > .buttons button').nth(2).click()
      await desk.page.locator('.correction').waitFor()
      await desk.page.locator('[name=hours]').fill('mornings')
      await desk.page.locator('.correction [type=submit]').click()
      await desk.page.locator('.correction .wrong:not(:empty)').waitFor()
      await fine(desk, 'directory-correction')
    })
  })

  test('what is to be dialled', async () => {
    await at('supervisor', async (desk) => {
      await desk.page.locator('.stale').waitFor()
      await fine(desk, 'directory-notices')
      await open(desk, 2)
      await room(desk, 1)
      await desk.page.locator('.due-list > li').nth(2).waitFor()
      await fine(desk, 'directory-due')
    })
  })

  test('what waits for a second person', async () => {
    await at('supervisor', async (desk) => {
      await open(desk, 2)
      await room(desk, 2)
      for (const place of [0, 1, 2, 3]) {
        const one = desk.page.locator('.proposals > li').nth(place)
        await one.locator('[aria-expanded]').click()
        await one.locator('.review > .buttons').waitFor()
        await fine(desk, `directory-proposal-${place}`)
      }
    })
  })

  test('what was published, and the step back', async () => {
    await at('supervisor', async (desk) => {
      await open(desk, 2)
      await room(desk, 3)
      await desk.page.locator('.editions > li').first().waitFor()
      await fine(desk, 'directory-editions')
      await desk.page.locator('.editions button').click()
      await desk.page.locator('.dialog .strong').click()
      await desk.page.locator('.dialog .warning').waitFor()
      await fine(desk, 'directory-back')
    })
  })
})
