import { guarded } from '../pack/formula-guard.ts'
import type { Pack } from '../pack/pack.ts'
import type { Service } from '../service.ts'
import { csvText } from './csv-text.ts'
import { languagesOf, serviceRow } from './service-row.ts'
import { type TemplateColumn, templateColumns } from './template-columns.ts'

/** The services as a table of the template, ready to be written as CSV, HXL or a workbook; every cell is text. */
export interface ServiceTable {
  columns: readonly TemplateColumn[]
  rows: readonly (readonly string[])[]
}

/** Without services it is the empty template. */
export function serviceTable(
  services: readonly Service[],
  { languages }: Pick<Pack, 'languages'>,
): ServiceTable {
  const columns = templateColumns(languagesOf(services, languages))
  const names = columns.map(({ column }) => column)
  const first = languages[0] ?? 'en'
  return {
    columns,
    rows: services.map((service) => serviceRow(service, { columns: names, first }).map(guarded)),
  }
}

export function csvOf({ columns, rows }: ServiceTable, how: 'plain' | 'hxl' = 'plain'): string {
  const heading = columns.map(({ column }) => column)
  const tags = how === 'hxl' ? [columns.map(({ hxl }) => hxl)] : []
  return csvText([heading, ...tags, ...rows])
}
