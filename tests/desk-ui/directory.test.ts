import { describe, expect, test } from 'vitest'
import { aCase } from './fake-data.ts'
import type { DeskPage } from './desk-page.ts'
import type { FakeDesk } from './fake-desk.ts'
import type { Role } from '../../src/desk/wire.ts'
import type { AccountId } from '../../src/storage/cases.ts'
import { meAs } from './fake-data.ts'
import { withDesk } from './with-desk.ts'

/** The directory at the desk: found, opened, sent into a case, dialled, corrected, approved, undone. */
let fake: FakeDesk
let desk: DeskPage
withDesk((opened) => ({ fake, desk } = opened))

const posts = (verb: string) => fake.heard.filter(({ path }) => path.endsWith(`/${verb}`))
const row = (name: string) => desk.page.getByRole('row').filter({ hasText: name })
const room = (name: string | RegExp) =>
  desk.page.getByRole('navigation', { name: 'Directory' }).getByRole('button', { name })
async function open(role: Role = 'caseworker'): Promise<void> {
  fake.me = meAs(role)
  fake.tell({ kind: 'me' })
  if (role !== 'caseworker') await desk.page.reload()
  await desk.page
    .getByRole('navigation', { name: 'Desk' })
    .getByRole('button', { name: /^Directory/u })
    .click()
  await desk.heading('Directory').waitFor()
}
async function openService(name: string): Promise<void> {
  await desk.button(name).click()
  await desk.heading(name).waitFor()
}

describe('the table', () => {
  test('is searched by number, area and kind, and says why something is not shown', async () => {
    await open()
    await row('Portavel Health Centre').getByText('Shown').waitFor()
    await row('Harbour Clinic').getByText('Not checked in time').waitFor()
    const search = desk.page.getByRole('searchbox', { name: 'Name, number, area or kind' })
    await search.fill('police almar')
    await desk.page.getByText('1⁩ service found').waitFor()
    await search.fill('0000035')
    await row('Harbour Clinic').waitFor()
    await search.fill('nothing of this')
    await desk.page.getByText('Nothing found').waitFor()
    await search.fill('')
    await desk.page.getByRole('combobox', { name: 'State' }).selectOption('Ended')
    await desk.page.getByText('1⁩ service found').waitFor()
    expect(await desk.page.getByRole('row').count()).toBe(2)
  })

  test('is walked with the keys alone', async () => {
    await desk.page.locator('[data-claim]').first().waitFor()
    await desk.page.keyboard.press('d')
    await row('Access for All').waitFor()
    await desk.page.keyboard.press('f')
    await desk.page.keyboard.type('hospital')
    await desk.page.getByText('1⁩ service found').waitFor()
    await desk.page.getByRole('searchbox').blur()
    await desk.page.keyboard.press('j')
    await desk.page.keyboard.press('Enter')
    await desk.heading('Portavel Hospital').waitFor()
    await desk.button('Back to the list').press('Enter')
    // What was looked for is still there.
    await expect.poll(() => desk.page.getByRole('searchbox').inputValue()).toBe('hospital')
  })
})

