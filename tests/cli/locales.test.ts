import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkConfiguration } from '../../src/cli/check/configuration.ts'
import { HOUSE } from '../../src/cli/house.ts'
import { run } from '../../src/cli/locales.ts'
import { readConfig } from '../../src/config.ts'
import type { Locale } from '../../src/conversation/locale.ts'
import { loadLocales } from '../../src/load-locales.ts'
import { digestOf, reviewStateOf, SAFETY_SECTIONS, SECTIONS, unreviewedOf } from '../../src/locale-review.ts'
import { servedLocales } from '../../src/main/served-locales.ts'
import { whatIsSaid } from './said.ts'

/** Which parts of a language are reviewed, and what is served when they are not. */
let house = ''
const said = whatIsSaid()
beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), 'lantern-locales-'))
  cpSync(join(HOUSE, 'locales/en'), join(house, 'locales/en'), { recursive: true })
})
afterEach(() => {
  rmSync(house, { recursive: true })
})

const folder = () => join(house, 'locales')
const english = (): Locale => {
  const locale = loadLocales(folder()).locales.get('en')
  if (locale === undefined) throw new Error('en is gone')
  return locale
}
const review = (section: string, by = 'GBV specialist, an organisation') =>
  run(['review', '--lang', 'en', '--section', section, '--by', by], folder())
/** One text or list of the copy becomes another. */
function change(file: string, from: string, to: string): void {
  const path = join(folder(), 'en', file)
  const before = readFileSync(path, 'utf8')
  expect(before).toContain(from)
  writeFileSync(path, before.replace(from, to))
}
const config = (variables: Record<string, string>) => {
  const read = readConfig(variables)
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  return read.config
}

