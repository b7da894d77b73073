import { parse } from 'csv-parse/sync'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import cover from '../../locales/en/cover.json' with { type: 'json' }
import messages from '../../locales/en/messages.json' with { type: 'json' }
import words from '../../locales/en/words.json' with { type: 'json' }
import { findResidue } from '../privacy/residue.ts'
import { type Browser, startChromium } from './chromium.ts'
import { type LanternProcess, startLanternProcess } from './lantern-process.ts'
import { begin, type PhonePage } from './phone-page.ts'

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
    const neighbour = await begin(browser.context, lantern.address, look, `hello ${canary}`)
    const her = await begin(browser.context, lantern.address, look, `good evening ${canary}`)
    const clinic = clinicOfTheDemo()

    await her.answer(pages.welcome.safeNow.choices.yes)
    await her.answer(pages.welcome.leaving.choices.next)
    await her.answer(pages.menu.start.choices.health)
    await her.answer(pages.health.safeNow.choices.yes)
    await her.answer(pages.health.howLong.choices.threeDays)
    await her.answer(pages.health.within72h.choices.findClinic)

    // The program is killed while she reads, and goes on where she was.
    await lantern.killHard()
    await her.page.getByRole('status').getByText('connecting…').waitFor()
    await lantern.startAgain()
    await her.page.getByRole('status').getByText('online').waitFor()
    await her.answer('Portavel')
    // Numbered, and shortened where the platform has no room.
    await her.answer(new RegExp(`^\\d+\\. ${clinic.name_en.slice(0, 16)}`, 'u'))
    expect(await her.newestText()).toContain(clinic.hours_note_en)
    const sealedBefore = await sealed(her)

    await her.say(exit)
    expect(cover.lines).toContain(await her.newestText())
    await her.say('Where is the clinic?')
    expect(cover.lines).toContain(await her.newestText())
    if (look === 'Telegram') expect(await her.messages.getByText(canary).count()).toBe(0)
    else expect(await her.messages.getByText(canary).count()).toBe(1)

    await her.say(comeBack)
    expect(await her.newestText()).toBe(pages.welcome.safeNow.text)
    await her.answer(pages.welcome.safeNow.choices.yes)

    // Found while she is here, so that the search can find at all.
    const sealedThen = await sealed(her)
    await expect.poll(() => findResidue(lantern.folders, sealedThen).length).toBeGreaterThan(0)
    const drawer = await her.openDrawer()
    await her.say(wipe)
    await her.answer(pages.privacy.wipeConfirm.choices.yes)
    await drawer.getByText('There is no record').waitFor()
    await drawer.getByText('The record and everything that waited').waitFor()
    expect(cover.lines).toContain(await her.newestText())

    const hers = [...sealedBefore, ...sealedThen, await addressOf(her)]
    await expect.poll(() => findResidue(lantern.folders, hers), { timeout: 20_000 }).toEqual([])
    expect(findResidue(lantern.folders, [canary, await addressOf(neighbour)])).toEqual([])
    expect(findResidue(lantern.folders, await sealed(neighbour)).length).toBeGreaterThan(0)

    // Whoever writes from this phone now is a stranger.
    await her.say('Where is the clinic?')
    expect(await her.newestText()).toBe(await neighbour.theirs.last().textContent())
    expect([...her.problems, ...neighbour.problems]).toEqual([])
    await Promise.all([her.page.close(), neighbour.page.close()])
  })
})

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