describe('a service', () => {
  test('is sent into a case after its card was looked at', async () => {
    const ID = '88210045'
    fake.queue = [aCase(ID, { state: 'active', holder: fake.me.id as AccountId })]
    fake.tell({ kind: 'queue' })
    await open()
    await openService('Portavel Health Centre')
    await desk.page.getByRole('button', { name: `Send into case ⁨${ID}⁩` }).click()
    await desk.page.locator('.preview').getByText('1 Example Quay').waitFor()
    expect(posts('card')).toEqual([])
    await desk.button('Send this card').click()
    await desk.thread.getByText('Portavel Health Centre').waitFor()
    expect(posts('card').map(({ body }) => body['service'])).toEqual(['portavel-clinic'])
  })

  test('that nobody sees is not offered to a case', async () => {
    fake.queue = [aCase('88210045', { state: 'active', holder: fake.me.id as AccountId })]
    fake.tell({ kind: 'queue' })
    await open()
    await openService('Harbour Clinic (not checked lately)')
    await desk.page.getByText('Nobody checked it in time').waitFor()
    expect(await desk.page.getByRole('button', { name: /Send into case/u }).count()).toBe(0)
  })

  test('is corrected by a form that says what must be mended, and sends what is new alone', async () => {
    await open()
    await openService('Portavel Health Centre')
    await desk.button('Propose a correction').click()
    const hours = desk.page.getByRole('textbox', { name: 'Hours' })
    await hours.fill('mornings')
    await desk.button('Propose').click()
    await desk.page.getByText('Please write the hours as in the example').waitFor()
    await expect.poll(() => hours.evaluate((box) => box === document.activeElement)).toBe(true)
    await hours.fill('Mo-Sa 08:00-18:00')
    await desk.page.getByRole('textbox', { name: 'Phone', exact: true }).fill('+999 000 0444')
    await desk.page.getByRole('textbox', { name: 'Why, for whoever approves' }).fill('Heard there.')
    await desk.button('Propose').dblclick()
    await desk.page.locator('.notice').getByText('It waits for a second person.').waitFor()
    expect(fake.directory.corrections.slice(1)).toEqual([
      {
        note: 'Heard there.',
        hours: 'Mo-Sa 08:00-18:00',
        numbers: [{ kind: 'phone', from: '+999 000 0004', to: '+999 000 0444' }],
      },
    ])
  })

  test('whose place is secret has no field for an address', async () => {
    await open()
    await openService('House of Rest')
    await desk.button('Propose a correction').click()
    await desk.page.getByText('The place of this service stays secret').waitFor()
    expect(await desk.page.getByRole('textbox', { name: /Address/u }).count()).toBe(0)
  })

  test('is read by an administrator, who changes nothing', async () => {
    await open('administrator')
    expect(await room('To dial').count()).toBe(0)
    await openService('Portavel Health Centre')
    await desk.page.getByText('1 Example Quay').waitFor()
    expect(await desk.button('Checked today').count()).toBe(0)
    expect(await desk.button('Propose a correction').count()).toBe(0)
  })
})

describe('what is to be dialled', () => {
  test('is told over the queue, and leaves the list with one click', async () => {
    await desk.page.getByText('2⁩ services are past their date').waitFor()
    await desk.button('To the list').click()
    const one = desk.page.getByRole('listitem').filter({ hasText: 'Harbour Clinic' })
    await one.getByText('+999 000 0035').waitFor()
    await one.getByRole('button', { name: 'Checked today' }).dblclick()
    await desk.page.locator('.notice').getByText('was checked today').waitFor()
    await one.waitFor({ state: 'detached' })
    expect(posts('checked').map(({ path }) => path)).toEqual(['directory/services/demo/old-clinic/checked'])
    // What has ended is not mended by a check.
    const ended = desk.page.getByRole('listitem').filter({ hasText: 'Winter Coats' })
    expect(await ended.getByRole('button', { name: 'Checked today' }).count()).toBe(0)
    await ended.getByRole('button', { name: 'Does not work any more' }).click()
    await desk.page.locator('.notice').getByText('A supervisor sees it first').waitFor()
  })
})

