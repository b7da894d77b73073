import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Foreign } from '../../../../src/directory/import/foreign.ts'
import { FORMATS } from '../../../../src/directory/import/formats.ts'
import { plainLine, shortened } from '../../../../src/directory/import/formats/lenient.ts'
import { isServiceColumn } from '../../../../src/directory/pack/service-columns.ts'
import { jsonFile, packageFolder, PACK } from './foreign-files.ts'

/** Whatever a file holds, it is read or refused; nothing throws, and nothing leaves the template's columns. */
function readByEach(foreign: Foreign): void {
  for (const format of FORMATS) {
    void format.isOne(foreign)
    const { sheet, findings } = format.read(foreign, PACK)
    for (const { cells } of sheet.rows)
      if (cells.length !== sheet.heading.length) throw new Error('rows are not as wide')
    if (!sheet.heading.every(isServiceColumn)) throw new Error(sheet.heading.join())
    if (findings.some(({ problem, remedy }) => problem === '' || remedy === ''))
      throw new Error('nothing is said')
  }
}

/** The file with one value in it replaced by anything. */
function spoiled(value: unknown, path: number, by: unknown): unknown {
  const places: (() => unknown)[] = []
  const visit = (node: unknown, rebuild: (inner: unknown) => unknown): void => {
    places.push(() => rebuild(by))
    if (typeof node !== 'object' || node === null) return
    for (const [key, inner] of Object.entries(node))
      visit(inner, (changed) =>
        rebuild(Array.isArray(node) ? node.with(Number(key), changed) : { ...node, [key]: changed }),
      )
  }
  visit(value, (changed) => changed)
  return places[path % places.length]?.()
}

const anything = fc.anything({ withNullPrototype: true, withDate: true, withMap: true, maxDepth: 4 })
const odd = fc.oneof(
  anything,
  fc.constantFrom(
    null,
    '',
    [],
    {},
    [null],
    [[]],
    '__proto__',
    Number.NaN,
    'x'.repeat(30_000),
    '<'.repeat(5000),
  ),
)

describe('any value', () => {
  test('is read or refused', () => {
    fc.assert(
      fc.property(anything, (value) => readByEach({ kind: 'json', value })),
      { numRuns: 120 },
    )
    fc.assert(
      fc.property(fc.array(odd), fc.constantFrom('contents', 'data', 'features'), (entries, field) =>
        readByEach({ kind: 'json', value: { [field]: entries } }),
      ),
      { numRuns: 120 },
    )
  })

  test.each(['hsds-page.json', 'signpost.json', 'activity-info.json'])(
    'in the place of any of %s is, too',
    (name) => {
      const { value } = jsonFile(name)
      fc.assert(
        fc.property(fc.nat(), odd, (path, by) =>
          readByEach({ kind: 'json', value: spoiled(value, path, by) }),
        ),
        { numRuns: 200 },
      )
    },
  )

  test('in the place of any file of a package is, too', () => {
    const { files } = packageFolder('hsds-package')
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('"', ',', '\n', 'id', 'a', '__proto__') }),
      fc.json(),
    )
    fc.assert(
      fc.property(fc.constantFrom(...files.keys()), text, (path, content) =>
        readByEach({ kind: 'package', files: new Map(files).set(path, content) }),
      ),
      { numRuns: 120 },
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), text)), (some) =>
        readByEach({ kind: 'package', files: new Map(some) }),
      ),
    )
  })
})

describe('a text from elsewhere', () => {
  test('is one line without markup or marks that turn the direction', () => {
    expect(plainLine('<p>a&nbsp;&amp;\n<b>b</b>\u202E c</p> 1 < 2')).toBe('a & b c 1 < 2')
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(plainLine(value)).toMatch(/^[^\p{Cc}\u202A-\u202E\u2066-\u2069]*$/u)
      }),
    )
  })

  test('that is too long ends behind a sentence, or a word, and is never longer than it may be', () => {
    expect(shortened('One two. Three four five six.', 20)).toBe('One two.')
    expect(shortened('Onetwo threefour five six.', 20)).toBe('Onetwo threefour…')
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        fc.integer({ min: 5, max: 60 }),
        (value, longest) => {
          expect(shortened(value, longest).length).toBeLessThanOrEqual(longest)
        },
      ),
    )
  })
})

test('a status that is the name of an object’s own insides is a word like any other', () => {
  const spoil = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value).replaceAll(/"status":"[^"]*"/gu, '"status":"__proto__"'))
  for (const name of ['hsds-page.json', 'signpost.json', 'activity-info.json'])
    readByEach({ kind: 'json', value: spoil(jsonFile(name).value) })
})
