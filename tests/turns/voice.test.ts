import { expect, test } from 'vitest'
import { englishEngine } from '../conversation/english-engine.ts'
import { sensitive } from '../../src/privacy/sensitive.ts'
import { type House, housesOfTests } from './house.ts'
import { TO_MENU } from './ways.ts'

/** Pages as voice messages: for whom asked for them, after the page's own words, and gone with everything else. */
const voices = new Map([['en', new Set(['health.safeNow', 'settings.saved', 'health.howLong'])]])
const { open } = housesOfTests()

async function talking(): Promise<{ house: House; said: string[] }> {
  const house = await open({ engine: await englishEngine({ voices }) })
  const said: string[] = []
  house.platform.say = (to, voice) => {
    said.push(`${to.reveal()} ${voice}`)
    house.platform.diary.push(`say ${voice}`)
    return Promise.resolve({ kind: 'sent', messageId: sensitive(`voice-${said.length}`) })
  }
  return { house, said }
}

async function writes(house: House, ...texts: string[]): Promise<void> {
  for (const text of texts) {
    await house.receive(text)
    await house.drain()
  }
}

test('nobody hears anything who did not ask for it', async () => {
  const { house, said } = await talking()
  await writes(house, ...TO_MENU, 'Health care', 'menu')
  expect(said).toEqual([])
})

test('a page that is recorded comes as text first and then as a voice, in order', async () => {
  const { house, said } = await talking()
  await writes(house, ...TO_MENU, 'More topics', 'Settings', 'Voice messages', 'Yes, send them')
  expect(said).toEqual(['ada en/settings.saved'])
  await writes(house, 'menu', 'Health care')
  expect(house.platform.diary.at(-1)).toBe('say en/health.safeNow')
  expect(house.platform.diary.at(-2)).toContain('send First a short question')
  await writes(house, 'menu', 'More topics', 'Settings', 'Voice messages', 'No, only text')
  expect(said).toHaveLength(2)
})

test('an exit takes the voices out of the chat, and cancels one that waits', async () => {
  const { house, said } = await talking()
  await writes(house, ...TO_MENU, 'More topics', 'Settings', 'Voice messages', 'Yes, send them')
  await house.receive('menu')
  await house.receive('Health care')
  await house.receive('exit')
  await house.drain()
  expect(said).toEqual(['ada en/settings.saved'])
  expect(house.platform.forgotten.at(-1)?.ids).toContain('voice-1')
})

test('a voice that cannot be sent is left out, and the next page comes all the same', async () => {
  const { house } = await talking()
  house.platform.say = () => Promise.resolve({ kind: 'refused' })
  await writes(house, ...TO_MENU, 'More topics', 'Settings', 'Voice messages', 'Yes, send them', 'menu')
  expect(house.platform.diary.at(-1)).toContain('send Here is what I can tell you about.')
})

test('where nothing is recorded in her language there is no such setting', async () => {
  const house = await open({
    engine: await englishEngine({ voices: new Map([['fr', new Set(['menu.start'])]]) }),
  })
  await writes(house, ...TO_MENU, 'More topics', 'Settings')
  const labels = house.platform.sent.at(-1)?.message.choices.map(({ label }) => label)
  expect(labels).toContain('Buttons or numbers')
  expect(labels).not.toContain('Voice messages')
})
