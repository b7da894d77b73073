import { expect, it } from 'vitest'
import type { Conversation } from '../../src/conversation/conversation.ts'
import { openConversation } from '../../src/turns/written/records.ts'
import { heardBy, type House, housesOfTests } from './house.ts'

/** A place orders one answer and is in no record: the sealed bytes are opened with their own key and read. */
const houses = housesOfTests()

async function remembered(house: House): Promise<Conversation> {
  const [only] = await house.conversations.idle(house.clock.now() + 1, 2)
  if (only === undefined) throw new Error('nobody is remembered')
  const [stored, key] = await Promise.all([house.conversations.load(only.id), house.vault.open(only.keyId)])
  const opened = stored && key && openConversation(key, stored)
  if (opened === undefined) throw new Error('the record cannot be opened')
  return opened
}

it.each(['telegram', 'whatsapp'] as const)(
  'a shared place is in no record (%s), before and after a list is narrowed',
  async (look) => {
    const house = await houses.atMenu({ look })
    const press = async (id: string) => {
      await house.receive({ kind: 'choice', id })
      await house.drain()
    }
    await press('menu.start:services')
    await press('services.need:health')
    await house.receive({ kind: 'place', place: { lat: -38.641234, lon: 73.071234 } })
    const shared = await remembered(house)
    await house.drain()
    expect(heardBy(house).at(-1)).toContain('Almar Clinic (Almar Coast)\nOpen now, until 16:00 · near · ')
    await press('services.results:narrow')
    await press('services.narrow:free')
    await press('services.narrow:results')
    const after = await remembered(house)
    expect(after.context.filters).toEqual(['free'])
    for (const record of [shared, after]) {
      expect(record.state).toBe('services.results')
      expect(record.context.area).toBe('XV02')
      expect(JSON.stringify(record)).not.toMatch(/38[.,]?6|73[.,]?0|"(?:lat|lon|near|place|km|distance)/u)
      const numbers = Object.values(record.context).filter((value) => typeof value === 'number')
      expect(numbers.every((value) => Number.isInteger(value) && value >= 0)).toBe(true)
    }
  },
)
