import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { inWords, problemsOf } from '../../src/cli/check.ts'
import { checkConfiguration } from '../../src/cli/check/configuration.ts'
import { checkPacks } from '../../src/cli/check/packs.ts'
import { HOUSE } from '../../src/cli/house.ts'
import { MONDAY } from '../conversation/english-engine.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-check-'))
  cpSync(join(HOUSE, 'packs/demo'), join(folder, 'demo'), { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

test('nothing is wrong in flows, languages, packs and the usual settings', { timeout: 60_000 }, async () => {
  expect(inWords(await problemsOf({}, MONDAY))).toBe('No problems found.')
})

describe('packs', () => {
  test('a pack in order has no problem', () => {
    expect(checkPacks(folder, MONDAY).problems).toEqual([])
  })

  test('a file that is missing or broken is named with what to do', () => {
    rmSync(join(folder, 'demo/holidays.csv'))
    writeFileSync(join(folder, 'demo/rights.json'), '{')
    const found = checkPacks(folder, MONDAY).problems
    expect(found.map(({ file }) => file).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'packs/demo/holidays.csv',
      'packs/demo/rights.json',
    ])
    for (const { remedy } of found) expect(remedy).not.toBe('')
  })

  test('a pack that nobody has checked for too long is not served, and that is said', () => {
    const found = checkPacks(folder, Date.UTC(2190, 0)).problems
    expect(found.map(({ problem }) => problem).join()).toContain('no fresh health service')
  })

  test('a pack that calls itself otherwise than its folder', () => {
    cpSync(join(folder, 'demo'), join(folder, 'other'), { recursive: true })
    expect(checkPacks(folder, MONDAY).problems).toMatchObject([{ file: 'packs/other/pack.json', key: 'id' }])
  })
})

describe('settings', () => {
  test('a faulty one is named', () => {
    expect(checkConfiguration(HOUSE, { PORT: 'eighty' })).toMatchObject([{ file: 'settings', key: 'PORT' }])
  })

  test('a pack or a language that is not there is named', () => {
    expect(checkConfiguration(HOUSE, { PACKS: 'atlantis', LANGUAGES: 'en,xx' })).toMatchObject([
      { key: 'PACKS', problem: expect.stringContaining('atlantis') },
      { key: 'LANGUAGES', problem: expect.stringContaining('xx') },
    ])
  })
})

test('problems are grouped by file, each with what to do', () => {
  const problem = { file: 'a.json', key: 'b', problem: 'is missing', remedy: 'Add it.' }
  expect(inWords([problem, { ...problem, key: '' }])).toBe(
    'a.json\n  b is missing.\n    Add it.\n  It is missing.\n    Add it.\n\n2 problems found.',
  )
})
