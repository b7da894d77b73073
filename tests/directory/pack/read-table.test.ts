import { describe, expect, it } from 'vitest'
import { readTable } from '../../../src/directory/pack/read-table.ts'

const columns = { required: ['id'], isKnown: (name: string) => ['id', 'name'].includes(name) }
const rowsOf = (content: string) =>
  readTable('a.csv', content, columns).table.rows.map(({ row, cells }) => [row, ...cells.values()])

describe('a table', () => {
  it.each([
    ['commas', 'id,name\na,"one, two"\n'],
    ['semicolons', 'id;name\na;one, two\n'],
    ['tabs, a byte order mark and the line ends of another system', '\uFEFFid\tname\r\na\tone, two\r\n'],
    ['capitals and spaces in the heading', 'ID , Name\n a , "one, two" \n'],
  ])('is read with %s', (_, content) => {
    expect(rowsOf(content)).toEqual([[2, 'a', 'one, two']])
  })

  it('keeps the row numbers of a spreadsheet over empty rows, tags and cells of several lines', () => {
    expect(rowsOf('id,name\n#service+id,#service+name\n,\n\na,"one\ntwo"\nb,three\n')).toEqual([
      [5, 'a', 'one\ntwo'],
      [6, 'b', 'three'],
    ])
  })

  it('is refused whole for a column that is not known, since that may hold private data', () => {
    const { table, problems } = readTable('a.csv', 'id,comments\na,call Example at home\n', columns)
    expect(table.rows).toEqual([])
    expect(problems).toEqual([expect.objectContaining({ file: 'a.csv', row: 1, field: 'comments' })])
    expect(JSON.stringify(problems)).not.toContain('at home')
  })

  it.each(['', '\n', 'id,name\na,"one\n', '\0'.repeat(1000), 'name\nb\n'])('never throws: %j', (content) => {
    expect(readTable('a.csv', content, columns).problems.length).toBeGreaterThan(0)
  })

  it('reads the other rows beside a faulty one', () => {
    const { table, problems } = readTable('a.csv', 'id,name\na,b,c\nd,e\n', columns)
    expect(problems).toEqual([expect.objectContaining({ row: 2 })])
    expect(table.rows.map(({ row }) => row)).toEqual([3])
  })
})
