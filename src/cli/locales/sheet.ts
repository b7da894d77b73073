import readWorkbook from 'read-excel-file/node'
import writeWorkbook, { type SheetData } from 'write-excel-file/node'
import type { Row } from './rows.ts'

/** The texts as a spreadsheet: one row a text, the two columns that a translator fills on white, the others on grey. */
const COLUMNS = [
  { name: 'Key', width: 30, of: ({ key }: Row) => key },
  { name: 'Picture', width: 22, of: ({ picture }: Row) => picture },
  { name: 'What it is', width: 34, of: ({ context }: Row) => context },
  { name: 'English', width: 60, of: ({ english }: Row) => english },
  { name: 'Translation', width: 60, of: ({ text }: Row) => text, own: true },
  { name: 'Back into English', width: 60, of: () => '', own: true },
  { name: 'Review', width: 12, of: ({ review }: Row) => review },
] as const

export async function writeSheet(path: string, rows: readonly Row[], tag: string): Promise<void> {
  const head = COLUMNS.map(({ name }) => ({ value: name, fontWeight: 'bold' as const }))
  const data: SheetData = [
    head,
    ...rows.map((row) =>
      COLUMNS.map((column) => ({
        value: column.of(row),
        type: String,
        wrap: true,
        alignVertical: 'top' as const,
        ...('own' in column ? {} : { backgroundColor: '#eeeeee' }),
      })),
    ),
  ]
  const columns = COLUMNS.map(({ width }) => ({ width }))
  await writeWorkbook(data, { columns, sheet: tag, stickyRowsCount: 1 }).toFile(path)
}

/** Key and text of every row. Throws where the columns are not ours. */
export async function readSheet(path: string): Promise<Map<string, string>> {
  const [sheet] = await readWorkbook(path, { trim: false })
  const [head = [], ...rows] = sheet?.data ?? []
  const [key, text] = ['Key', 'Translation'].map((name) => head.indexOf(name))
  if (key === undefined || text === undefined || key < 0 || text < 0)
    throw new Error('the first row has no columns "Key" and "Translation"')
  return new Map(
    rows.filter((row) => row[key] !== null).map((row) => [String(row[key]), String(row[text] ?? '')]),
  )
}
