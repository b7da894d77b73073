import { describe, expect, it } from 'vitest'
import { openHouse } from '../turns/house.ts'

describe('the counters of what people speak of', () => {
  it('are a strength, a language and a week, and nothing else', async () => {
    const house = await openHouse()
    const said = ['hello', 'he is going to kill me', 'my husband beats me', 'I want to die', 'he raped me']
    for (const text of said) await house.receive(text)
    await house.receive('he is going to kill me', { person: 'bea' })
    const counts = await house.conversations.counts()
    await house.close()
    expect(counts.length).toBeGreaterThan(1)
    for (const count of counts) {
      expect(Object.keys(count)).toEqual(['name', 'value'])
      expect(count.name).toMatch(/^heard\.tier[123]\.[a-z]{2,3}\.\d{4}-W\d\d$/u)
    }
    // Two people in one number: nothing tells that they were two.
    expect(counts.find(({ name }) => name.startsWith('heard.tier1'))?.value).toBeGreaterThan(1)
  })
})
