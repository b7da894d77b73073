import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { run } from '../../src/cli/services/cards.ts'
import { createDirectory } from '../../src/directory/create-directory.ts'
import { areaCard } from '../../src/cli/services/cards/area-card.ts'
import type { Pack } from '../../src/directory/pack/pack.ts'
import type { Service } from '../../src/directory/service.ts'
import { chromiumPath, startChromium } from '../browser/chromium.ts'
import { demoPack } from '../directory/demo.ts'
import { whatIsSaid } from './said.ts'

/** The paper for people who must not keep a chat. */
let home = ''
const said = whatIsSaid()
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lantern-cards-'))
  vi.stubEnv('DATA_DIR', join(home, 'data'))
  vi.stubEnv('VAULT_DIR', join(home, 'vault'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(home, { recursive: true })
})

const NOW = Date.UTC(2026, 9, 1, 9)
const cardOf = (pack: Pack, area = 'XV01') =>
  areaCard({ directory: createDirectory([pack]), pack: pack.id, area, language: 'en', now: NOW })
const changed = (change: (service: Service) => Service): Pack => ({
  ...demoPack(),
  services: demoPack().services.map(change),
})
async function html(pack: Pack, lang: string, ...args: string[]): Promise<string> {
  const file = join(home, 'cards.html')
  expect(await run(['--pack', 'demo', '--lang', lang, '--html', file, ...args], async () => pack)).toBe(0)
  return readFileSync(file, 'utf8')
}

/** The longest that the schema lets stand in a row, in letters that are wide. */
function longest(letters: string): Pack {
  const upTo = (length: number) => letters.repeat(length).slice(0, length).trim()
  return changed((service) => ({
    ...service,
    name: { en: upTo(60) },
    ...(service.address === undefined ? {} : { address: { en: upTo(300) } }),
    ...(service.hours === undefined ? {} : { hours: { ...service.hours, text: { en: upTo(200) } } }),
    ...(service.id.endsWith('-garden') ? { mandatoryReporting: { en: upTo(160) } } : {}),
    contacts: ['+999 000 000 000 000 0001', '000 000 000 000 000 00002'].map((value) => ({
      kind: 'phone' as const,
      value,
    })),
  }))
}

describe('what stands on it', () => {
  test('lines to call, and the nearest place for each need, the one for care first', () => {
    const { area, emergency, hotlines, places, checkedOn } = cardOf(demoPack())
    expect([area, emergency, checkedOn]).toEqual(['Portavel', '000, Velmora (demo)', '2026-09-01'])
    expect(hotlines.map(({ number }) => number)).toEqual(['+999 000 0001', '+999 000 0003'])
    expect(places.map(({ name }) => name)).toEqual([
      'Portavel Hospital',
      'Garden House',
      'Portavel Counselling Rooms',
      'Portavel Caseworkers',
      'House of Rest',
    ])
  })

  test('no line of another region', () => {
    const regionOf: Readonly<Record<string, string>> = { 'hotline-women': 'XV02', 'hotline-work': 'XV01' }
    const pack = changed((service) => {
      const adm1 = regionOf[service.id]
      return adm1 === undefined ? service : { ...service, area: { country: 'XV', adm1, coverage: 'adm1' } }
    })
    const calledIn = (area: string) => cardOf(pack, area).hotlines.map(({ id }) => id)
    expect(['XV01', 'XV02', 'XV03'].map(calledIn)).toEqual([
      ['hotline-work', 'hotline-children'],
      ['hotline-women', 'hotline-children'],
      ['hotline-children'],
    ])
  })

  test('a secret place is a number and nothing more', () => {
    const { places } = cardOf(demoPack())
    expect(places.find(({ name }) => name === 'House of Rest')).toEqual({
      name: 'House of Rest',
      numbers: ['+999 000 0013'],
      more: undefined,
    })
  })

  test('no police, no line about aid workers, and nothing that is overdue, in any area', () => {
    const pack = changed((service) => ({
      ...service,
      ...(service.id === 'portavel-garden' ? { reviewBy: '2026-09-30' } : {}),
    }))
    const names = pack.areas.flatMap(({ id }) => {
      const { places, hotlines } = cardOf(pack, id)
      return [...places, ...hotlines].map(({ name }) => name)
    })
    expect(names.filter((name) => /Station|Tell Us|Garden House|not checked/u.test(name))).toEqual([])
  })

  test('a place whose notice is too long to stand beside its number is not on it', () => {
    const pack = changed((service) => ({
      ...service,
      ...(service.id === 'portavel-garden' ? { mandatoryReporting: { en: 'x'.repeat(161) } } : {}),
    }))
    expect(cardOf(pack).places.map(({ name }) => name)).not.toContain('Garden House')
  })
})

