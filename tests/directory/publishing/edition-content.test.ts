import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  correctionIn,
  servicesIn,
  servicesInGently,
  whyUnreadable,
  writeCorrection,
  writeServices,
} from '../../../src/directory/publishing/edition-content.ts'
import { mergeLists } from '../../../src/directory/publishing/merge-lists.ts'
import type { Service } from '../../../src/directory/service.ts'
import { demoPack } from '../demo.ts'

const { services } = demoPack()
const [first, second] = services as [Service, Service]

describe('the content of an edition', () => {
  it('comes back as it was written', async () => {
    expect(servicesIn(writeServices(services))).toEqual(services)
    expect(await servicesInGently(writeServices(services))).toEqual(services)
    const correction = { service: 'clinic-1', changes: { cost: 'free', endsOn: null }, note: 'They said so.' }
    expect(correctionIn(writeCorrection(correction))).toEqual(correction)
  })

  it.each([
    ['nothing', ''],
    ['cut off', writeServices(services).slice(0, -20)],
    ['a list of another kind', '[]'],
    ['without a version', JSON.stringify({ services })],
    ['of a newer version', JSON.stringify({ version: 2, services })],
    [
      'one service of many broken',
      JSON.stringify({ version: 1, services: [first, { ...second, cost: 'gift' }] }),
    ],
    ['two services of one id', JSON.stringify({ version: 1, services: [first, first] })],
  ])('is not read at all when it is %s', async (_what, content) => {
    expect(servicesIn(content)).toBeUndefined()
    expect(await servicesInGently(content)).toBeUndefined()
    expect(correctionIn(content)).toBeUndefined()
  })

  it('says of a newer one that it is newer', () => {
    expect(whyUnreadable('{"version":2}')).toContain('newer Lantern')
    expect(whyUnreadable('{')).toContain('damaged')
  })

  it('never throws, whatever stands there', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (content) => {
        expect(servicesIn(content)).toBeUndefined()
        expect(correctionIn(content)).toBeUndefined()
      }),
    )
  })

  it('takes no correction of what decides over secrecy', () => {
    for (const field of ['visibility', 'categories', 'id', 'verified', 'source'])
      expect(
        correctionIn(JSON.stringify({ version: 1, service: 'a', changes: { [field]: 'x' }, note: '' })),
      ).toBe(undefined)
  })
})

describe('a list made on an earlier edition', () => {
  const check = (service: Service, on: string): Service => ({
    ...service,
    verified: { ...service.verified, on },
    reviewBy: '2099-01-01',
  })
  const renamed: Service = { ...first, name: { en: 'Renamed' } }

  it('is taken as it is when nothing was published since', () => {
    expect(mergeLists(services, [renamed], services)).toEqual({ services: [renamed] })
  })

  it('keeps a check that came meanwhile, and the later of two checks', () => {
    const live = [check(first, '2026-10-02'), second]
    const merged = mergeLists([first, second], [renamed, second], live)
    expect(merged).toEqual({ services: [{ ...check(first, '2026-10-02'), name: { en: 'Renamed' } }, second] })
    const later = [check(renamed, '2026-10-03'), second]
    expect(mergeLists([first, second], later, live)).toEqual({ services: later })
  })

  it('keeps what was added, changed and taken away meanwhile', () => {
    const added: Service = { ...second, id: 'added' }
    const live = [{ ...first, cost: 'paid' as const }, added]
    expect(mergeLists([first, second], [renamed, second], live)).toEqual({
      services: [{ ...renamed, cost: 'paid' }, added],
    })
    const { safetyNote: _, ...without } = { ...first, safetyNote: { en: 'x' } }
    expect(
      mergeLists(
        [{ ...without, safetyNote: { en: 'x' } }],
        [{ ...renamed, safetyNote: { en: 'x' } }],
        [without],
      ),
    ).toEqual({ services: [renamed] })
  })

  it('is not merged where both changed the same, or one took away what the other changed', () => {
    const other: Service = { ...first, name: { en: 'Otherwise' } }
    expect(mergeLists([first, second], [renamed, second], [other, second])).toEqual({ clashes: [first.id] })
    expect(mergeLists([first, second], [second], [other, second])).toEqual({ clashes: [first.id] })
    expect(mergeLists([first, second], [renamed, second], [second])).toEqual({ clashes: [first.id] })
    expect(mergeLists([second], [renamed, second], [other, second])).toEqual({ clashes: [first.id] })
  })
})
