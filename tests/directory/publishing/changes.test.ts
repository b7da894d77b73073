import { expect, it } from 'vitest'
import { changesInWords } from '../../../src/directory/publishing/changes-in-words.ts'
import { changesBetween } from '../../../src/directory/publishing/changes.ts'
import type { Service } from '../../../src/directory/service.ts'
import { demoPack } from '../demo.ts'

const TODAY = '2026-11-02'
const { services } = demoPack()
const clinic = services.find(({ id }) => id === 'portavel-clinic') as Service
const line = services.find(({ id }) => id === 'hotline-women') as Service
const lines = (before: readonly Service[], after: readonly Service[]) =>
  changesInWords(changesBetween(before, after, TODAY))

it('a list that is the same has no changes, wherever its rows stood', () => {
  const moved = services.map((service) => ({ ...service, source: { file: 'other.xlsx', row: 900 } }))
  expect(changesBetween(services, moved, TODAY).services).toEqual([])
  expect(lines(services, moved)).toEqual([])
})

it('says in plain words what is new, gone, changed, checked, hidden and shown again', () => {
  const hidden: Service = { ...clinic, id: 'clinic-2', status: 'temporarily_closed' }
  const gone = [
    { ...clinic, id: 'left-1' },
    { ...clinic, id: 'left-2' },
  ]
  const before = [clinic, line, hidden, ...gone]
  const after: Service[] = [
    { ...clinic, contacts: [{ kind: 'phone', value: '+999 000 0444' }], endsOn: '2026-12-31' },
    { ...line, verified: { ...line.verified, on: TODAY, by: 'IM officer' }, reviewBy: '2027-01-31' },
    { ...hidden, status: 'active' },
    { ...clinic, id: 'clinic-9' },
  ]
  expect(lines(before, after)).toEqual([
    '1 service is new: clinic-9.',
    '2 services are no longer in the list: left-1, left-2.',
    'No longer shown: left-1, left-2.',
    'Shown again: clinic-2.',
    'hotline-women: checked on 2026-11-02, by IM officer, to be checked again by 2027-01-31.',
    'portavel-clinic: the phone number changed from +999 000 0004 to +999 000 0444',
    'portavel-clinic: the last day is given now: 2026-12-31',
    'clinic-2: the status changed from temporarily_closed to active',
    '4 services, 4 of them shown (before: 5, 4 shown).',
  ])
})

it('tells a service that its own new dates hide', () => {
  const [change] = changesBetween([clinic], [{ ...clinic, reviewBy: '2026-11-01' }], TODAY).services
  expect(change).toMatchObject({ kind: 'checked', shown: { before: true, after: false } })
})

it('names the language of a text, and a text that is taken away', () => {
  const before = { ...clinic, name: { en: 'Clinic', fr: 'Clinique' } }
  const after = { ...clinic, name: { en: 'Health Centre' } }
  expect(changesBetween([before], [after], TODAY).services[0]?.fields).toEqual([
    { field: 'name', language: 'en', from: 'Clinic', to: 'Health Centre' },
    { field: 'name', language: 'fr', from: 'Clinique', to: '' },
  ])
})

it('lets no field of a service change unseen', () => {
  const text = { en: 'other words' }
  const full: Service = {
    ...clinic,
    interpretation: 'phone',
    minAge: 1,
    maxAge: 90,
    femaleStaff: false,
    childrenWelcome: false,
    endsOn: '2027-01-01',
    contacts: [{ kind: 'phone', value: '+999 000 0004', languages: ['en'] }],
  }
  const changed: Record<Exclude<keyof Service, 'id' | 'source'>, Partial<Service>> = {
    orgId: { orgId: 'other' },
    orgName: { orgName: 'Other' },
    name: { name: text },
    summary: { summary: text },
    safetyNote: { safetyNote: text },
    keywords: { keywords: text },
    categories: { categories: ['health'] },
    status: { status: 'closed' },
    visibility: { visibility: 'staff_only' },
    area: { area: { ...full.area, place: text } },
    location: { location: { lat: 1, lon: 2, precision: 'town' } },
    address: { address: text },
    contacts: { contacts: [{ kind: 'phone', value: '+999 000 0004', languages: ['fr'] }] },
    hours: { hours: { osm: '24/7', tz: 'Africa/Nairobi' } },
    languages: { languages: ['fr'] },
    interpretation: { interpretation: 'none' },
    serves: { serves: ['men'] },
    minAge: { minAge: 2 },
    maxAge: { maxAge: 80 },
    nationality: { nationality: text },
    conditions: { conditions: text },
    documents: { documents: 'some' },
    documentsText: { documentsText: text },
    cost: { cost: 'paid' },
    costText: { costText: text },
    access: { access: ['email'] },
    referralNeeded: { referralNeeded: true },
    accessibility: { accessibility: ['lift'] },
    femaleStaff: { femaleStaff: true },
    childrenWelcome: { childrenWelcome: true },
    mandatoryReporting: { mandatoryReporting: text },
    gbvTrained: { gbvTrained: 'no' },
    verified: { verified: { ...full.verified, method: 'visit' } },
    reviewBy: { reviewBy: '2027-05-01' },
    evidence: { evidence: { url: 'https://example.org', confidence: 'low' } },
    endsOn: { endsOn: '2027-02-01' },
  }
  for (const [field, change] of Object.entries(changed))
    expect(
      changesBetween([full], [{ ...full, ...change }], TODAY).services[0]?.fields.length ?? 0,
      field,
    ).toBeGreaterThan(0)
})
