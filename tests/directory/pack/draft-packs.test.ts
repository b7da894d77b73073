import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkPack } from '../../../src/directory/checks/check-pack.ts'
import { createDirectory } from '../../../src/directory/create-directory.ts'
import { isDraftPack, isNeverDialled, numbersToDial } from '../../../src/directory/pack/draft-pack.ts'
import { createLiveDirectory } from '../../../src/directory/live-directory.ts'
import { loadPack } from '../../../src/directory/pack/load-pack.ts'
import type { Pack } from '../../../src/directory/pack/pack.ts'
import { personalIn } from '../../../src/directory/checks/personal-data.ts'
import { StartRefused } from '../../../src/errors.ts'
import { requireLivePack } from '../../../src/main/packs.ts'
import { MONDAY } from '../../conversation/english-engine.ts'
import {
  DECIDED_ON,
  SOURCED,
  SOURCED_EMERGENCY,
  type SourcedHotline,
  UNVERIFIED,
} from './sourced-hotlines.ts'

const HOUSE = join(import.meta.dirname, '../../..')
const names = readdirSync(join(HOUSE, 'packs')).filter((name) => name !== 'demo')

function packOf(name: string): Pack {
  const loaded = loadPack(join(HOUSE, 'packs', name))
  expect(loaded.problems).toEqual([])
  if (!('pack' in loaded)) throw new Error(`packs/${name} cannot be read`)
  return loaded.pack
}
const sourcedIn = (name: string) =>
  SOURCED.filter(({ pack, leftOut }) => pack === name && leftOut === undefined)
const digits = (number: string) => number.replace(/\D/gu, '')

/** The rule of docs/packs.md. */
function confidence({ kind, on }: SourcedHotline): 'high' | 'medium' | 'low' {
  const earliest = on === undefined ? '' : `${on}-01-01`.slice(0, 10)
  const isRecent = earliest >= `${Number(DECIDED_ON.slice(0, 4)) - 2}${DECIDED_ON.slice(4)}`
  if (kind === 'state' || kind === 'operator') return isRecent ? 'high' : 'medium'
  return isRecent ? 'medium' : 'low'
}

/** A capital as people write it, and where it is. */
const CAPITALS: Readonly<Record<string, { area: string; typed: readonly string[]; at: [number, number] }>> = {
  ukraine: { area: 'UA80', typed: ['Kyiv', 'Київ', 'живу в Киев', 'Kiev'], at: [50.44, 30.5] },
  moldova: { area: 'MDCU', typed: ['Chișinău', 'chisinau', 'Кишинев', 'Chisinaw'], at: [47.02, 28.83] },
  poland: { area: 'PL14', typed: ['Warsaw', 'warszawa', 'Варшава', 'Warshawa'], at: [52.2, 21] },
  colombia: { area: 'CO11', typed: ['Bogotá', 'bogota', 'vivo en Bogota'], at: [4.65, -74.1] },
  azerbaijan: { area: 'AZBAK', typed: ['Bakı', 'baki', 'Баку', 'BAKU'], at: [40.38, 49.85] },
  bangladesh: { area: 'BD30', typed: ['Dhaka', 'ঢাকা', 'dhaka city'], at: [23.75, 90.39] },
  somalia: { area: 'SO22', typed: ['Mogadishu', 'Muqdisho', 'Xamar', 'Mogadisho'], at: [2.05, 45.32] },
  nigeria: { area: 'NG015', typed: ['Abuja', 'abuja fct', 'FCT'], at: [9.07, 7.4] },
}

it('has a draft for each country that the service begins with', () => {
  expect(names.toSorted((a, b) => a.localeCompare(b))).toEqual(
    Object.keys(CAPITALS).toSorted((a, b) => a.localeCompare(b)),
  )
})

describe.each(names)('packs/%s', (name) => {
  const pack = packOf(name)

  it('is read without a problem, is a draft and is not live', () => {
    expect(checkPack(pack, MONDAY, { isServed: false })).toEqual([])
    expect([pack.id, pack.fictional, isDraftPack(pack)]).toEqual([name, false, true])
    for (const service of pack.services) expect(isNeverDialled(service), service.id).toBe(true)
    expect(createDirectory([pack]).live(MONDAY)).toEqual([])
    expect(() => requireLivePack(createLiveDirectory([pack]), { packs: [name] }, MONDAY)).toThrow(
      StartRefused,
    )
  })

  it('has exactly the numbers that are sourced, each with its page, date and confidence', () => {
    const found = pack.services.flatMap((service) => {
      const { evidence } = service
      return [
        `${numbersToDial(service).join('; ')} ${evidence?.url} ${evidence?.on ?? ''} ${evidence?.confidence}`,
      ]
    })
    const wanted = sourcedIn(name).map(
      (one) => `${one.numbers.join('; ')} ${one.url} ${one.on ?? ''} ${confidence(one)}`,
    )
    expect(new Set(found)).toEqual(new Set(wanted))
  })

  it('has an emergency number only where one is sourced, and no rights or statements without a source', () => {
    const { emergency, statements, rights } = pack
    expect(emergency && { number: emergency.number, url: emergency.source }).toEqual(SOURCED_EMERGENCY[name])
    expect([statements, rights]).toEqual([{}, {}])
  })

  it('says each line in English and in the main language of the place, without number or person', () => {
    const languages = ['en', pack.languages[0] ?? '']
    for (const { id, name: title, summary } of pack.services)
      for (const language of languages) {
        expect(title[language]?.length, `${id} name ${language}`).toBeGreaterThan(3)
        expect(summary[language]?.length, `${id} summary ${language}`).toBeGreaterThan(5)
        expect(personalIn(`${title[language]} ${summary[language]}`)).toBeUndefined()
        expect(`${title[language]} ${summary[language]}`, id).not.toMatch(/\d{3}/u)
      }
  })

  it('is named in every language that Lantern speaks', () => {
    for (const language of ['en', 'ar', 'az', 'bn', 'es', 'fr', 'ru', 'uk', 'so', 'ha'])
      expect(pack.names[language], language).toMatch(/[\p{L}\p{M}]{3}/u)
    for (const language of pack.languages) expect(pack.names[language], language).toBeDefined()
  })

  it('finds its capital by name and by place, and every area by each of its names', () => {
    const capital = CAPITALS[name]
    const directory = createDirectory([pack])
    for (const typed of capital?.typed ?? [])
      expect(directory.areaNamed(name, typed), typed).toBe(capital?.area)
    const [lat = 0, lon = 0] = capital?.at ?? []
    expect(directory.areaNear(name, { lat, lon })).toBe(capital?.area)
    for (const area of pack.areas) {
      for (const typed of [...Object.values(area.names), ...area.aliases])
        expect(directory.areaNamed(name, typed), typed).toBe(area.id)
      expect(directory.areaNear(name, area)).toBe(area.id)
      expect(`${area.lat} ${area.lon}`).toMatch(/^-?\d+(?:\.\d{1,2})? -?\d+(?:\.\d{1,2})?$/u)
    }
  })

  it('has areas with a name in English and in the language of the place', () => {
    for (const { id, names: named } of pack.areas)
      for (const language of ['en', pack.languages[0] ?? '']) {
        expect(named[language], `${id} ${language}`).toMatch(/\p{L}/u)
        // A row of a list on WhatsApp.
        expect(named[language]?.length, `${id} ${language}`).toBeLessThanOrEqual(24)
      }
  })
})

