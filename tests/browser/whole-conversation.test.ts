import { parse } from 'csv-parse/sync'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import cover from '../../locales/en/cover.json' with { type: 'json' }
import locale from '../../locales/en/locale.json' with { type: 'json' }
import messages from '../../locales/en/messages.json' with { type: 'json' }
import words from '../../locales/en/words.json' with { type: 'json' }
import { findResidue } from '../privacy/residue.ts'
import { type Browser, startChromium } from './chromium.ts'
import { type LanternProcess, startLanternProcess } from './lantern-process.ts'
import { openPhone, type PhonePage } from './phone-page.ts'

const HOUSE = join(import.meta.dirname, '../..')
const { pages } = messages
const { exit, wipe, comeBack } = words.taught

let browser: Browser
let lantern: LanternProcess

beforeAll(async () => {
  ;[browser, lantern] = await Promise.all([startChromium(), startLanternProcess()])
})
afterAll(async () => {
  await browser.close()
  await lantern.end()
})

interface Service {
  service_id: string
  name_en: string
  hours_note_en: string
}

function clinicOfTheDemo(): Service {
  const services: Service[] = parse(readFileSync(join(HOUSE, 'packs/demo/services.csv')), { columns: true })
  const clinic = services.find(({ service_id: id }) => id === 'portavel-clinic')
  if (clinic === undefined) throw new Error('the demo pack has no such clinic')
  return clinic
}

describe.each(['WhatsApp', 'Telegram'] as const)('with %s’s look', (look) => {
  test('she finds a clinic’s opening hours, leaves, comes back, erases, and nothing of it is left', {
    timeout: 90_000,
  }, async () => {
    const canary = randomBytes(9).toString('hex')
    const neighbour = await begin(look, `hello ${canary}`)
    const her = await begin(look, `good evening ${canary}`)
    const clinic = clinicOfTheDemo()

    await answer(her, pages.welcome.safeNow.choices.yes)
    await answer(her, pages.welcome.leaving.choices.next)
    await answer(her, pages.menu.start.choices.health)
    await answer(her, pages.health.safeNow.choices.yes)
    await answer(her, pages.health.howLong.choices.threeDays)
    await answer(her, pages.health.within72h.choices.findClinic)

    // The program is killed while she reads, and goes on where she was.
    await lantern.killHard()
    await her.page.getByRole('status').getByText('connecting…').waitFor()
    await lantern.startAgain()
    await her.page.getByRole('status').getByText('online').waitFor()
    await answer(her, 'Portavel')
    // Numbered, and shortened where the platform has no room.
    await answer(her, new RegExp(`^\\d+\\. ${clinic.name_en.slice(0, 16)}`, 'u'))
    expect(await her.theirs.last().textContent()).toContain(clinic.hours_note_en)
    const sealedBefore = await sealed(her)

    await say(her, exit)
    expect(cover.lines).toContain(await her.theirs.last().textContent())
    await say(her, 'Where is the clinic?')
    expect(cover.lines).toContain(await her.theirs.last().textContent())
    if (look === 'Telegram') expect(await her.messages.getByText(canary).count()).toBe(0)
    else expect(await her.messages.getByText(canary).count()).toBe(1)

    await say(her, comeBack)
    expect(await her.theirs.last().textContent()).toBe(pages.welcome.safeNow.text)
    await answer(her, pages.welcome.safeNow.choices.yes)

    // Found while she is here, so that the search can find at all.
    const sealedThen = await sealed(her)
    await expect.poll(() => findResidue(lantern.folders, sealedThen).length).toBeGreaterThan(0)
    const drawer = await her.openDrawer()
    await say(her, wipe)
    await answer(her, pages.privacy.wipeConfirm.choices.yes)
    await drawer.getByText('There is no record').waitFor()
    await drawer.getByText('The record and everything that waited').waitFor()
    expect(cover.lines).toContain(await her.theirs.last().textContent())

    const hers = [...sealedBefore, ...sealedThen, await addressOf(her)]
    await expect.poll(() => findResidue(lantern.folders, hers), { timeout: 20_000 }).toEqual([])
    expect(findResidue(lantern.folders, [canary, await addressOf(neighbour)])).toEqual([])
    expect(findResidue(lantern.folders, await sealed(neighbour)).length).toBeGreaterThan(0)

    // Whoever writes from this phone now is a stranger.
    await say(her, 'Where is the clinic?')
    expect(await her.theirs.last().textContent()).toBe(await neighbour.theirs.last().textContent())
    expect([...her.problems, ...neighbour.problems]).toEqual([])
    await Promise.all([her.page.close(), neighbour.page.close()])
  })
})

/** A phone with a first message on it, past the choice of a language where there is one. */
async function begin(look: 'WhatsApp' | 'Telegram', text: string): Promise<PhonePage> {
  const phone = await openPhone(browser.context, lantern.address)
  await phone.choose(look)
  if (look === 'Telegram') {
    await phone.button('Start').click()
    await settled(phone, '')
  }
  await say(phone, text)
  if (readdirSync(join(HOUSE, 'locales')).length > 1) await answer(phone, locale.name)
  return phone
}

async function say(phone: PhonePage, text: string): Promise<void> {
  const before = await tagOfNewest(phone)
  await phone.write(text)
  await settled(phone, before)
}

/** Presses a choice of the newest message, in its list where it stands in one. */
async function answer(phone: PhonePage, label: string | RegExp): Promise<void> {
  const before = await tagOfNewest(phone)
  const newest = phone.messages.locator('.from-contact').last()
  const button = newest.getByRole('button', { name: label, exact: true })
  if ((await button.count()) === 0) {
    await newest.locator('[aria-haspopup=dialog]').first().click()
    await phone.page.getByRole('dialog').getByRole('button', { name: label, exact: true }).click()
  } else await button.click()
  await settled(phone, before)
}

/** Something new came: a message that was not there, also where all earlier ones were deleted. */
async function settled(phone: PhonePage, before: string): Promise<void> {
  await expect
    .poll(async () => ['', before].includes(await tagOfNewest(phone)), { timeout: 10_000 })
    .toBe(false)
}

async function tagOfNewest(phone: PhonePage): Promise<string> {
  const tags = await phone.messages
    .locator('.from-contact')
    .evaluateAll((bubbles) => bubbles.map((bubble) => bubble.getAttribute('data-tag') ?? ''))
  return tags.at(-1) ?? ''
}

/** The random part of the phone's address. */
async function addressOf(phone: PhonePage): Promise<string> {
  return (await nameOf(phone)).split('/')[1] ?? ''
}

function nameOf(phone: PhonePage): Promise<string> {
  return phone.page.evaluate(() => {
    const memory: { name: string } = JSON.parse(
      sessionStorage.getItem(`phone.${sessionStorage.getItem('look') ?? 'whatsapp'}`) ?? '',
    )
    return memory.name
  })
}

/** Pieces of the record's sealed bytes as they lie in the file now, short enough to lie in one page of it. */
async function sealed(phone: PhonePage): Promise<{ name: string; bytes: Uint8Array }[]> {
  const stored = await phone.page.evaluate(
    async (name) => {
      const response = await fetch('/simulator/api/kept', { headers: { 'x-phone': name } })
      const answered: { kept: { stored: string[] } } = await response.json()
      return answered.kept.stored
    },
    await nameOf(phone),
  )
  const bytes = Buffer.from(stored.join(''), 'hex')
  return [0.3, 0.5, 0.7].map((part) => {
    const from = Math.floor(bytes.length * part)
    return { name: `sealed bytes from ${from}`, bytes: bytes.subarray(from, from + 24) }
  })
}
