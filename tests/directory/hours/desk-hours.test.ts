import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { checkPack } from '../../../src/directory/checks/check-pack.ts'
import { createDirectory } from '../../../src/directory/create-directory.ts'
import { loadPack } from '../../../src/directory/pack/load-pack.ts'
import type { Pack } from '../../../src/directory/pack/pack.ts'
import { demoPack } from '../demo.ts'

const demo = demoPack()
const holidays = (...dates: string[]): Pick<Pack, 'holidays'> => ({
  holidays: { dates: new Set(dates), everyYear: new Set<string>() },
})
const EVERY_YEAR = { holidays: { dates: new Set<string>(), everyYear: new Set(['12-01']) } }

function deskAt(desk: Pack['desk'], instant: string, about: Partial<Pack> = EVERY_YEAR) {
  return createDirectory([{ ...demo, ...about, desk }]).desk('demo', Date.parse(instant))
}
const berlin = { timeZone: 'Europe/Berlin' }
const WEEK = { hours: 'Mo-Fr 09:00-17:00' }
const back = (opensDay: number, opensAt: string, when: 'today' | 'tomorrow' | 'later') => ({
  open: false,
  opens: {
    kind: 'closed',
    opensDay,
    opensAt,
    today: when === 'today',
    tomorrow: when === 'tomorrow',
  },
})

describe('the hours of a desk', () => {
  it('are not there in a pack that gives none, nor in one that is not known', () => {
    expect(deskAt(undefined, '2026-03-02T10:00Z')).toBeUndefined()
    const directory = createDirectory([
      { ...demo, id: 'with', desk: WEEK },
      { ...demo, id: 'without' },
    ])
    const night = Date.parse('2026-03-02T20:00Z')
    expect(directory.desk('with', night)?.open).toBe(false)
    expect(directory.desk('without', night)).toBeUndefined()
    expect(directory.desk('elsewhere', night)).toBeUndefined()
  })

  it.each([
    ['2026-03-02T05:59Z', back(0, '09:00', 'today')],
    ['2026-03-02T06:00Z', { open: true }],
    ['2026-03-02T13:59Z', { open: true }],
    ['2026-03-02T14:00Z', back(1, '09:00', 'tomorrow')],
    ['2026-03-06T14:00Z', back(0, '09:00', 'later')],
  ])("go by the pack's clock and say when people are back: %s", (instant, expected) => {
    expect(deskAt(WEEK, instant)).toEqual(expected)
  })

  it.each([
    ['the holiday', '2026-12-01T08:00Z', WEEK.hours, back(2, '09:00', 'tomorrow')],
    ['the evening before', '2026-11-30T15:00Z', WEEK.hours, back(2, '09:00', 'later')],
    ['hours of its own on holidays', '2026-12-01T08:00Z', `${WEEK.hours}; PH 10:00-12:00`, { open: true }],
    ['24/7', '2026-12-01T08:00Z', '24/7', { open: true }],
    ['a night shift that runs into it', '2026-11-30T20:59Z', 'Mo-Su 20:00-04:00', { open: true }],
    ['which ends at midnight', '2026-11-30T21:00Z', 'Mo-Su 20:00-04:00', back(2, '20:00', 'tomorrow')],
  ])('end where a public holiday begins: %s', (_, instant, hours, expected) => {
    expect(deskAt({ hours }, instant)).toEqual(expected)
  })

  it.each([
    ['2026-03-05T23:00Z', { open: true }],
    ['2026-03-06T00:59Z', { open: true }],
    ['2026-03-06T01:00Z', back(4, '20:00', 'today')],
    ['2026-03-06T22:00Z', { open: true }],
    ['2026-03-07T01:00Z', back(3, '20:00', 'later')],
  ])('run over midnight: %s', (instant, expected) => {
    expect(deskAt({ hours: 'Th-Fr 20:00-04:00' }, instant)).toEqual(expected)
  })

  it.each([
    // Summer time began on 2026-03-29: nine o'clock comes an hour earlier in UTC.
    ['2026-03-27T08:00Z', { open: true }],
    ['2026-03-27T07:59Z', back(4, '09:00', 'today')],
    ['2026-03-27T16:00Z', back(0, '09:00', 'later')],
    ['2026-03-30T06:59Z', back(0, '09:00', 'today')],
    ['2026-03-30T07:00Z', { open: true }],
    // It ended on 2026-10-25.
    ['2026-10-26T07:30Z', back(0, '09:00', 'today')],
    ['2026-10-26T08:00Z', { open: true }],
  ])('keep to the clock on the wall when it changes: %s', (instant, expected) => {
    expect(deskAt(WEEK, instant, { ...berlin, ...EVERY_YEAR })).toEqual(expected)
  })

  it.each([
    ['2026-03-02T07:59Z', back(0, '11:00', 'today')],
    ['2026-03-02T08:00Z', { open: true }],
    ['2026-03-29T12:00Z', back(0, '10:00', 'tomorrow')],
  ])('are kept where the desk is and told by the clock of the pack: %s', (instant, expected) => {
    expect(deskAt({ ...WEEK, ...berlin }, instant)).toEqual(expected)
  })

  it('tells the day by the clock of the pack too', () => {
    const desk = { hours: 'Mo 22:00-23:00', timeZone: 'America/Bogota' }
    expect(deskAt(desk, '2026-03-02T20:00Z')).toEqual(back(1, '06:00', 'tomorrow'))
  })

  it('go by the plain week in a year whose holidays nobody listed, and promise no hour then', () => {
    const old = holidays('2025-12-01')
    expect(deskAt(WEEK, '2026-03-02T10:00Z', old)).toEqual({ open: true })
    expect(deskAt(WEEK, '2026-03-02T20:00Z', old)).toEqual({ open: false })
    expect(deskAt({ hours: `${WEEK.hours}; PH off` }, '2026-03-02T10:00Z', old)).toEqual({ open: true })
    expect(deskAt(WEEK, '2026-03-02T20:00Z', holidays('2026-12-01'))).toEqual(back(1, '09:00', 'tomorrow'))
  })

  it('promise no hour of a year whose holidays are not listed yet', () => {
    expect(deskAt(WEEK, '2026-12-31T20:00Z', holidays('2026-12-01'))).toEqual({ open: false })
  })
})

