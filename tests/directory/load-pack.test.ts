import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadPack } from '../../src/directory/load-pack.ts'

/** A copy of the demo pack with something broken in it. */
function broken(file: string, change: (content: string) => string) {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-pack-'))
  cpSync(join(import.meta.dirname, '../../packs/demo'), folder, { recursive: true })
  writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')))
  return loadPack(folder).problems
}

describe('a pack that cannot be used as it is', () => {
  it.each([
    ['status', (csv: string) => csv.replace(',active,', ',alive,'), 'status', 2],
    ['a date', (csv: string) => csv.replace('2099-12-31', '31.12.2099'), 'review_by', 2],
    ['an unknown kind', (csv: string) => csv.replace('hotline;mhpss', 'horoscope'), 'categories', 2],
    [
      'an id that is there twice',
      (csv: string) => csv.replace('hotline-children', 'hotline-women'),
      'service_id',
      3,
    ],
    ['an unknown area', (csv: string) => csv.replace(',XV01,', ',XV99,'), 'adm1_pcode', 5],
    ['a place off the globe', (csv: string) => csv.replace(/-3[78]\.\d+/u, '-138.1'), 'lat', 5],
  ])('%s: names file, row, column and what to do', (_name, change, field, row) => {
    const [first] = broken('services.csv', change)
    expect(first).toMatchObject({ file: 'services.csv', field, row })
    expect(first?.problem.length).toBeGreaterThan(5)
    expect(first?.remedy.length).toBeGreaterThan(5)
  })

  it('refuses a secret address instead of hiding it', () => {
    const problems = broken('services.csv', (csv) =>
      csv.replace(/^(house-of-rest,.*?,XV01),,no,/mu, '$1,9 Hidden Lane,no,'),
    )
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ field: 'address', file: 'services.csv' })
    expect(JSON.stringify(problems)).not.toContain('Hidden Lane')
  })

  it('names a row whose cells do not fit, broken JSON and a missing file', () => {
    expect(broken('services.csv', (csv) => `${csv}one,two\n`)[0]).toMatchObject({ file: 'services.csv' })
    expect(broken('pack.json', () => '{')[0]).toMatchObject({ file: 'pack.json', problem: 'is not JSON' })
    expect(broken('pack.json', (json) => json.replace('Africa/Nairobi', 'Africa/Nowhere'))[0]).toMatchObject({
      field: 'timeZone',
    })
    expect(loadPack(join(tmpdir(), 'no-such-pack')).problems.length).toBeGreaterThan(0)
  })
})