test('hours that would be cut are not said in part', async () => {
  const withHours = (length: number) =>
    changed((service) => ({
      ...service,
      ...(service.id === 'portavel-garden' && service.hours !== undefined
        ? { hours: { ...service.hours, text: { en: 'm'.repeat(length) } } }
        : {}),
    }))
  const hoursOf = (length: number) =>
    cardOf(withHours(length)).places.find(({ name }) => name === 'Garden House')?.more?.hours
  expect([hoursOf(200)?.length, hoursOf(201)]).toEqual([200, ''])
  const page = await html(withHours(201), 'en', '--area', 'XV01')
  expect(page).toContain('Hours not known: please call first')
})

describe('the paper', () => {
  test('keeps a note or hours apart from the digits that they stand beside', async () => {
    const pack = changed((service) => ({
      ...service,
      ...(service.id === 'portavel-garden'
        ? {
            contacts: [
              {
                kind: 'phone',
                value: '+999 (0) 0400',
                hours: { osm: 'Mo 09:00-12:00,13:00-14:00', tz: 'UTC' },
              },
              {
                kind: 'phone',
                value: '000 5',
                label: { en: 'from home' },
                hours: { osm: '24/7', tz: 'UTC' },
              },
            ] as const satisfies Service['contacts'],
          }
        : {}),
    }))
    const page = await html(pack, 'en', '--area', 'XV01')
    const beside = (digits: string, more: string) =>
      expect(page).toMatch(new RegExp(`<bdi dir="ltr">${digits}</bdi> <small><bdi>${more}</bdi>`, 'u'))
    beside('\\+999 \\(0\\) 0400', '\\(Mon 09:00-12:00, 13:00-14:00\\)')
    beside('000 5', 'Velmora \\(demo\\) \\(from home; 24/7\\)')
  })

  test('says what to do where a country has no emergency number that is sourced', async () => {
    const { emergency: _none, ...pack } = demoPack()
    const page = await html(pack, 'en', '--area', 'XV01')
    expect(page).toContain('If you can, call the emergency number of the country you are in.')
  })

  test('has outside, when it is folded, no more than the area and the emergency number', async () => {
    const page = await html(demoPack(), 'en', '--area', 'portavel')
    const outside = page.match(/<section class="outside">.*?<\/section>/gsu) ?? []
    expect(
      outside.map((part) =>
        part
          .replaceAll(/<[^>]+>|\s+/gu, ' ')
          .trim()
          .replaceAll(/\s+/gu, ' '),
      ),
    ).toEqual(['Portavel', 'Emergency: 000 Velmora (demo) Checked on September 1, 2026'])
    expect(page).toContain('<title>Portavel</title>')
    // They are the first row of the sheet.
    expect(page.indexOf('class="outside"')).toBeLessThan(page.indexOf('class="roomy"'))
    expect(page.lastIndexOf('class="outside"')).toBeLessThan(page.indexOf('class="roomy"'))
  })

  test('says nothing that could be said at the door, and not what a place does', async () => {
    expect(await html(demoPack(), 'en')).not.toMatch(/sewing|Nobody asks|hurt|violence/iu)
  })

  test('asks nobody for anything, and markup in a name stays text', async () => {
    const page = await html(
      changed((service) => ({ ...service, name: { en: '<b onclick="x">&' } })),
      'ar',
    )
    expect(page).not.toMatch(/<script|<link|<img|https?:|url\(|<b /u)
    expect(page).toContain('&lt;b onclick=&quot;x&quot;&gt;&amp;')
    expect(page).toContain('<html lang="ar" dir="rtl">')
    expect(page).not.toMatch(/undefined|\{\{|[\uE000]/u)
  })

  test('is one page for each area, and no number on it is ever cut, whatever stands there', {
    timeout: 120_000,
  }, async () => {
    const browser = await startChromium()
    try {
      const page = await browser.context.newPage()
      for (const [lang, letters] of [
        ['en', 'WORD GAMES MAY WAIT '],
        ['ar', 'خط المساعدة للنساء '],
        ['bn', 'জরুরি স্বাস্থ্যকেন্দ্র '],
      ] as const)
        for (const pack of [longest(letters), longest('W'), demoPack()]) {
          await page.setContent(await html(pack, lang))
          await page.emulateMedia({ media: 'print' })
          const pdf = await page.pdf({ preferCSSPageSize: true })
          expect(pdf.toString('latin1').match(/\/Type \/Page\b/gu)).toHaveLength(pack.areas.length)
          expect(await page.evaluate(cutLines)).toEqual([])
        }
    } finally {
      await browser.close()
    }
  })
})

/** In the page: numbers and notices that are not wholly within their panel. */
function cutLines(): string[] {
  return [...document.querySelectorAll('.number, .notice, .emergency, h1')].flatMap((line) => {
    const panel = line.closest('section')?.getBoundingClientRect()
    const box = line.getBoundingClientRect()
    const text = line.firstElementChild?.getBoundingClientRect() ?? box
    if (panel === undefined) return ['outside of every panel']
    if (box.height === 0) return []
    const isInside =
      box.top >= panel.top &&
      box.bottom <= panel.bottom + 0.5 &&
      text.left >= panel.left &&
      text.right <= panel.right
    return isInside ? [] : [`${line.className}: ${line.textContent}`]
  })
}

describe('how it is called', () => {
  test('Chromium prints it', { timeout: 60_000 }, async () => {
    const file = join(home, 'cards.pdf')
    vi.stubEnv('CHROMIUM_PATH', chromiumPath())
    expect(await run(['--pack', 'demo', '--lang', 'uk', '--pdf', file])).toBe(0)
    const pdf = readFileSync(file, 'latin1')
    expect(pdf.match(/\/Type \/Page\b/gu)).toHaveLength(4)
    expect(said.lines()).toEqual([
      `4 sheets are in ${file}, in uk. Fold each three times, with the print outside.`,
    ])
  })

  test.each([
    [[]],
    [['--lang', 'en', '--html', 'a']],
    [['--pack', 'demo', '--lang', 'en', '--html', 'a', '--pdf', 'b']],
  ])('%j is answered with how to use it', async (args) => {
    expect(await run(args)).toBe(1)
    expect(said.lines().join('\n')).toContain('services cards --pack ID --lang xx')
  })

  test('an area and a language that are not there are named with those that are', async () => {
    const file = join(home, 'x')
    expect(await run(['--pack', 'demo', '--lang', 'en', '--area', 'Nowhere', '--html', file])).toBe(1)
    expect(said.lines().at(-1)).toContain('There is no area Nowhere. There are: XV01 (Portavel)')
    expect(await run(['--pack', 'demo', '--lang', 'xx', '--html', file])).toBe(1)
    expect(said.lines().at(-1)).toContain('There is no language xx.')
    expect(await run(['--pack', 'demo', '--lang', 'en', '--html', join(home, 'none/x')])).toBe(1)
    expect(said.lines().at(-1)).toContain('none/x cannot be written')
  })
})
