import { describe, expect, it } from 'vitest'
import { NEEDS } from '../../flows/context.ts'
import { readName, TOPIC_CLASSES, WAITS } from '../../src/statistics/counter-names.ts'
import { englishEngine } from '../conversation/english-engine.ts'
import { openHouse } from '../turns/house.ts'
import { TO_MENU } from '../turns/ways.ts'

const ROWS = new Set<string>(['en', ...TOPIC_CLASSES, ...NEEDS, ...WAITS])

describe('the counters of what people speak of', () => {
  it('are a strength, a language and a week, or a row of the statistics, an area and a month, and nothing else', async () => {
    const house = await openHouse({ engine: await englishEngine({ countsAreas: true }) })
    const said = ['hello', 'he is going to kill me', 'my husband beats me', 'I want to die', 'he raped me']
    for (const text of said) await house.receive(text)
    await house.receive('he is going to kill me', { person: 'bea' })
    for (const text of TO_MENU) await house.receive(text, { person: 'cleo' })
    await house.receive({ kind: 'place', place: { lat: -38.2, lon: 72.4 } }, { person: 'cleo' })
    const counts = await house.conversations.counts()
    await house.close()
    expect(counts.length).toBeGreaterThan(1)
    for (const count of counts) {
      expect(Object.keys(count)).toEqual(['name', 'value'])
      if (count.name.startsWith('stat.')) expect(ROWS.has(readName(count.name)?.row ?? '')).toBe(true)
      else expect(count.name).toMatch(/^heard\.tier[123]\.[a-z]{2,3}\.\d{4}-W\d\d$/u)
    }
    expect(counts.some(({ name }) => readName(name)?.area !== undefined)).toBe(true)
    // Two people in one number: nothing tells that they were two.
    expect(counts.find(({ name }) => name.startsWith('heard.tier1'))?.value).toBeGreaterThan(1)
  })
})