describe('what waits for a second person', () => {
  const proposal = (name: string) => desk.page.locator('.proposals > li').filter({ hasText: name })

  test('is told to a supervisor, read in words and approved', async () => {
    await open('supervisor')
    await room(/To approve/u).click()
    await expect
      .poll(() => desk.page.locator('.proposals h2').allTextContents())
      .toEqual([
        'To be closed: ⁨Portavel Counselling Rooms⁩',
        'Correction: ⁨Portavel Health Centre⁩',
        'A new list',
        'Correction: ⁨Luma Camp Clinic⁩',
      ])
    const clinic = proposal('Portavel Health Centre')
    await clinic.getByRole('button', { name: 'Look at it' }).click()
    await clinic.getByText('+999 000 0444').waitFor()
    await clinic.getByText('Heard at the door').waitFor()
    fake.refuse.set('directory/proposals/:id/approve', 'again')
    await clinic.getByRole('button', { name: 'Approve' }).click()
    await desk.page.getByRole('dialog').getByLabel('Password').fill('right')
    await desk.page.getByRole('dialog').getByLabel('Code from your app').fill('123456')
    await desk.button('Confirm').click()
    await desk.page.locator('.notice').getByText('Approved.').waitFor()
    await clinic.waitFor({ state: 'detached' })
    expect(posts('approve').map(({ body }) => body)).toEqual([{ on: 2 }, { on: 2 }])
  })

  test('is not approved by its author, who may take it back', async () => {
    await open('supervisor')
    await room(/To approve/u).click()
    const own = proposal('Luma Camp Clinic')
    await own.getByRole('button', { name: 'Look at it' }).click()
    await own.getByText('You proposed this yourself').waitFor()
    expect(await own.getByRole('button', { name: 'Approve' }).count()).toBe(0)
    await own.getByRole('button', { name: 'Take it back' }).click()
    await own.waitFor({ state: 'detached' })
  })

  test('and would leave nobody served is approved only when that is said', async () => {
    await open('supervisor')
    await room(/To approve/u).click()
    const list = proposal('A new list')
    await list.getByRole('button', { name: 'Look at it' }).click()
    await list.getByText('240⁩ services were checked').waitFor()
    await list.getByText('People will no longer see it.').waitFor()
    expect(await list.getByRole('button', { name: 'Approve' }).count()).toBe(0)
    await list.getByRole('checkbox').check()
    await list.getByRole('button', { name: 'Approve' }).click()
    await list.waitFor({ state: 'detached' })
    expect(posts('approve').map(({ body }) => body)).toEqual([{ on: 2, evenSo: true }])
  })

  test('a caseworker has no list of it', async () => {
    await open()
    expect(await room(/To approve|Editions/u).count()).toBe(0)
    await room(/To dial/u).waitFor()
  })
})

test('a supervisor goes one edition back, and is told when nobody would be served by that', async () => {
  await open('supervisor')
  await room('Editions').click()
  await desk.page.getByText('Checked: ⁨luma-clinic⁩').waitFor()
  await desk.button('Go back to the one before').click()
  const dialog = desk.page.getByRole('dialog')
  const go = dialog.getByRole('button', { name: 'Go back to the one before' })
  await go.click()
  await dialog.getByText('nobody would be served').waitFor()
  await go.press('Enter')
  expect(posts('back')).toHaveLength(1)
  await dialog.getByRole('checkbox').check()
  await go.click()
  await dialog.waitFor({ state: 'detached' })
  expect(posts('back').map(({ body }) => body)).toEqual([
    { pack: 'demo', on: 2 },
    { pack: 'demo', on: 2, evenSo: true },
  ])
})

test('open pages bring the list anew when the server says so', async () => {
  await open()
  await room(/To dial/u).click()
  await desk.page.locator('.due-list > li').nth(2).waitFor()
  fake.directory.due = fake.directory.due.slice(0, 1)
  fake.tell({ kind: 'directory' })
  await expect.poll(() => desk.page.locator('.due-list > li').count()).toBe(1)
})

test('a weak line keeps the door open: the directory is asked for again', async () => {
  await desk.page.locator('[data-claim]').first().waitFor()
  await desk.page.route('**/desk/words/directory/**', (route) => route.abort())
  await desk.page.getByRole('navigation', { name: 'Desk' }).getByRole('button', { name: 'Directory' }).click()
  await desk.page.getByText('No answer came').waitFor()
  await desk.page.unroute('**/desk/words/directory/**')
  await desk.button('Try now').click()
  await desk.heading('Directory').waitFor()
})
