import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { po } from 'gettext-parser'
import readWorkbook from 'read-excel-file/node'
import writeWorkbook from 'write-excel-file/node'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { leavesOf } from '../../src/cli/check/leaves.ts'
import { HOUSE } from '../../src/cli/house.ts'
import { run } from '../../src/cli/locales.ts'
import { whatIsSaid } from '../cli/said.ts'

/** The texts of a language out to a translator and back in. */
let home = ''
const said = whatIsSaid()
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lantern-translate-'))
  for (const tag of ['en', 'uk', 'ar'])
    cpSync(join(HOUSE, 'locales', tag), join(home, 'locales', tag), { recursive: true })
})
afterEach(() => {
  rmSync(home, { recursive: true })
})

const locales = (...args: string[]) => run(args, join(home, 'locales'))
const messages = (tag: string) => readFileSync(join(home, 'locales', tag, 'messages.json'), 'utf8')
const textsOf = (tag: string) => leavesOf(JSON.parse(messages(tag)))
const file = (name: string) => join(home, name)
const YES = 'pages.welcome.safeNow.choices.yes'

type Cells = (string | number | boolean | Date | null)[]
async function rows(name: string): Promise<Cells[]> {
  const [sheet] = await readWorkbook(file(name))
  return (sheet?.data ?? []) as Cells[]
}
/** As a translator saves it: the row of this key with another text. */
async function edited(from: string, to: string, texts: Record<string, string>): Promise<void> {
  const changed = (await rows(from)).map((row) =>
    row.map((cell, at) => ({
      value: (at === 4 && texts[String(row[0])]) || String(cell ?? ''),
      type: String,
    })),
  )
  await writeWorkbook(changed).toFile(file(to))
}

describe('a spreadsheet', () => {
  test('has every text with its place, its English and the state of its review', async () => {
    expect(await locales('export', '--lang', 'uk', '--xlsx', file('uk.xlsx'))).toBe(0)
    const [head, ...body] = await rows('uk.xlsx')
    expect(head).toEqual([
      'Key',
      'Picture',
      'What it is',
      'English',
      'Translation',
      'Back into English',
      'Review',
    ])
    expect(body.map(([key]) => String(key)).toSorted()).toEqual([...textsOf('uk').keys()].toSorted())
    const yes = body.find(([key]) => key === YES) ?? []
    expect(yes.slice(1)).toEqual([
      'docs/flows/welcome.svg',
      'Choice on the page welcome.safeNow: at most 24 characters, 20 as a button.',
      textsOf('en').get(YES),
      textsOf('uk').get(YES),
      null,
      'drafted',
    ])
  })

  test('comes back as it was: nothing changes, and the file stays to the byte', async () => {
    const before = messages('ar')
    await locales('export', '--lang', 'ar', '--xlsx', file('ar.xlsx'))
    expect(await locales('import', '--lang', 'ar', file('ar.xlsx'), '--write')).toBe(0)
    expect(said.lines()).toContain('0 texts change.')
    expect(messages('ar')).toBe(before)
  })

  test('with another text only tells until it is asked to write', async () => {
    const before = messages('uk')
    await locales('export', '--lang', 'uk', '--xlsx', file('uk.xlsx'))
    await edited('uk.xlsx', 'back.xlsx', { [YES]: 'Так, можна' })
    expect(await locales('import', '--lang', 'uk', file('back.xlsx'))).toBe(0)
    expect(said.lines().join('\n')).toContain(
      `${YES}\n  was: ${JSON.stringify(textsOf('uk').get(YES))}\n  is:  "Так, можна"`,
    )
    expect(messages('uk')).toBe(before)
    expect(await locales('import', '--lang', 'uk', file('back.xlsx'), '--write')).toBe(0)
    expect(textsOf('uk').get(YES)).toBe('Так, можна')
    expect(messages('uk').split('\n').length).toBe(before.split('\n').length)
  })

  test.each([
    ['a label that does not fit', YES, 'Так, зараз я можу читати спокійно', 'has 33 characters'],
    ['a lost placeholder', 'pages.welcome.kept.text', 'Я зберігаю мало.', 'has other placeholders'],
    ['words that may not be seen first', 'pages.menu.start.text', 'Насильство', 'in its first 60 characters'],
  ])('with %s is refused, and nothing is written', async (_, key, text, problem) => {
    const before = messages('uk')
    await locales('export', '--lang', 'uk', '--xlsx', file('uk.xlsx'))
    await edited('uk.xlsx', 'back.xlsx', { [key]: text })
    expect(await locales('import', '--lang', 'uk', file('back.xlsx'), '--write')).toBe(1)
    expect(said.lines().join('\n')).toMatch(
      new RegExp(`REFUSED ${key.replaceAll('.', '\\.')}.* ${problem}`, 'u'),
    )
    expect(said.lines().at(-1)).toContain('Nothing was written')
    expect(messages('uk')).toBe(before)
  })

  test('with a key that is not ours, or an empty text, is refused', async () => {
    const head = ['Key', 'Translation'].map((value) => ({ value, type: String }))
    const line = (...values: string[]) => values.map((value) => ({ value, type: String }))
    await writeWorkbook([head, line('pages.menu.start.txt', 'x'), line(YES, ' ')]).toFile(file('b.xlsx'))
    expect(await locales('import', '--lang', 'uk', file('b.xlsx'), '--write')).toBe(1)
    expect(said.lines()).toContain('REFUSED pages.menu.start.txt is no text of locales/uk/messages.json.')
    expect(said.lines()).toContain(`REFUSED ${YES} has no translation.`)
  })

  test('without our columns, or that is none, is named in a line', async () => {
    await writeWorkbook([[{ value: 'Name', type: String }]]).toFile(file('other.xlsx'))
    expect(await locales('import', '--lang', 'uk', file('other.xlsx'))).toBe(1)
    expect(said.lines().at(-1)).toContain('the first row has no columns "Key" and "Translation"')
    writeFileSync(file('none.xlsx'), 'hello')
    expect(await locales('import', '--lang', 'uk', file('none.xlsx'))).toBe(1)
    expect(said.lines().at(-1)).toContain('none.xlsx cannot be read')
  })
})

