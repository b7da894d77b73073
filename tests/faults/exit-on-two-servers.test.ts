import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as passes } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import {
  type BothPlatforms,
  expectedTexts,
  startBothPlatforms,
  writtenOnTelegram,
  writtenOnWhatsApp,
} from '../channels/both-platforms.ts'
import { openRedisConversations } from '../../src/storage/redis/conversations/redis-conversations.ts'
import { openData } from '../../src/storage/redis/link/server-mark.ts'
import { serve, type Served } from '../turns/served.ts'
import { CHAT, PHONES, sends, twoServers, writes } from './on-two-servers.ts'

/** Exit and wipe in one process while another is sending, or was stopped in the middle of it: the whole program twice. */
const servers = twoServers()
const SLOW_MS = 8_000
const TO_MENU = ['hello', 'yes', 'I understand']

interface Two {
  both: BothPlatforms
  first: Served
  second: Served
}

async function startTwo(): Promise<Two> {
  const both = await startBothPlatforms({ ...servers().settings })
  return { both, first: both.served, second: await serve(both.folder, both.settings) }
}

async function stopTwo({ both, second }: Two): Promise<void> {
  await second.kill('SIGTERM')
  await both.stop()
  expect([both.served.output(), second.output()].join('\n')).not.toMatch(/turn\.failed|wipe\.failed/u)
}

const COVER: string = readFileSync(join(import.meta.dirname, '../../locales/en/cover.json'), 'utf8')
/** Which ordinary line it is follows from the minute. */
const ORDINARY = 'something ordinary'
const read = (texts: readonly string[]) =>
  texts.map((text) => (COVER.includes(JSON.stringify(text)) ? ORDINARY : text))

const written = (both: BothPlatforms) => [
  ...PHONES.map((phone) => read(writtenOnWhatsApp(both, phone))),
  read(writtenOnTelegram(both, CHAT)),
]

async function says(both: BothPlatforms, texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    const before = written(both).map(({ length }) => length)
    writes(both, text)
    await both.taken()
    await until(() => written(both).every(({ length }, at) => length > (before[at] ?? 0)))
  }
}

/** What the first process is to send now is on its way for some seconds. */
async function slowly(both: BothPlatforms, text: string): Promise<void> {
  let begun = 0
  const slow = { kind: 'slow' as const, ms: SLOW_MS, begun: () => void (begun += 1) }
  both.telegram.fail('sendMessage', slow)
  for (const phone of PHONES) both.whatsapp.fail(phone as `${number}`, slow)
  writes(both, text)
  await both.taken()
  await until(() => begun === PHONES.length + 1)
}

async function until(check: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (check()) return
    await passes(50)
  }
  throw new Error('it did not come to that')
}

const expected = (says_: readonly string[]) => [
  ...PHONES.map(() => read(expectedTexts('whatsapp', says_))),
  read(expectedTexts('telegram', says_)),
]
const onScreen = ({ telegram }: BothPlatforms) =>
  read(telegram.chat(CHAT).flatMap(({ from, text }) => (from === 'bot' ? [text ?? ''] : [])))
const isOver = (both: BothPlatforms) => written(both).every((texts) => texts.at(-1) === ORDINARY)

describe('an exit that one process hears while another is sending', () => {
  it('is answered by its harmless line last, and on Telegram nothing else is left on the screen', async () => {
    const two = await startTwo()
    const { both, second } = two
    await says(both, TO_MENU)
    await slowly(both, 'rights')
    sends(both, second)
    writes(both, 'exit')
    await both.taken()
    await passes(1_000)
    expect(written(both)).toEqual(expected(TO_MENU))
    const all = expected([...TO_MENU, 'rights', 'exit'])
    await until(() => isOver(both))
    expect(written(both)).toEqual(all)
    await passes(1_500)
    expect(written(both)).toEqual(all)
    expect(onScreen(both)).toEqual([ORDINARY])
    await stopTwo(two)
  }, 90_000)

  it('goes on without a process that was stopped past its lease, which sends nothing more when it goes on', async () => {
    const two = await startTwo()
    const { both, first, second } = two
    await says(both, TO_MENU)
    await slowly(both, 'rights')
    // Behind the slow ones, so that it waits in the process that is stopped.
    writes(both, 'menu')
    await both.taken()
    first.process.kill('SIGSTOP')
    sends(both, second)
    writes(both, 'exit')
    await both.taken()
    const all = expected([...TO_MENU, 'rights', 'exit'])
    await until(() => isOver(both))
    expect(written(both)).toEqual(all)
    first.process.kill('SIGCONT')
    await passes(6_000)
    expect(written(both)).toEqual(all)
    expect(onScreen(both).at(-1)).toBe(ORDINARY)
    await stopTwo(two)
  }, 90_000)
})

describe('a wipe that one process hears while another is sending', () => {
  it('erases after that message, says its line last, and leaves nothing', async () => {
    const two = await startTwo()
    const { both, second } = two
    await says(both, [...TO_MENU, 'erase'])
    await slowly(both, 'erase')
    sends(both, second)
    writes(both, 'yes')
    await passes(1_000)
    expect(written(both)).toEqual(expected([...TO_MENU, 'erase']))
    const all = expected([...TO_MENU, 'erase', 'erase']).map((texts) => [...texts, ORDINARY])
    await until(() => isOver(both))
    await both.taken()
    await passes(1_500)
    expect(written(both)).toEqual(all)
    expect(onScreen(both)).toEqual([ORDINARY])
    const store = openRedisConversations(await openData(servers().data.url))
    expect(await store.lastTouched()).toBeUndefined()
    await store.close()
    await stopTwo(two)
  }, 90_000)
})
