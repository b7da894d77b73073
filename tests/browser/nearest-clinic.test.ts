import { parse } from 'csv-parse/sync'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import messages from '../../locales/en/messages.json' with { type: 'json' }
import { findResidue } from '../privacy/residue.ts'
import { type Browser, startChromium } from './chromium.ts'
import { type LanternProcess, startLanternProcess } from './lantern-process.ts'
import { begin, type PhonePage } from './phone-page.ts'

/** In the simulator: a place is shared, and the nearest open clinic that serves this person is found and opened. */
const PACK = join(import.meta.dirname, '../../packs/demo')
const { pages, phrases } = messages

let browser: Browser
let lantern: LanternProcess

beforeAll(async () => {
  ;[browser, lantern] = await Promise.all([startChromium(), startLanternProcess({ movedClock: true })])
  await lantern.passes((nextMorning(lantern.now()) - lantern.now()) / 60_000)
}, 60_000)
afterAll(async () => {
  await browser.close()
  await lantern.end()
})

/** Half past ten in the demo country on a working day, Tuesday to Friday, on which both clinics of the coast are open. */
function nextMorning(now: number): number {
  const holidays: { date: string }[] = parse(readFileSync(join(PACK, 'holidays.csv')), { columns: true })
  const day = new Date(now)
  day.setUTCHours(7, 30, 0, 0)
  do day.setUTCDate(day.getUTCDate() + 1)
  while (
    ![2, 3, 4, 5].includes(day.getUTCDay()) ||
    holidays.some(({ date }) => date === day.toISOString().slice(5, 10))
  )
  return day.getTime()
}

interface Row {
  name_en: string
  address: string
  phone: string
  lat: string
  lon: string
}

function row(id: string): Row {
  const rows: (Row & { service_id: string })[] = parse(readFileSync(join(PACK, 'services.csv')), {
    columns: true,
  })
  const found = rows.find((one) => one.service_id === id)
  if (found === undefined) throw new Error(`the demo pack has no ${id}`)
  return found
}

async function share(phone: PhonePage, { lat, lon }: Pick<Row, 'lat' | 'lon'>): Promise<void> {
  await phone.button('Attach').click()
  await phone.button('Location').click()
  await phone.page.getByRole('spinbutton', { name: 'Latitude' }).fill(lat)
  await phone.page.getByRole('spinbutton', { name: 'Longitude' }).fill(lon)
  await phone.button('Share').click()
  const start = pages.services.results.text.split('\n')[0] ?? ''
  await expect.poll(async () => (await phone.newestText()).startsWith(start), { timeout: 10_000 }).toBe(true)
}

async function toTheMenu(phone: PhonePage): Promise<void> {
  await phone.answer(pages.welcome.safeNow.choices.yes)
  await phone.answer(pages.welcome.leaving.choices.next)
}

describe.each(['WhatsApp', 'Telegram'] as const)('with %s’s look', (look) => {
  const nearest = row('almar-clinic')
  const grownUps = row('almar-women')
  /** Her own, so that it can be looked for in the files. */
  const beside = { lat: `${grownUps.lat.slice(0, 6)}12345`, lon: `${grownUps.lon.slice(0, 5)}12345` }

  test('somebody under 18 shares a place beside a clinic for grown-ups, and opens the card of the one for all', {
    timeout: 60_000,
  }, async () => {
    const phone = await begin(browser.context, lantern.address, look, 'good morning')
    await toTheMenu(phone)
    await phone.answer(pages.menu.start.choices.more)
    await phone.answer(pages.menu.more.choices.young)
    await phone.answer(pages.young.start.choices.body)
    await phone.answer(pages.young.body.choices.findClinic)
    await share(phone, beside)

    const listed = await phone.newestText()
    expect(listed).toContain(
      `1. ${nearest.name_en} (Almar Coast)\nOpen now, until 16:00 · ${phrases.near} · `,
    )
    expect(listed).not.toContain(grownUps.name_en)
    await phone.answer(new RegExp(`^1\\. ${nearest.name_en.slice(0, 16)}`, 'u'))
    const card = await phone.newestText()
    for (const fact of [nearest.name_en, nearest.address, nearest.phone, 'Open now, until 16:00'])
      expect(card).toContain(fact)
    expect(findResidue(lantern.folders, [beside.lat, beside.lon])).toEqual([])
    expect(phone.problems).toEqual([])
    await phone.page.close()
  })

  test('a grown person narrows the list, shares the same place, and finds both', {
    timeout: 60_000,
  }, async () => {
    const phone = await begin(browser.context, lantern.address, look, 'good morning')
    const { narrow, results } = pages.services
    await toTheMenu(phone)
    await phone.answer(pages.menu.start.choices.services)
    await phone.answer(pages.services.need.choices.health)
    await phone.answer('Almar Coast')
    await phone.answer(results.choices.narrow)
    await phone.answer(narrow.choices.open)
    await phone.answer(narrow.choices.femaleStaff)
    await phone.answer(narrow.choices.results)
    await phone.answer(results.choices.area)
    await share(phone, grownUps)
    const listed = await phone.newestText()
    expect(listed).toContain(`\n\nSwitched on: ${narrow.choices.open}, ${narrow.choices.femaleStaff}`)
    for (const { name_en: name } of [nearest, grownUps])
      expect(listed).toMatch(new RegExp(`\\d\\. ${name} \\(Almar Coast\\)\\nOpen now, .* · near · `, 'u'))
    await phone.answer(/^2\. Women's Health/u)
    expect(await phone.newestText()).toContain(grownUps.phone)
    expect(phone.problems).toEqual([])
    await phone.page.close()
  })
})
