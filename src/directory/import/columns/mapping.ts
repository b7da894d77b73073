import { z } from 'zod'
import { isServiceColumn } from '../../pack/service-columns.ts'
import type { Finding } from '../finding.ts'

/**
 * What an officer has decided of a sheet's columns, kept as a small file: heading as it stands in the sheet to the template's
 * column, or to '' for a column that is left out.
 */
const schema = z.strictObject({ version: z.literal(1), columns: z.record(z.string(), z.string()) })
export type Mapping = Readonly<Record<string, string>>

export const GEOPOINT = 'geopoint'

export function readMapping(text: string): { mapping: Mapping; findings: Finding[] } | { problem: string } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { problem: 'is not JSON' }
  }
  const read = schema.safeParse(value)
  if (!read.success)
    return {
      problem: 'is not like {"version": 1, "columns": {"Heading in the sheet": "name_en", "Remarks": ""}}',
    }
  const findings: Finding[] = []
  const mapping: Record<string, string> = {}
  for (const [heading, column] of Object.entries(read.data.columns)) {
    if (column === '' || column === GEOPOINT || isServiceColumn(column)) mapping[heading] = column
    else
      findings.push({
        column: heading,
        kind: 'note',
        problem: 'is mapped to a column that the template does not have, so the line was not used',
        remedy: 'Use a column of the template, such as name_en, or "" to leave it out.',
      })
  }
  return { mapping, findings }
}

export function writeMapping(mapping: Mapping): string {
  return `${JSON.stringify({ version: 1, columns: mapping }, null, 2)}\n`
}