describe('a review', () => {
  test('is written beside who and when, and everything else in the file stays', async () => {
    const before = readFileSync(join(folder(), 'en/locale.json'), 'utf8')
    expect(SECTIONS.map((section) => reviewStateOf(english(), section))).toEqual(
      SECTIONS.map(() => 'drafted'),
    )
    expect(await review('danger')).toBe(0)
    const after = readFileSync(join(folder(), 'en/locale.json'), 'utf8')
    expect(after.slice(0, after.indexOf('"review"'))).toBe(before.slice(0, before.indexOf('"review"')))
    expect(english().review['danger']).toMatchObject({ by: 'GBV specialist, an organisation' })
    expect(reviewStateOf(english(), 'danger')).toBe('reviewed')
    expect(await review('rest')).toBe(0)
    expect(Object.keys(english().review)).toEqual(['danger', 'rest'])
  })

  test('where the program is installed it is refused in one line: its user may not write there', () => {
    const file = join(folder(), 'en/locale.json')
    const before = readFileSync(file, 'utf8')
    for (const path of [house, folder(), join(folder(), 'en')]) chmodSync(path, 0o555)
    chmodSync(file, 0o444)
    const words = ['review', '--lang', 'en', '--section', 'danger', '--by', 'GBV specialist']
    // Loaded before it becomes another user, who may not read where we are.
    const program = `import { run } from ${JSON.stringify(join(HOUSE, 'src/cli/locales.ts'))}
      import ${JSON.stringify(join(HOUSE, 'src/cli/locales/review.ts'))}
      if (process.getuid?.() === 0) process.setgid(65_532), process.setuid(65_532)
      process.exitCode = await run(${JSON.stringify(words)}, ${JSON.stringify(folder())})`
    const asked = ['--input-type=module', '--eval', program]
    const { status, stderr, stdout } = spawnSync(process.execPath, asked, {
      cwd: '/',
      encoding: 'utf8',
    })
    for (const path of [house, folder(), join(folder(), 'en')]) chmodSync(path, 0o755)
    expect([stdout, stderr]).toEqual([
      '',
      `${file} cannot be written (EACCES). Do this in the sources, before they are installed or built into an image (docs/deploy.md).\n`,
    ])
    expect(status).toBe(1)
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  test.each([
    ['danger', 'messages.json', 'You know your home best', 'You know your place best'],
    ['exit', 'cover.json', '"lines": [', '"lines": [\n    "The tide tables are out.",'],
    ['consent', 'messages.json', 'is kept locked', 'is kept well locked'],
    ['rest', 'messages.json', '"listLabel": "Choose"', '"listLabel": "Pick"'],
  ] as const)('of %s is over when %s says something else', async (section, file, from, to) => {
    for (const one of SECTIONS) await review(one)
    change(file, from, to)
    expect(SECTIONS.filter((one) => reviewStateOf(english(), one) !== 'reviewed')).toEqual([section])
    expect(reviewStateOf(english(), section)).toBe('changed')
  })

  test('covers every page and every list: none belongs to no section', () => {
    const whole = english()
    const digests = () => SECTIONS.map((section) => digestOf(english(), section))
    const before = digests()
    for (const flow of Object.keys(whole.messages.pages)) {
      const changed = {
        ...whole,
        messages: { ...whole.messages, pages: { ...whole.messages.pages, [flow]: {} } },
      }
      const after = SECTIONS.map((section) => digestOf(changed, section))
      expect(after, flow).not.toEqual(before)
    }
    for (const list of Object.keys(whole.words)) {
      const changed = { ...whole, words: { ...whole.words, [list]: ['another'] } }
      const after = SECTIONS.map((section) => digestOf(changed, section))
      expect(after, list).not.toEqual(before)
    }
  })

  test.each([
    [['review', '--lang', 'en', '--section', 'danger']],
    [['review', '--lang', 'en', '--section', 'everything', '--by', 'x']],
    [['review', '--lang', 'en', '--section', 'danger', '--by', '  ']],
    [['renew']],
    [['--lang', 'en']],
  ])('%j is answered with how to use it', async (args) => {
    expect(await run(args, folder())).toBe(1)
    expect(said.lines().join('\n')).toContain('Usage: npm run -s lantern -- locales')
  })

  test('of a language that is not there is refused', async () => {
    expect(await run(['review', '--lang', 'xx', '--section', 'danger', '--by', 'x'], folder())).toBe(1)
    expect(said.lines()).toEqual(['There is no language xx. There are: en.'])
  })

  test('is listed by section', async () => {
    await review('exit')
    said.forget()
    expect(await run([], folder())).toBe(0)
    expect(said.lines().join('\n')).toMatch(
      /^en {2}English\n {2}exit {4}reviewed \(GBV specialist, an organisation, \d{4}-/u,
    )
    expect(said.lines().join('\n')).toContain('  wipe    drafted, nobody has reviewed it')
  })
})

describe('in production', () => {
  test('a language is served when its safety sections are reviewed', async () => {
    const settings = config({ NODE_ENV: 'production' })
    expect(() => servedLocales(house, settings)).toThrow(
      'nobody has reviewed: exit, wipe, danger, health, consent',
    )
    for (const section of SAFETY_SECTIONS) await review(section)
    expect(unreviewedOf(english())).toEqual([])
    expect([...servedLocales(house, settings).keys()]).toEqual(['en'])
  })

  test('or when the operator answers for it, and lantern check goes on saying so', () => {
    const answered = { NODE_ENV: 'production', UNREVIEWED_LANGUAGES: 'en' }
    expect([...servedLocales(house, config(answered)).keys()]).toEqual(['en'])
    cpSync(join(HOUSE, 'packs/demo'), join(house, 'packs/demo'), { recursive: true })
    expect(checkConfiguration(house, answered)).toMatchObject([
      { key: 'UNREVIEWED_LANGUAGES', problem: 'serves en, which nobody has reviewed' },
    ])
    expect(checkConfiguration(house, { NODE_ENV: 'production' })).toMatchObject([
      { key: 'LANGUAGES', problem: expect.stringContaining('names en, in which nobody has reviewed') },
    ])
    expect(checkConfiguration(house, {})).toEqual([])
  })
})
