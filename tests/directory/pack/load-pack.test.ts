import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadPack } from '../../../src/directory/pack/load-pack.ts'

/** A copy of the demo pack with something broken in it. */
function broken(file: string, change: (content: string) => string) {
  const folder = join(mkdtempSync(join(tmpdir(), 'lantern-pack-')), 'demo')
  cpSync(join(import.meta.dirname, '../../../packs/demo'), folder, { recursive: true })
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
    ['half a place', (csv: string) => csv.replace(',-38.1800,', ',,'), 'lat', 5],
    ['a day that no calendar has', (csv: string) => csv.replace('2099-12-31', '2099-02-30'), 'review_by', 2],
    [
      'a review before the check',
      (csv: string) => csv.replace('2026-09-01,Demo desk,2099', '2026-09-01,Demo desk,2020'),
      'review_by',
      2,
    ],
    ['a long name', (csv: string) => csv.replace('Demo Listening Line', 'L'.repeat(61)), 'name_en', 2],
    ['a long text', (csv: string) => csv.replace('Trained people', 'L'.repeat(300)), 'description_en', 2],
    [
      'a hidden turn of direction',
      (csv: string) => csv.replace('Trained people', '\u202eTrained'),
      'description_en',
      2,
    ],
    ['an id with a space', (csv: string) => csv.replace('hotline-women', 'hotline women'), 'service_id', 2],
    [
      'neither yes nor no',
      (csv: string) => csv.replace(',phone,no,,yes,', ',phone,no,,maybe,'),
      'female_staff',
      2,
    ],
    ['words for a number', (csv: string) => csv.replace('+999 000 0001', 'ask at the door'), 'phone', 2],
    ['nothing to reach it by', (csv: string) => csv.replace('+999 000 0001,+999 000 0001', ','), 'phone', 2],
    ['an age in words', (csv: string) => csv.replace(',18,none,', ',eighteen,none,'), 'max_age', 3],
    ['another country', (csv: string) => csv.replace('public,XV', 'public,KE'), 'country', 2],
    [
      'one place without area',
      (csv: string) => csv.replace(',XV01,1 Example', ',,1 Example'),
      'adm1_pcode',
      5,
    ],
    [
      'an address that nobody called public',
      (csv: string) => csv.replace('1 Example Quay,yes', '1 Example Quay,'),
      'address_public',
      5,
    ],
    ['a public shelter', (csv: string) => csv.replace('on_request', 'public'), 'visibility', 14],
    ['more cells than the heading', (csv: string) => `${csv}x${',x'.repeat(40)}\n`, undefined, 41],
  ])('%s: names file, row, column and what to do', (_name, change, field, row) => {
    const [first] = broken('services.csv', change)
    expect(first).toMatchObject({ file: 'services.csv', ...(field === undefined ? {} : { field }), row })
    expect(first?.problem.length).toBeGreaterThan(5)
    expect(first?.remedy.length).toBeGreaterThan(5)
  })

  it.each([
    ['an address', 'XV01,,no,,,', 'XV01,9 Hidden Lane,no,,,', 'address'],
    ['coordinates', 'XV01,,no,,,', 'XV01,,no,-38.11,72.11,', 'lat'],
    ['an address said to be public', 'XV01,,no,,,', 'XV01,9 Hidden Lane,yes,,,', 'address'],
  ])('refuses %s of a secret place instead of hiding it', (_, from, to, field) => {
    const problems = broken('services.csv', (csv) =>
      csv.replace(`on_request,XV,${from}`, `on_request,XV,${to}`),
    )
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ field, file: 'services.csv', row: 14 })
    expect(JSON.stringify(problems)).not.toMatch(/Hidden Lane|38\.11/u)
  })

  it('names all the problems at once, each on one line', () => {
    const problems = broken('services.csv', (csv) =>
      csv.replace(',active,', ',alive,').replaceAll(',free,', ',gratis,'),
    )
    expect(problems.length).toBeGreaterThan(30)
    for (const { problem, remedy } of problems) expect(`${problem}. ${remedy}`).toMatch(/^\S.*[^.]\. .*\.$/u)
  })

  it.each([
    ['an unknown column', 'services.csv', (csv: string) => csv.replace('org,', 'org,comments,'), 'comments'],
    ['a column twice', 'services.csv', (csv: string) => csv.replace('org,', 'org,org,'), 'org'],
    ['a column left out', 'services.csv', (csv: string) => csv.replace(',review_by,', ',,'), 'review_by'],
    [
      'a holiday that is no date',
      'holidays.csv',
      (csv: string) => csv.replace(/^\d.*,/mu, 'Easter,'),
      'date',
    ],
    ['a country in words', 'pack.json', (json: string) => json.replace('"XV"', '"Velmora"'), 'country'],
    ['two areas of one id', 'pack.json', (json: string) => json.replace('"XV02"', '"XV01"'), 'areas'],
    [
      'a statement nobody knows',
      'pack.json',
      (json: string) => json.replace('policeReport', 'police'),
      'statements',
    ],
    [
      'a text without source',
      'rights.json',
      (json: string) => json.replace('"source"', '"sauce"'),
      'residence.source',
    ],
  ])('%s', (_, file, change, field) => {
    expect(broken(file, change)).toContainEqual(expect.objectContaining({ file, field }))
  })

  it('names a row whose cells do not fit, broken JSON and a missing file', () => {
    expect(broken('services.csv', (csv) => `${csv}one,two\n`)[0]).toMatchObject({ file: 'services.csv' })
    expect(broken('holidays.csv', () => 'date,name\n')).toMatchObject([{ file: 'holidays.csv' }])
    expect(broken('pack.json', () => '{')[0]).toMatchObject({ file: 'pack.json', problem: 'is not JSON' })
    expect(broken('pack.json', (json) => json.replace('Africa/Nairobi', 'Africa/Nowhere'))[0]).toMatchObject({
      field: 'timeZone',
    })
    expect(loadPack(join(tmpdir(), 'no-such-pack')).problems.length).toBeGreaterThan(0)
  })
})
