import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { machine } from '../../flows/machine.ts'
import { readChat } from '../../src/cli/talk/chat-file.ts'
import { replayOf } from '../../src/cli/talk/conversation.ts'

/**
 * Whole conversations, played again through the real engine, pack and words. `npm run golden` rewrites them; the change
 * is then read as a diff, as the person would read it.
 */
const chats = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.chat'))
  .toSorted()
const rewrites = process.env['LANTERN_GOLDEN'] === 'write'

describe('every golden chat goes as it is written', () => {
  test.each(chats)('%s', async (path) => {
    const file = join(import.meta.dirname, path)
    const written = readFileSync(file, 'utf8')
    const { setting, turns } = readChat(written)
    const talk = replayOf(setting)
    for (const { after, written: line } of turns) await talk.giveWritten(line, after)
    if (rewrites) writeFileSync(file, talk.transcript())
    else expect(talk.transcript()).toBe(written)
    expect(basename(file)).toMatch(new RegExp(`^[a-z0-9-]+\\.${setting.language}\\.chat$`, 'u'))
  })
})

describe('the golden chats', () => {
  test('are at least thirty, in every flow', () => {
    expect(chats.length).toBeGreaterThanOrEqual(30)
    const flows = new Set(chats.map((path) => relative('.', path).split('/')[0]))
    const expected = Object.keys(machine.root.states).filter((flow) => flow !== 'heard' && flow !== 'erased')
    expect([...flows]).toEqual(expect.arrayContaining(expected))
  })

  test('are held on both channels', () => {
    const channels = chats.map(
      (path) => readChat(readFileSync(join(import.meta.dirname, path), 'utf8')).setting.channel,
    )
    expect(new Set(channels)).toEqual(new Set(['whatsapp', 'telegram']))
  })
})
