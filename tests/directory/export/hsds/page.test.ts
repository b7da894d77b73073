import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hsdsPage, hsdsRecords } from '../../../../src/directory/export/hsds/page.ts'
import type { HsdsRecord } from '../../../../src/directory/export/hsds/record.ts'
import type { Service } from '../../../../src/directory/service.ts'
import { demoPack } from '../../demo.ts'
import { anyServices, PACK } from '../any-service.ts'
import { hsdsValidator } from './hsds-schemas.ts'

/** What other directories are given: valid by the published schemas, and nothing of what is secret. */
const NOW = Date.UTC(2026, 9, 1)
const faultsOf = hsdsValidator()
const recordsOf = (services: readonly Service[], language = 'en') =>
  hsdsRecords({ pack: { ...PACK, services }, language, now: NOW })
const demo = demoPack()
const demoRecords = hsdsRecords({ pack: demo, language: 'en', now: NOW })
const named = (name: string) => demoRecords.find((record) => record['name'] === name) ?? {}
function changed(id: string, change: Partial<Service>): HsdsRecord {
  const services = demo.services.map((service) => (service.id === id ? { ...service, ...change } : service))
  const before = demo.services.find((service) => service.id === id)?.name['en']
  const records = hsdsRecords({ pack: { ...demo, services }, language: 'en', now: NOW })
  return records.find(({ name }) => name === before) ?? {}
}

describe('the schemas', () => {
  test('refuse what is not HSDS', () => {
    const [first = {}] = demoRecords
    expect(faultsOf(first)).toEqual([])
    for (const wrong of [
      { id: 'hotline-women' },
      { status: 'temporarily_closed' },
      { secret: true },
      { email: 'nobody' },
      { phones: [{ id: first['id'] }] },
      { schedules: [{ id: first['id'], freq: 'DAILY' }] },
    ])
      expect(faultsOf({ ...first, ...wrong })).not.toEqual([])
  })

  test('hold for every service of the demo pack', () => {
    expect(demoRecords.length).toBeGreaterThan(30)
    expect(demoRecords.flatMap(faultsOf)).toEqual([])
  })

  test('hold for any services, in any language', () => {
    fc.assert(
      fc.property(anyServices, fc.constantFrom('en', 'ar', 'uk', 'ku-Latn', 'so'), (services, language) => {
        expect(recordsOf(services, language).flatMap(faultsOf)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})

describe('what goes out', () => {
  test('is public, no draft, and not overdue', () => {
    fc.assert(
      fc.property(anyServices, (services) => {
        const isOut = ({ visibility, status, reviewBy, endsOn }: Service) =>
          visibility === 'public' &&
          (status === 'closed' ||
            (status !== 'draft' && reviewBy >= '2026-10-01' && (endsOn ?? '2026-10-01') >= '2026-10-01'))
        expect(recordsOf(services)).toHaveLength(services.filter(isOut).length)
      }),
    )
    const out = JSON.stringify(demoRecords)
    expect(out).not.toContain('House of Rest')
    expect(out).not.toContain('not checked lately')
    expect(out).not.toContain('+999 000 0013')
  })

  test('says nothing that a person may say at the door', () => {
    expect(JSON.stringify(demoRecords)).not.toMatch(/Tuesday check-up|sewing course/u)
  })

  test('has no place for a shelter, though somebody has stored one and called it public', () => {
    const shelter = changed('portavel-garden', { categories: ['shelter'] })
    expect(shelter['name']).toBe('Garden House')
    expect(shelter['service_at_locations']).toBeUndefined()
    expect(JSON.stringify(shelter)).not.toMatch(/Example Hill|XV01|Portavel|38\.16|secret/u)
  })

  test('has coordinates only where they are those of the door', () => {
    const exact = changed('portavel-clinic', {})
    expect(JSON.stringify(exact['service_at_locations'])).toContain('"latitude":-38.18')
    const town = changed('portavel-clinic', { location: { lat: -38.18, lon: 72.38, precision: 'town' } })
    expect(JSON.stringify(town['service_at_locations'])).not.toContain('latitude')
  })

  test.each([
    ['active', 'active'],
    ['temporarily_closed', 'temporarily closed'],
    ['closed', 'defunct'],
  ] as const)('a service that is %s is %s there', (status, there) => {
    expect(changed('portavel-clinic', { status })['status']).toBe(there)
  })

  test('has the same ids in every language and each id once', () => {
    const pack = { ...demo, languages: ['en', 'ar'] }
    const idsIn = (language: string) =>
      JSON.stringify(hsdsRecords({ pack, language, now: NOW })).match(/"id":"[^"]+"/gu) ?? []
    expect(idsIn('ar')).toEqual(idsIn('en'))
    expect(new Set(demoRecords.map(({ id }) => id)).size).toBe(demoRecords.length)
    expect(named('Demo Listening Line')['id']).toBe('4cf6d534-11a4-5ef3-81d2-c103e44aa1be')
  })

  test('speaks the language that was asked for, and another where it has none', () => {
    const service = {
      ...(demo.services[0] as Service),
      name: { en: 'Line', ar: 'خط' },
      summary: { en: 'Talk' },
    }
    const [record = {}] = recordsOf([service], 'ar')
    expect([record['name'], record['description']]).toEqual(['خط', 'Talk'])
  })

  test('names its categories by terms of a taxonomy', () => {
    const attributes = named('Portavel Health Centre')['attributes'] as { value: string; link_type: string }[]
    const categories = attributes.filter(({ link_type }) => link_type === 'gbv_services')
    expect(categories.map(({ value }) => value)).toEqual(['health', 'cmr'])
  })

  test('is a page of a service list', () => {
    expect(hsdsPage(demoRecords)).toMatchObject({
      total_items: demoRecords.length,
      total_pages: 1,
      empty: false,
    })
    expect(hsdsPage([])).toMatchObject({ total_items: 0, empty: true, contents: [] })
  })
})
