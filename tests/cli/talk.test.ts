import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createTalk, replayOf } from '../../src/cli/talk/conversation.ts'
import { headOf, readChat, readWritten, type Setting, writtenOf } from '../../src/cli/talk/chat-file.ts'
import { readLine } from '../../src/cli/talk/json-lines.ts'
import { typed } from '../../src/cli/talk/terminal.ts'
import { HOUSE } from '../../src/cli/house.ts'

/** The real command, with these lines typed into it. */
async function lantern(
  args: string[],
  lines: string[],
): Promise<{ code: number; out: string[]; err: string }> {
  const child = spawn(process.execPath, [join(HOUSE, 'src/cli/preflight.js'), ...args], {
    env: { ...process.env, NO_COLOR: '1' },
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (data) => (out += String(data)))
  child.stderr.on('data', (data) => (err += String(data)))
  child.stdin.end(lines.map((line) => `${line}\n`).join(''))
  const code = await new Promise<number>((resolve) => child.on('close', (status) => resolve(status ?? 1)))
  return { code, out: out.split('\n').filter((line) => line !== ''), err }
}

const setting: Setting = {
  channel: 'telegram',
  language: 'en',
  pack: 'demo',
  desk: 'open',
  entrance: 'open',
  now: '2026-11-02T07:00:00Z',
}

describe('lantern talk --json', () => {
  test('shows the first page, then one line for each line, and says what is wrong with a bad one', async () => {
    const { code, out } = await lantern(
      ['talk', '--json', '--channel', 'telegram', '--now', setting.now],
      [
        '{"text":"yes"}',
        '{"choice":"welcome.leaving:next"}',
        'not json',
        '{"colour":"blue"}',
        '',
        '{"place":{"lat":-38.19,"lon":72.41}}',
        '{"photo":true}',
        '{"text":"exit"}',
        '{"text":"blue cup","after":2000}',
      ],
    )
    const lines = out.map((line) => JSON.parse(line))
    expect(code).toBe(0)
    expect(lines.map(({ page, error }) => page ?? error.slice(0, 12))).toEqual([
      'welcome.safeNow',
      'welcome.leaving',
      'menu.start',
      'This line is',
      'This object ',
      'This line is',
      'services.need',
      'heard.unsupported',
      'cover.line',
      'welcome.safeNow',
    ])
    expect(lines[0]).toEqual({
      page: 'welcome.safeNow',
      messages: [
        {
          text: expect.any(String),
          choices: [
            { id: 'welcome.safeNow:yes', label: expect.any(String) },
            { id: 'welcome.safeNow:no', label: expect.any(String) },
          ],
        },
      ],
      deleted: 0,
    })
    // hello, yes, a place, a photo and exit of hers; five pages of the bot's. A press is no message.
    expect(lines[8].deleted).toBe(10)
  })

  test.each([
    [['--channel', 'signal'], '--channel is whatsapp or telegram.'],
    [['--lang', 'xx'], 'There is no language xx.'],
    [['--pack', 'atlantis'], 'packs/atlantis/pack.json cannot be read'],
    [['--colour'], '--colour'],
  ])('%s is refused in a sentence', async (args, sentence) => {
    const { code, out, err } = await lantern(['talk', '--json', ...args], [])
    expect([code, out]).toEqual([1, []])
    expect(err).toContain(sentence)
  })
})

describe('lantern talk, for people', () => {
  test('draws a message with the numbers that press its choices, and reads them from a pipe', async () => {
    const { code, out } = await lantern(
      ['talk', '--now', setting.now],
      ['1', '/place north', 'menu', '/quit', 'exit'],
    )
    const text = out.join('\n')
    expect(code).toBe(0)
    expect(text).toContain('╭ welcome.safeNow\n│ Hello.')
    expect(text).toContain('│ 1 Yes, go on')
    expect(text).toContain('╭ welcome.leaving')
    expect(text).toContain('Write /place 1.2,3.4')
    expect(text).not.toContain('cover.line')
  })

  test('a number presses, a command commands, anything else is said', () => {
    const choices = [{ id: 'a:b' }]
    expect(typed('1', choices)).toEqual({ given: { kind: 'choice', id: 'a:b' }, after: 0 })
    expect(typed('2', choices)).toEqual({ given: { kind: 'text', text: '2' }, after: 0 })
    expect(typed('/later 40', choices)).toEqual({ later: 40 })
    expect(typed('/later soon', choices)).toHaveProperty('error')
    expect(typed('/place -1.5, 2', choices)).toEqual({
      given: { kind: 'place', place: { lat: -1.5, lon: 2 } },
      after: 0,
    })
    expect(typed('/start', choices)).toEqual({ given: { kind: 'text', text: '/start' }, after: 0 })
  })
})

describe('a phone without a platform', () => {
  test('after a wipe the person is a stranger again', async () => {
    const talk = replayOf(setting)
    for (const written of ['hello', 'yes', '[I understand]', 'erase']) await talk.giveWritten(written)
    expect(await talk.giveWritten('[Yes, erase]')).toMatchObject({ page: 'cover.line', deleted: 7 })
    expect((await talk.giveWritten('menu')).page).toBe('welcome.safeNow')
    expect((await talk.giveWritten('yes')).page).toBe('welcome.leaving')
  })

  test('deletes nothing on WhatsApp, and nothing older than two days on Telegram', async () => {
    const onWhatsApp = replayOf({ ...setting, channel: 'whatsapp' })
    await onWhatsApp.giveWritten('hello')
    expect((await onWhatsApp.giveWritten('exit')).deleted).toBe(0)
    const late = replayOf(setting)
    await late.giveWritten('hello')
    await late.giveWritten('yes', 1439)
    await late.giveWritten('yes', 1439)
    // hello and its answer are two days old; two times yes, their answers and exit are not.
    expect((await late.giveWritten('exit', 5)).deleted).toBe(5)
  })

  test('is met as a stranger after a day of silence, and nothing is known to delete', async () => {
    const talk = replayOf(setting)
    for (const written of ['hello', 'yes', '[I understand]']) await talk.giveWritten(written)
    expect(await talk.giveWritten('exit', 24 * 60 + 1)).toMatchObject({ page: 'cover.line', deleted: 0 })
    expect((await talk.giveWritten('hello')).page).toBe('welcome.safeNow')
  })

  test('shows the cover to everyone behind a covered entrance', async () => {
    const talk = createTalk({ setting: { ...setting, entrance: 'covered' }, language: 'en', now: () => 0 })
    for (const text of ['hello', 'help', 'exit', 'erase'])
      expect((await talk.give({ kind: 'text', text })).page, text).toBe('cover.line')
    expect((await talk.give({ kind: 'text', text: 'blue cup' })).page).toBe('welcome.safeNow')
  })
})

describe('a chat file', () => {
  test('is read back as it was written', async () => {
    const talk = replayOf(setting)
    const turns = [
      'hello',
      '[Yes, go on]',
      'a\\nb "c" \\u202e',
      '@-38.19,72.41',
      '(photo)',
      '[Not now] further up',
    ]
    for (const [after, written] of turns.entries()) await talk.giveWritten(written, after)
    const read = readChat(talk.transcript())
    expect(read.setting).toEqual(setting)
    expect(read.turns).toEqual(turns.map((written, after) => ({ written, after })))
  })

  test.each(['[Yes, go on]', '@1,2', '(photo)', '"a" \\u0041 \\', '\ud800', '> no\n'])(
    'a typed %j stays typed when it is read back',
    (text) => {
      const written = writtenOf({ kind: 'text', text }, [])
      expect(written).not.toContain('\n')
      expect(readWritten(written, [])).toEqual({ kind: 'text', text })
    },
  )

  test('a button that no message shows is read back by its id', () => {
    const given = { kind: 'choice', id: 'gone.page:yes' } as const
    expect(readWritten(writtenOf(given, []), [])).toEqual(given)
  })

  test('unknown choices and a missing heading are refused', () => {
    expect(() => readWritten('[Gone]', [])).toThrow('there is no choice [Gone]')
    expect(() => readChat(headOf(setting).replace('desk:', 'disk:'))).toThrow('desk')
    expect(writtenOf({ kind: 'choice', id: 'a:b' }, [])).toBe('[a:b]')
  })

  test.each(['{"text":1}', '{"place":{"lat":91,"lon":0}}', '{"text":"a","choice":"b"}', '[]', '"hello"'])(
    '%s is no line of talk',
    (line) => expect(readLine(line)).toHaveProperty('error'),
  )
})
