import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkOnline } from '../../src/cli/check/online.ts'
import { type Platforms, startPlatforms } from '../cli/setup-run.ts'

let world: Platforms
beforeEach(async () => {
  world = await startPlatforms()
})
afterEach(async () => {
  await world.stop()
})

async function lines(environment: Record<string, string>): Promise<string[]> {
  const found = await checkOnline({ environment, account: undefined, now: Date.now() })
  for (const { file, remedy } of found) expect([file, remedy === '']).toEqual(['online', false])
  return found.map(({ key, problem }) => `${key} ${problem}`)
}

test('before setup it names what is missing, after it nothing, and it changes nothing itself', async () => {
  const both = { ...world.ofTelegram, ...world.ofWhatsapp }
  const before = (await lines(both)).join('\n')
  expect(before).toContain('PUBLIC_URL is not known to Telegram')
  expect(before).toContain('PUBLIC_URL is not known to Meta')
  expect(before).toContain('an app that does not hear the business account')
  expect(world.telegram.calls.every(({ method }) => method.startsWith('get'))).toBe(true)
  expect([world.whatsapp.setup.subscribed, world.whatsapp.setup.callback]).toEqual([false, undefined])
  expect((await world.run(['setup', '--yes'], both)).code).toBe(0)
  expect(await lines(both)).toEqual([])
})

test('refused tokens and platforms that are not there are named', async () => {
  world.telegram.revokeToken()
  world.whatsapp.revokeToken()
  const both = { ...world.ofTelegram, ...world.ofWhatsapp }
  expect(await lines(both)).toEqual([
    'TELEGRAM_BOT_TOKEN is refused by Telegram',
    'WHATSAPP_ACCESS_TOKEN is refused by Meta',
  ])
  const nowhere = 'http://127.0.0.1:9'
  expect(await lines({ ...both, TELEGRAM_API_URL: nowhere, WHATSAPP_API_URL: nowhere })).toEqual([
    'TELEGRAM_API_URL cannot be reached',
    'WHATSAPP_API_URL cannot be reached',
  ])
})

test('a number that Meta does not know is named by its place in the list, not by its id', async () => {
  const strange = { ...world.ofWhatsapp, WHATSAPP_PHONE_NUMBER_ID: '111222333,999888777' }
  const found = (await lines(strange)).join('\n')
  expect(found).toContain('WHATSAPP_PHONE_NUMBER_ID (number 2 of the list) is not known to Meta')
  expect(found).not.toContain('999888777')
})

test('without --online no platform is asked', async () => {
  const { code } = await world.run(['check'], { ...world.ofTelegram, ...world.ofWhatsapp })
  expect([code, world.telegram.calls.length]).toEqual([0, 0])
})