describe('a PO file', () => {
  test('has every text under its key, unsure until it is reviewed, and comes back', async () => {
    expect(await locales('export', '--lang', 'uk', '--po', file('uk.po'))).toBe(0)
    const read = po.parse(readFileSync(file('uk.po')))
    expect(
      Object.keys(read.translations)
        .filter((key) => key !== '')
        .toSorted(),
    ).toEqual([...textsOf('uk').keys()].toSorted())
    const [entry] = Object.values(read.translations[YES] ?? {})
    expect(entry?.comments).toMatchObject({ reference: 'docs/flows/welcome.svg', flag: 'fuzzy' })
    const before = messages('uk')
    expect(await locales('import', '--lang', 'uk', file('uk.po'), '--write')).toBe(0)
    expect(said.lines()).toContain('0 texts change.')
    expect(messages('uk')).toBe(before)
  })

  test('brings a change in', async () => {
    await locales('export', '--lang', 'uk', '--po', file('uk.po'))
    const text = readFileSync(file('uk.po'), 'utf8')
    const own = textsOf('uk').get(YES) ?? ''
    expect(text).toContain(`msgstr "${own}"`)
    writeFileSync(file('uk.po'), text.replaceAll(`msgstr "${own}"`, 'msgstr "Так, можна"'))
    expect(await locales('import', '--lang', 'uk', file('uk.po'), '--write')).toBe(0)
    expect(textsOf('uk').get(YES)).toBe('Так, можна')
  })

  test('that is none is named in a line', async () => {
    writeFileSync(file('none.po'), 'hello')
    expect(await locales('import', '--lang', 'uk', file('none.po'))).toBe(1)
    expect(said.lines().at(-1)).toContain('none.po cannot be read')
  })
})

test.each([
  [['export', '--lang', 'uk']],
  [['export', '--lang', 'uk', '--po', 'a', '--xlsx', 'b']],
  [['import', '--lang', 'uk']],
  [['import', 'a.po']],
  [['export', '--lang', 'uk', '--po', 'a', 'b']],
])('%j is answered with how to use it', async (args) => {
  expect(await locales(...args)).toBe(1)
  expect(said.lines().join('\n')).toContain('Usage: npm run -s lantern -- locales')
})

test('a language that is not there, and a file that cannot be written, are named', async () => {
  expect(await locales('export', '--lang', 'xx', '--po', file('xx.po'))).toBe(1)
  expect(said.lines()).toEqual(['There is no language xx. There are: en, ar, uk.'])
  expect(await locales('export', '--lang', 'uk', '--po', file('nowhere/uk.po'))).toBe(1)
  expect(said.lines().at(-1)).toContain('nowhere/uk.po cannot be written')
})
