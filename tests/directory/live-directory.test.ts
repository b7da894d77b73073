import { expect, it } from 'vitest'
import { createDirectory } from '../../src/directory/create-directory.ts'
import { createLiveDirectory } from '../../src/directory/live-directory.ts'
import { demoPack } from './demo.ts'

const NOW = Date.UTC(2026, 10, 2, 10)
const demo = demoPack()
const other = { ...demo, id: 'other' }
const without = (id: string) => ({ ...demo, services: demo.services.filter((one) => one.id !== id) })

it('answers like a directory of the same packs', () => {
  const [live, fixed] = [createLiveDirectory([demo, other]), createDirectory([demo, other])]
  expect(live.live(NOW)).toEqual(fixed.live(NOW))
  const query = { pack: 'demo', need: 'health' as const }
  expect(live.search(query, NOW)).toEqual(fixed.search(query, NOW))
  expect(live.titles('other', 'en', NOW)).toEqual(fixed.titles('other', 'en', NOW))
})

it('answers from the list of now, and leaves the other pack as it was', () => {
  const live = createLiveDirectory([demo, other])
  const titles = live.titles('other', 'en', NOW)
  expect(live.card('demo', 'portavel-clinic', 'en', NOW)).toBeDefined()
  live.replace(without('portavel-clinic'))
  expect(live.card('demo', 'portavel-clinic', 'en', NOW)).toBeUndefined()
  expect(live.titles('demo', 'en', NOW).some(({ id }) => id === 'portavel-clinic')).toBe(false)
  expect(live.card('other', 'portavel-clinic', 'en', NOW)).toBeDefined()
  // The same array: what was worked out of it for the search still holds.
  expect(live.titles('other', 'en', NOW)).toBe(titles)
  expect(live.packs().map(({ id }) => id)).toEqual(['demo', 'other'])
})

it('knows at once that a pack may be served no more, or again', () => {
  const live = createLiveDirectory([demo, other])
  expect(live.live(NOW)).toEqual(['demo', 'other'])
  live.replace({ ...demo, services: [] })
  expect(live.live(NOW)).toEqual(['other'])
  live.replace({ ...other, services: [] })
  expect(live.live(NOW)).toEqual([])
  live.replace(demo)
  expect(live.live(NOW)).toEqual(['demo'])
})