/** A copy of the demo pack with this desk in it. */
function loaded(desk: unknown) {
  const parent = mkdtempSync(join(tmpdir(), 'lantern-pack-'))
  onTestFinished(() => rmSync(parent, { recursive: true }))
  const folder = join(parent, 'demo')
  cpSync(join(import.meta.dirname, '../../../packs/demo'), folder, { recursive: true })
  const file = join(folder, 'pack.json')
  const about: unknown = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify({ ...(about as object), desk }))
  return loadPack(folder)
}

describe('a desk in pack.json', () => {
  it('is read', () => {
    const read = loaded({ ...WEEK, ...berlin })
    expect(read.problems).toEqual([])
    expect('pack' in read ? read.pack.desk : undefined).toEqual({ ...WEEK, ...berlin })
  })

  it.each([
    ['hours in words', { hours: 'weekdays' }, 'desk.hours', /has no times in "weekdays"\..*Mo-Fr 09:00/u],
    ['no hours', { hours: '' }, 'desk.hours', /is empty\..*Mo-Fr/u],
    ['hours left out', {}, 'desk.hours', /is not a text like Mo-Fr 09:00-17:00/u],
    ['hours that never come', { hours: 'Mo-Su off' }, 'desk.hours', /never opens\..*take "desk" out/u],
    ['a rule without effect', { hours: 'Mo 09:00-10:00; Mo 11:00-12:00' }, 'desk.hours', /without effect/u],
    ['a zone nobody knows', { ...WEEK, timeZone: 'Mars/Olympus' }, 'desk.timeZone', /not a time zone like/u],
    ['an unknown key', { ...WEEK, hour: 'x' }, 'desk', /has hour, which is not known/u],
    ['hours alone', 'Mo-Fr 09:00-17:00', 'desk', /is not a block like \{"hours"/u],
    ['a list', [], 'desk', /is not a block like/u],
  ])('%s: names file, key and what to do', (_, desk, field, sentence) => {
    const { problems } = loaded(desk)
    expect(problems).toMatchObject([{ file: 'pack.json', field }])
    expect(problems.map(({ problem, remedy }) => `${problem}. ${remedy}`).join()).toMatch(sentence)
  })

  it('needs this year in the list of holidays, unless it never closes', () => {
    const about = { ...demo, ...holidays('2020-01-01') }
    const problems = (desk: Pack['desk']) => checkPack({ ...about, desk }, Date.UTC(2026, 2, 2, 10))
    expect(problems({ hours: '24/7' })).toEqual(problems(undefined))
    expect(problems(WEEK)).toEqual([
      ...problems(undefined),
      {
        file: 'holidays.csv',
        problem: 'has no dates in 2026, so nobody is told when the desk is back',
        remedy: 'Add the public holidays of 2026.',
      },
    ])
  })
})
