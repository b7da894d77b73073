import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptyContext } from '../../flows/context.ts'
import type { Conversation } from '../../src/conversation/conversation.ts'
import { pages } from '../../src/conversation/pages.ts'
import { restore } from '../../src/conversation/restore.ts'
import { englishEngine, MONDAY } from './english-engine.ts'

const taught = { ...emptyContext('whatsapp', 'en'), taught: true, languageChosen: true }
const at = (state: string, context: object = taught): Conversation =>
  ({ flowVersion: '0', state, context }) as Conversation

describe('a stored conversation of other flows', () => {
  it('falls back to the first page of a flow that still exists', () => {
    expect(restore(at('health.removedPage')).path).toBe('health.safeNow')
  })

  it('falls back to the menu when the whole flow is gone or begins with a junction', () => {
    expect(restore(at('horoscope.today')).path).toBe('menu.start')
    expect(restore(at('talk.removedPage')).path).toBe('menu.start')
    expect(restore(at('')).path).toBe('menu.start')
  })

  it('begins at the beginning for a person who was never told how to leave', () => {
    const untaught = emptyContext('whatsapp', 'en')
    expect(restore(at('horoscope.today', untaught)).path).toBe('welcome.safeNow')
  })

  it('stays in its cover', () => {
    expect(restore(at('cover')).path).toBe('cover')
  })

  it('fills what an older record lacks and drops what is of another kind', () => {
    const old = { look: 'telegram', language: 'en', taught: true, trail: 'no list', unclear: 'many', gone: 1 }
    const { context } = restore(at('menu.start', old))
    expect(context).toEqual({ ...emptyContext('telegram', 'en'), taught: true })
  })

  it('has nothing switched on when it was written before lists could be narrowed, and keeps what was since', () => {
    const records = (file: string) =>
      JSON.parse(readFileSync(join(import.meta.dirname, '../flows/versions', file), 'utf8')) as Conversation[]
    const before = records('1.json')
    expect(before.some(({ context }) => 'filters' in context)).toBe(false)
    for (const record of before) expect(restore(record).context.filters).toEqual([])
    for (const record of records('1-narrowed.json'))
      expect(restore(record)).toMatchObject({ path: record.state, context: record.context })
  })

  it('goes on with every record that earlier versions of the flows have written', async () => {
    const engine = await englishEngine()
    const folder = join(import.meta.dirname, '../flows/versions')
    const files = readdirSync(folder)
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) {
      const records = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Conversation[]
      expect(records.length).toBeGreaterThan(0)
      for (const record of records) {
        const step = engine.step(record, { type: 'menu' }, { now: MONDAY, desk: 'none' })
        expect(step.message?.text).toBeTruthy()
        const again = engine.step(step.conversation, { type: 'again' }, { now: MONDAY, desk: 'none' })
        expect(again.page === 'cover.line' || pages.has(again.conversation.state)).toBe(true)
      }
    }
  })
})