it('no number without a source stands in any pack', () => {
  const shipped = names.flatMap((name) =>
    packOf(name).services.flatMap((service) => numbersToDial(service).map((number) => ({ name, number }))),
  )
  for (const { name, number } of shipped)
    for (const banned of [...(UNVERIFIED[name] ?? []), ...(UNVERIFIED['everywhere'] ?? [])])
      expect(digits(number), `${name} ${number}`).not.toBe(banned)
  for (const name of names)
    for (const file of readdirSync(join(HOUSE, 'packs', name))) {
      const content = readFileSync(join(HOUSE, 'packs', name, file), 'utf8')
      for (const banned of UNVERIFIED[name] ?? [])
        expect(content, `${name}/${file}`).not.toMatch(new RegExp(`(?<!\\d)${banned}(?!\\d)`, 'u'))
    }
})

it('what the police or a prosecutor runs stands behind their notice and says who answers', () => {
  const byId = new Map(names.flatMap((name) => packOf(name).services.map((one) => [one.id, one] as const)))
  for (const id of ['co-women-police', 'co-prosecutor', 'ua-police'])
    expect(byId.get(id)?.categories[0], id).toBe('police')
  expect(byId.get('co-women-police')?.summary['en']).toContain('Run by the police')
  expect(byId.get('co-women-police')?.summary['es']).toContain('La atiende la policía')
  expect(byId.get('ua-government-line')?.summary['en']).toContain('Run by the government')
})

it('a number for callers from abroad is a contact of its own with its label', () => {
  const labels = names.flatMap((name) =>
    packOf(name).services.flatMap(({ contacts }) =>
      contacts.flatMap(({ value, label }) => (label === undefined ? [] : [`${value} ${label['en']}`])),
    ),
  )
  expect(labels.toSorted((a, b) => a.localeCompare(b))).toEqual([
    '+373 22 23 33 09 from another country',
    '+373 22 24 06 24 from another country',
    '+380 44 284 19 15 from another country',
  ])
})

/** As somebody who dialled them would write it. */
function dialled(name: string): Pack {
  const pack = packOf(name)
  const verified = { on: '2026-03-01', by: 'GBV coordinator', method: 'phone' as const }
  return {
    ...pack,
    services: pack.services.map((service) => ({
      ...service,
      status: 'active' as const,
      verified,
      reviewBy: '2026-06-01',
    })),
  }
}

describe('once somebody has dialled them', () => {
  it('a short code stands beside its country', () => {
    const card = createDirectory([dialled('ukraine')]).card('ukraine', 'ua-violence-line', 'uk', MONDAY)
    expect(card?.phones).toEqual(['116 123, Україна'])
    const [line] = createDirectory([dialled('bangladesh')]).hotlines('bangladesh', 'bn', MONDAY)
    expect(line?.number).toBe('109, বাংলাদেশ')
  })

  it('the lines of Somalia are each for their region', () => {
    const directory = createDirectory([dialled('somalia')])
    const inArea = (area: string) =>
      directory.hotlines('somalia', 'en', MONDAY, { area }).map(({ number }) => number)
    expect(inArea('SO22')).toEqual(['5555, Somalia'])
    expect(inArea('SO26')).toEqual(['2394, Somalia'])
    for (const area of ['SO23', 'SO24', 'SO25']) expect(inArea(area)).toEqual(['9997, Somalia'])
    expect(inArea('SO16')).toEqual([])
  })

  it('police lines are not among the lines to call', () => {
    const lines = createDirectory([dialled('colombia')]).hotlines('colombia', 'es', MONDAY)
    expect(lines.map(({ id }) => id)).toEqual(['co-children-icbf'])
  })

  it('a pack without a health service is still not live', () => {
    for (const name of names) expect(createDirectory([dialled(name)]).live(MONDAY), name).toEqual([])
  })
})
