import { afterEach, beforeEach, expect, test } from 'vitest'
import { createWhatsapp, type Whatsapp } from '../../../src/channels/whatsapp/create-whatsapp.ts'
import { sensitive } from '../../../src/privacy/sensitive.ts'
import { aVoice } from '../../a-voice.ts'
import { type FakeWhatsApp, startFakeWhatsApp } from '../../fakes/whatsapp/fake-whatsapp.ts'

/** A recorded page on WhatsApp: given to Meta once a day by each number of ours, then sent by its id. */
const OURS = ['100000000000001', '100000000000002'] as const
const PHONE = '999000000001'
const clock = { time: Date.UTC(2026, 2, 1, 12), now: () => clock.time }
const sound = aVoice()

let fake: FakeWhatsApp
let whatsapp: Whatsapp
beforeEach(async () => {
  clock.time = Date.UTC(2026, 2, 1, 12)
  fake = await startFakeWhatsApp({
    clock,
    webhook: 'http://127.0.0.1:9/',
    appSecret: 'a'.repeat(32),
    verifyToken: 'verify-token-of-ours',
    numbers: [...OURS],
  })
  whatsapp = createWhatsapp({
    accessToken: sensitive(fake.accessToken),
    appSecret: sensitive('a'.repeat(32)),
    verifyToken: sensitive('verify-token-of-ours'),
    phoneNumberIds: OURS,
    apiUrl: fake.apiUrl,
    graphVersion: 'v25.0',
    clock,
    random: { bytes: (length) => new Uint8Array(length) },
    log: { event: () => {} },
    receive: () => Promise.resolve(),
    counted: () => {},
    readVoice: (voice) => (voice === 'ar/menu.start' ? sound : undefined),
  })
  for (const number of OURS) fake.personWrites(PHONE, 'hello', { number })
})
afterEach(async () => {
  await whatsapp.stop()
  await fake.stop()
})

const say = (voice: string, ours: string = OURS[0]) =>
  whatsapp.channel.say?.(sensitive(`${ours}|XA.1000000000000001|${PHONE}`), voice)
const sent = () => fake.sends.map(({ body }) => body['audio'])

test('it is uploaded once, and again by another number and after a day', async () => {
  expect(await say('ar/menu.start')).toEqual({ kind: 'sent' })
  expect(await say('ar/menu.start')).toEqual({ kind: 'sent' })
  expect(fake.media.uploads).toEqual([{ number: OURS[0], id: expect.any(String), bytes: sound.length }])
  expect(await say('ar/menu.start', OURS[1])).toEqual({ kind: 'sent' })
  clock.time += 23 * 3_600_000
  await say('ar/menu.start')
  expect(fake.media.uploads).toHaveLength(2)
  clock.time += 3_600_000 - 1
  fake.personWrites(PHONE, 'hello', { number: OURS[0] })
  clock.time += 2
  await say('ar/menu.start')
  expect(fake.media.uploads).toHaveLength(3)
  expect(sent()[0]).toEqual({ id: fake.media.uploads[0]?.id, voice: true })
  expect(fake.refusals()).toEqual([])
})

test('an id that Meta dropped is not used twice', async () => {
  await say('ar/menu.start')
  fake.media.forget()
  expect(await say('ar/menu.start')).toEqual({ kind: 'refused' })
  expect(await say('ar/menu.start')).toEqual({ kind: 'sent' })
})

test('what is not there is refused without a call', async () => {
  expect(await say('ar/menu.more')).toEqual({ kind: 'refused' })
  expect(fake.media.uploads).toEqual([])
})
