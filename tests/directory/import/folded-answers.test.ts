import { describe, expect, test } from 'vitest'
import { GOOD, imported, said, sheetOf } from './import-files.ts'

/** Forms that give each answer of a list a column of its own. */
const serves = (answers: Record<string, string>) =>
  imported(
    sheetOf({
      ...GOOD,
      ...Object.fromEntries(Object.entries(answers).map(([name, cell]) => [`Serves/${name}`, cell])),
    }),
  )

describe('an answer in a column of its own', () => {
  test('is yes in every way to say so', async () => {
    const report = await serves({
      Women: 'Oui',
      Girls: 'Y',
      Boys: 'Sí',
      Men: '1',
      Refugees: 'نعم',
      Migrants: 'так',
      IDPs: '✔️',
      Everyone: 'TRUE',
      'Asylum seekers': '1.0',
      'Older people': 'older people',
      Undocumented: 'X',
    })
    expect(said(report)).toEqual([])
    expect(report.services[0]?.serves).toHaveLength(11)
  })

  test('is no in every way to say so, and where nothing stands', async () => {
    const no = {
      Girls: 'Non',
      Boys: 'N',
      Men: '0',
      Refugees: 'لا',
      Migrants: 'ні',
      IDPs: '',
      Everyone: 'FALSE',
    }
    const report = await serves({ Women: 'yes', ...no, 'Older people': '0.0', Undocumented: 'n/a' })
    expect(said(report)).toEqual([])
    expect(report.services[0]?.serves).toEqual(['women'])
  })

  test.each(['maybe', '2', 'by phone', 'men'])('"%s" is left out, and said', async (cell) => {
    const report = await serves({ Women: 'yes', Girls: cell })
    expect(said(report)).toEqual([
      '2 Serves/Girls quarantined says neither yes nor no, so this answer was left out',
    ])
    expect(report.services[0]?.serves).toEqual(['women'])
  })
})
