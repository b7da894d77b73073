import { describe, expect, it } from 'vitest'
import { sensitive } from '../../src/privacy/sensitive.ts'
import { englishEngine } from '../conversation/english-engine.ts'
import { type House, openHouse } from './house.ts'
import { TO_MENU } from './ways.ts'

const openCounting = async () => openHouse({ engine: await englishEngine({ countsAreas: true }) })
const statistics = async (house: House) =>
  (await house.conversations.counts()).filter(({ name }) => name.startsWith('stat.'))

describe('a turn that counts', () => {
  it('counts once when its event comes twice, at once or later', async () => {
    const house = await openCounting()
    for (const text of TO_MENU.slice(0, -1)) await house.receive(text)
    const again = { eventId: sensitive('the same') }
    await Promise.all([house.receive('I understand', again), house.receive('I understand', again)])
    house.clock.pass(5)
    await house.receive('I understand', again)
    expect(await statistics(house)).toEqual([{ name: 'stat.contact.en.2026-03', value: 1 }])
    await house.close()
  })

  it('leaves no hole where somebody erased: the numbers stay as they were before and as those of others', async () => {
    const [wiping, staying] = [await openCounting(), await openCounting()]
    for (const house of [wiping, staying]) {
      for (const text of [...TO_MENU, 'rights', 'menu', 'erase']) await house.receive(text)
      await house.drain()
    }
    const before = await statistics(wiping)
    await wiping.receive('yes')
    expect(await statistics(wiping)).toEqual(before)
    expect(await statistics(staying)).toEqual(before)
    expect(before.map(({ name }) => name)).toEqual(['stat.contact.en.2026-03', 'stat.topic.rights.2026-03'])
    await Promise.all([wiping.close(), staying.close()])
  })
})
