import { expect, test } from 'vitest'
import { csvOf, serviceTable } from '../../../src/directory/export/service-table.ts'
import { workbookOf } from '../../../src/directory/export/workbook.ts'
import type { Service } from '../../../src/directory/service.ts'
import { demoPack } from '../demo.ts'
import { imported, said } from './import-files.ts'

/** What an officer takes out with `services export` and brings back is the list that it was. */
const pack = demoPack()
const withoutSource = (services: readonly Service[]) =>
  services.map((service) => ({ ...service, source: undefined }))

test('the demo pack as CSV, as HXL and as a workbook', async () => {
  const table = serviceTable(pack.services, pack)
  const files = [csvOf(table), csvOf(table, 'hxl'), await workbookOf(table)]
  for (const file of files) {
    const report = await imported(file, { pack })
    expect(report.findings.filter(({ kind }) => kind !== 'note')).toEqual([])
    expect(withoutSource(report.services)).toEqual(withoutSource(pack.services))
  }
})

test('a text that begins like a formula is itself again, and is not calculated on the way', async () => {
  const [first] = pack.services
  if (first === undefined) throw new Error('the demo pack is empty')
  for (const text of ['=1+1', "'=1+1", '+ and more', '@home', '-- by night']) {
    const service: Service = { ...first, summary: { en: text } }
    const csv = csvOf(serviceTable([service], pack))
    expect(csv).not.toContain(`,${text},`)
    const report = await imported(csv, { pack })
    expect(said(report).filter((line) => line.includes('refused'))).toEqual([])
    expect(report.services[0]?.summary).toEqual({ en: text })
  }
})
