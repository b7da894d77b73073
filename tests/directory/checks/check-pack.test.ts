import { describe, expect, it } from 'vitest'
import { checkPack, packNotes } from '../../../src/directory/checks/check-pack.ts'
import type { Pack } from '../../../src/directory/pack/pack.ts'
import type { Contact, Service } from '../../../src/directory/service.ts'
import { demoPack } from '../demo.ts'

const NOW = Date.UTC(2026, 2, 2, 10)
const pack = demoPack()

function changed(change: (service: Service) => Partial<Service>, about: Partial<Pack> = {}): Pack {
  const services = pack.services.map((one) =>
    one.id === 'portavel-clinic' ? { ...one, ...change(one) } : one,
  )
  return { ...pack, ...about, services }
}
const contact = (kind: 'phone' | 'email' | 'web', value: string): Contact => ({ kind, value })
const row = pack.services.find(({ id }) => id === 'portavel-clinic')?.source.row

describe('what the keeper of a pack must mend', () => {
  it.each<[string, (service: Service) => Partial<Service>, string]>([
    ['hours in words', ({ hours }) => ({ hours: { tz: 'UTC', ...hours, osm: 'weekdays' } }), 'hours'],
    ['a mailbox in a text', () => ({ summary: { en: 'Write to help@example.org.' } }), 'description_en'],
    ['a number in a text', () => ({ safetyNote: { en: 'Or call 070 123 45 67.' } }), 'safe_note_en'],
    ['a name in a text', () => ({ safetyNote: { en: 'Ask for Example at the door.' } }), 'safe_note_en'],
    [
      'a name in the hours',
      () => ({ hours: { osm: null, tz: 'UTC', text: { en: 'When Dr Example is in' } } }),
      'hours_note_en',
    ],
    ["a person's mailbox", () => ({ contacts: [contact('email', 'some.body@example.org')] }), 'email'],
    [
      'who checked, by name',
      ({ verified }) => ({ verified: { ...verified, by: 'Ms Example' } }),
      'verified_by',
    ],
    ['a number in dashes of print', () => ({ summary: { en: 'Call 070–123–45–67.' } }), 'description_en'],
    ['a number in a name', () => ({ name: { en: 'Clinic ٠٧٠١٢٣٤٥٦٧' } }), 'name_en'],
    ['a number of who runs it', () => ({ orgName: 'Example, 070 123 45 67' }), 'org'],
    ['a mailbox of who runs it', () => ({ orgName: 'Example help@example.org' }), 'org'],
    ['a person who runs it', () => ({ orgName: 'Dr Example' }), 'org'],
    ['a number as a page', () => ({ contacts: [contact('web', 'https://wa.me/380501234567')] }), 'website'],
    ['a number that can be dialled', () => ({ contacts: [contact('phone', '+254 20 000 0000')] }), 'phone'],
  ])('%s', (_, change, field) => {
    expect(checkPack(changed(change), NOW)).toEqual([
      expect.objectContaining({ file: 'services.csv', row, field }),
    ])
  })

  it('takes dates, opening times and words for what they are', () => {
    const summary = { en: 'Open since 2026-01-01, 08:00-16:00. Ask for the nurse, or talk to a friend.' }
    expect(
      checkPack(
        changed(() => ({ summary })),
        NOW,
      ),
    ).toEqual([])
  })

  it('takes a foundation and its mailbox for what they are', () => {
    const orgName = 'Dr. Example Foundation'
    const contacts = [contact('email', 'dr-example@example.org'), contact('email', 'help.desk@example.org')]
    expect(
      checkPack(
        changed(() => ({ orgName, contacts })),
        NOW,
      ),
    ).toEqual([])
  })

  it('hours that need holidays which the pack does not list', () => {
    const holidays = { dates: new Set(['2020-01-01']), everyYear: new Set<string>() }
    const problems = checkPack({ ...pack, holidays }, NOW)
    expect(problems).toEqual([expect.objectContaining({ file: 'holidays.csv' })])
    expect(problems[0]?.problem).toContain('2026')
  })

  it('an invented country under a real code, and the other way round', () => {
    const fields = (about: Partial<Pack>) => checkPack({ ...pack, ...about }, NOW).map(({ field }) => field)
    expect(fields({ country: 'KE' })).toEqual(['country'])
    expect(fields({ fictional: false })).toContain('country')
    expect(fields({ fictional: false, country: 'XK' })).not.toContain('country')
    expect(fields({ fictional: false, country: 'KE' })).toContain('phone')
  })

  it('a check that holds for more than 180 days, where the country is real', () => {
    const long = (about: Partial<Pack>) =>
      checkPack(
        changed(
          ({ verified }) => ({ verified: { ...verified, on: '2026-03-01' }, reviewBy: '2026-08-29' }),
          about,
        ),
        NOW,
      )
        .filter(({ field, row: of }) => field === 'review_by' && of === row)
        .map(({ problem, remedy }) => `${problem}. ${remedy}`)
    expect(long({ fictional: false })).toEqual([
      'is more than 180 days after verified_on. Write 2026-08-28 or an earlier day, and call again by then.',
    ])
    expect(long({})).toEqual([])
  })

  it('says why a pack is not served', () => {
    const services = pack.services.filter(({ categories }) => !categories.includes('hotline'))
    expect(checkPack({ ...pack, services }, NOW)).toEqual([
      expect.objectContaining({ problem: 'has no fresh hotline with a number, so the pack is not served' }),
    ])
  })
})

describe('what is worth knowing', () => {
  it('names what is withheld, and that the country is invented, without calling it a fault', () => {
    const notes = packNotes(pack, NOW).map(({ file, field }) => `${file} ${field}`)
    expect(notes).toEqual([
      'services.csv review_by',
      'services.csv status',
      'services.csv ends_on',
      'pack.json fictional',
    ])
    expect(checkPack(pack, NOW)).toEqual([])
  })

  it('warns a month before a date passes', () => {
    const due = changed(() => ({ reviewBy: '2026-03-20' }))
    expect(packNotes(due, NOW)).toContainEqual(expect.objectContaining({ row, field: 'review_by' }))
    expect(packNotes(due, NOW - 40 * 86_400_000)).not.toContainEqual(expect.objectContaining({ row }))
  })
})
