import { describe, expect, it } from 'vitest'
import { changesOf } from '../../../src/desk/server/directory/correction.ts'
import { formOf } from '../../../src/desk/server/directory/service-facts.ts'
import { rowOf } from '../../../src/desk/server/directory/rows.ts'
import { createDirectory } from '../../../src/directory/create-directory.ts'
import { corrected } from '../../../src/directory/publishing/proposed.ts'
import { readService } from '../../../src/directory/pack/read-service.ts'
import type { Service } from '../../../src/directory/service.ts'
import { demoPack } from '../demo.ts'

const pack = demoPack()
/** In the demo country it is Sunday 04:00, and Monday 10:00. */
const [NIGHT, MORNING] = [Date.parse('2026-10-04T01:00Z'), Date.parse('2026-10-05T07:00Z')]
const NUMBER = '+999 000 0400'

function row(cells: Readonly<Record<string, string>>): Service {
  const read = readService(
    {
      row: 2,
      cells: new Map(
        Object.entries({
          service_id: 'centre',
          name_en: 'Crisis centre',
          description_en: 'Help.',
          org: 'Org',
          status: 'active',
          country: 'XV',
          coverage: 'country',
          categories: 'hotline;health',
          phone: NUMBER,
          verified_on: '2026-09-01',
          verified_by: 'IM officer',
          review_by: '2026-12-01',
          ...cells,
        }),
      ),
    },
    pack,
  )
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  return read.service
}
const LINE = { hours: '24/7', phone_hours: 'Mo-Fr 08:00-16:00' }
const DOOR = { adm1_pcode: 'XV01', coverage: 'site', address: '1 Example Quay', address_public: 'yes' }

function directoryOf(cells: Readonly<Record<string, string>>) {
  const directory = createDirectory([{ ...pack, services: [row(cells)] }])
  const card = (now = NIGHT) => directory.card('demo', 'centre', 'en', now)
  const openNow = (now: number, need: 'hotline' | 'health' = 'hotline') =>
    directory.search({ pack: 'demo', need, filters: ['open'] }, now)
  const line = () => directory.hotlines('demo', 'en', NIGHT)[0]
  return { card, openNow, line }
}

describe('a line', () => {
  it('is never said to answer when nobody does: its hours are those of the number that is shown', () => {
    const { card, openNow, line } = directoryOf(LINE)
    expect(line()).toMatchObject({ number: NUMBER, hours: 'Mon-Fri 08:00-16:00' })
    expect(card()).toMatchObject({
      opening: { kind: 'closed', opensAt: '08:00', tomorrow: true },
      hoursText: 'Mon-Fri 08:00-16:00',
      phones: [NUMBER],
    })
    expect([openNow(NIGHT), openNow(MORNING)]).toEqual([[], ['centre']])
  })

  it('of a secret place goes by its number too, and so does what is only called', () => {
    const secret = { categories: 'shelter', visibility: 'on_request', adm1_pcode: 'XV01' }
    for (const cells of [secret, { categories: 'health', how_to_access: 'phone;whatsapp' }])
      expect(directoryOf({ ...LINE, ...cells }).card()?.opening.kind).toBe('closed')
  })

  it('keeps the hours of its service where its number has none', () => {
    expect(directoryOf({ hours: '24/7' }).line()).toMatchObject({ hours: '24/7' })
    expect(directoryOf({ hours: '24/7' }).card()?.opening.kind).toBe('always')
  })

  it('loses no note that is not of other hours', () => {
    const note = { hours_note_en: 'Not in the month of fasting' }
    const phone = { phone_hours: 'Mo-Fr 08:00-16:00' }
    expect(directoryOf({ ...note, ...phone }).line()?.hours).toBe('Not in the month of fasting')
    expect(directoryOf({ ...note, ...phone }).card()?.opening.kind).toBe('closed')
    expect(directoryOf({ ...note, ...LINE }).line()?.hours).toBe('Mon-Fri 08:00-16:00')
  })

  it('is corrected at the desk by the hours that people see', () => {
    const line = row(LINE)
    expect(formOf(line, pack, 'en').hours).toBe('Mo-Fr 08:00-16:00')
    expect(changesOf({ hours: 'Mo-Fr 08:00-16:00' }, line, pack)).toEqual({})
    const changes = changesOf({ hours: 'Mo-Fr 09:00-12:00' }, line, pack)
    if (changes === 'stale') throw new Error(changes)
    const read = corrected(line, { changes })
    expect('service' in read && rowOf(read.service, pack, { language: 'en', now: NIGHT }).hours).toBe(
      'Mon-Fri 09:00-12:00',
    )
    const none = changesOf({ hours: '' }, line, pack)
    expect(none).toMatchObject({ hours: null, contacts: [{ kind: 'phone', value: NUMBER }] })
  })

  it('stands at the desk as people see it', () => {
    expect(rowOf(row(LINE), pack, { language: 'en', now: NIGHT })).toMatchObject({
      opening: { kind: 'closed' },
      hours: 'Mon-Fri 08:00-16:00',
    })
  })
})

describe('a door with a telephone', () => {
  it('is open by its own hours, and those of its number stand beside it where they differ', () => {
    const cells = { ...DOOR, categories: 'health', hours: 'Mo-Fr 08:00-16:00' }
    const { card, openNow } = directoryOf({ ...cells, phone_hours: '24/7' })
    expect(card()).toMatchObject({
      opening: { kind: 'closed' },
      hoursText: 'Mon-Fri 08:00-16:00',
      phones: [`${NUMBER} (24/7)`],
    })
    expect([openNow(NIGHT, 'health'), openNow(MORNING, 'health')]).toEqual([[], ['centre']])
    expect(directoryOf({ ...cells, phone_hours: 'Mo-Fr 08:00-16:00' }).card()?.phones).toEqual([NUMBER])
  })

  it('says beside each number what only that one has', () => {
    const abroad = { phone_abroad: '+999 000 0500', phone_abroad_note: 'from another country' }
    const cells = { ...DOOR, categories: 'health', hours: '24/7', phone_hours: 'Mo 09:00-10:00', ...abroad }
    expect(directoryOf(cells).card()?.phones).toEqual([
      `${NUMBER} (Mon 09:00-10:00)`,
      '+999 000 0500 (from another country)',
    ])
  })

  it('without an address is not taken for a line: the hours of its telephone would send somebody there at night', () => {
    const cells = { categories: 'health', coverage: 'adm1', adm1_pcode: 'XV01', hours: 'Mo-Fr 08:00-16:00' }
    expect(directoryOf({ ...cells, phone_hours: '24/7' }).card()?.opening.kind).toBe('closed')
    const walkedTo = { ...cells, categories: 'hotline', how_to_access: 'walk_in;phone' }
    expect(directoryOf({ ...walkedTo, phone_hours: '24/7' }).card()?.opening.kind).toBe('closed')
  })

  it('that is a hotline too gives the hours of its number as a line, and is open as one only when both are', () => {
    const { line, openNow, card } = directoryOf({ ...DOOR, ...LINE })
    expect(line()).toMatchObject({ hours: 'Mon-Fri 08:00-16:00' })
    expect(card()).toMatchObject({ opening: { kind: 'always' }, phones: [`${NUMBER} (Mon-Fri 08:00-16:00)`] })
    expect([openNow(NIGHT), openNow(MORNING), openNow(NIGHT, 'health')]).toEqual([[], ['centre'], ['centre']])
  })
})
