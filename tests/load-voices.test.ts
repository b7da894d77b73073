import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { audio } from '../src/cli/locales/audio.ts'
import { loadVoices, MOST_BYTES, spokenPages } from '../src/load-voices.ts'
import { loadLocales } from '../src/load-locales.ts'
import { aVoice } from './a-voice.ts'
import { english } from './conversation/english-engine.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'voices-'))
  mkdirSync(join(folder, 'en', 'audio'), { recursive: true })
})
afterEach(() => {
  rmSync(folder, { recursive: true })
  vi.restoreAllMocks()
})

const put = (name: string, bytes: Uint8Array | string = aVoice()) =>
  writeFileSync(join(folder, 'en', 'audio', name), bytes)
const load = (messages = english.messages) => loadVoices(folder, new Map([['en', { ...english, messages }]]))
const changed = structuredClone(english.messages)
changed.pages.health.safeNow.text += ' '

test('a recording is there under the name of its page, and is read by it', () => {
  put('health.safeNow.ogg')
  const { voices, faults } = load()
  expect(faults).toEqual([])
  expect(voices.pages).toEqual(new Map([['en', new Set(['health.safeNow'])]]))
  expect(voices.read('en/health.safeNow')).toEqual(aVoice())
  for (const name of ['en/health.howLong', 'ar/health.safeNow', '', 'en/../en/health.safeNow'])
    expect(voices.read(name)).toBeUndefined()
})

test.each([
  ['menu.ogg', aVoice(), 'is no recording of a page'],
  ['health.safeNow.mp3', aVoice(), 'is no recording of a page'],
  ['danger.start.ogg', aVoice(), 'is of a page that changes with each person'],
  ['services.area.ogg', aVoice(), 'is of a page that changes with each person'],
  ['health.safeNow.ogg', 'RIFF and then something', 'is not Opus in an Ogg file'],
  ['health.safeNow.ogg', aVoice({ channels: 2 }), 'is not Opus in an Ogg file'],
  ['health.safeNow.ogg', '', 'is not Opus in an Ogg file'],
  ['health.safeNow.ogg', aVoice({ size: MOST_BYTES + 1 }), 'is larger than 1 MB'],
])('%s is not sent: it %#', (name, bytes, problem) => {
  put(name, bytes)
  const { voices, faults } = load()
  expect(voices.pages.size).toBe(0)
  expect(faults).toHaveLength(1)
  expect(faults[0]).toMatchObject({ file: `locales/en/audio/${name}` })
  expect(faults[0]?.problem).toContain(problem)
})

test('what somebody listened to is not sent any more when its page says something else', () => {
  put('health.safeNow.ogg')
  const said = vi.spyOn(console, 'log').mockReturnValue()
  cpEnglish()
  expect(audio({ kind: 'audio', lang: 'en', heard: true }, folder)).toBe(0)
  expect(said.mock.lastCall?.[0]).toBe('en: 1 recordings say what their pages say today.')
  expect(load().voices.pages.get('en')).toEqual(new Set(['health.safeNow']))
  const { voices, faults } = load(changed)
  expect(voices.pages.size).toBe(0)
  expect(faults[0]?.problem).toContain('older words')
})

test('the list says of each page what is to be read and how far it is', () => {
  put('health.safeNow.ogg')
  cpEnglish()
  const said = vi.spyOn(console, 'log').mockReturnValue()
  expect(audio({ kind: 'audio', lang: 'en', heard: false }, folder)).toBe(0)
  const lines = said.mock.calls.map(([line]) => String(line))
  const { text } = english.messages.pages.health.safeNow
  expect(lines).toContain(`health.safeNow.ogg  not listened to\n  ${text}`)
  expect(lines.filter((line) => line.includes('  to record\n'))).toHaveLength(spokenPages(english).size - 1)
  expect(lines.at(-1)).toContain(`1 of ${spokenPages(english).size} pages are recorded.`)
})

test('a list of what was heard that cannot be read takes nothing away, and is told', () => {
  put('health.safeNow.ogg')
  put('audio.json', '{"health.safeNow": 7}')
  const { voices, faults } = load()
  expect(voices.pages.get('en')?.size).toBe(1)
  expect(faults[0]).toMatchObject({ file: 'locales/en/audio/audio.json', problem: 'cannot be read' })
})

test('nothing with a value or of one platform alone is read aloud', () => {
  for (const [, words] of spokenPages(english)) expect(words).not.toContain('{{')
  expect(spokenPages(english).has('services.area')).toBe(false)
  expect(spokenPages(english).size).toBeGreaterThan(60)
})

test('no language has a recording that could not be sent', () => {
  const house = join(import.meta.dirname, '../locales')
  expect(loadVoices(house, loadLocales(house).locales).faults).toEqual([])
})

/** The language's own files beside its recordings, as the command reads them. */
function cpEnglish(): void {
  for (const name of ['locale.json', 'messages.json', 'words.json', 'cover.json'])
    writeFileSync(join(folder, 'en', name), readFileSync(join(import.meta.dirname, '../locales/en', name)))
}
