import type { Pack } from '../../pack/pack.ts'
import { stableId } from '../cells/slug.ts'
import type { Plan } from '../columns/plan.ts'
import type { Finding } from '../finding.ts'
import type { Findings } from './findings.ts'
import { headingOf, type MendedRow } from './mend-row.ts'

/** What a row leaves open and can be filled for it, each said: in the row where it differs, else once for its column. */
export function createFilling(plan: Plan, pack: Pack, said: Findings): (row: MendedRow) => MendedRow {
  return (row) => {
    const cells = new Map(row.cells)
    const findings = [...row.findings]
    const cell = (column: string) => cells.get(column) ?? ''
    const once = (column: string, problem: string, remedy: string) =>
      said.once({ column: headingOf(plan, column), kind: 'mended', problem, remedy })

    if (cell('country') === '') {
      cells.set('country', pack.country)
      once(
        'country',
        `is not given for every service, and was read as ${pack.country} there`,
        'Write the country of a service that lies elsewhere.',
      )
    }
    if (cell('visibility') === '' && cell('categories').split(';').includes('shelter'))
      once(
        'visibility',
        'is not given for a shelter, and was read as on_request: a phone line without its place',
        'Write staff_only for one that must never be shown.',
      )
    fillSource()
    if (cell('service_id') === '') {
      const id = stableId(nameIn(cells, pack), cell('org'))
      cells.set('service_id', id)
      findings.push(idFinding(row.row, headingOf(plan, 'service_id'), id))
    }
    return { ...row, cells, findings }

    /** How sure a page is means nothing without the page, and of a page of which nothing is said, little is known. */
    function fillSource(): void {
      if (cell('source_url') !== '') {
        if (cell('confidence') !== '') return
        cells.set('confidence', 'low')
        once('confidence', 'is not given for a source, and was read as low', 'Write high, medium or low.')
        return
      }
      const column = ['confidence', 'source_on'].find((one) => cell(one) !== '')
      if (column === undefined) return
      for (const one of ['confidence', 'source_on']) cells.set(one, '')
      const problem = 'is said of a source whose page is not given, so it was left out'
      const remedy = 'Write the address of the page as its source.'
      findings.push({ row: row.row, column: headingOf(plan, column), kind: 'quarantined', problem, remedy })
    }
  }
}

function idFinding(row: number, column: string, id: string): Finding {
  return {
    row,
    column,
    kind: 'mended',
    problem: `is empty, so the service is called ${id}`,
    remedy: 'Copy this id into the file, so that it stays the same when the name changes.',
  }
}

function nameIn(cells: ReadonlyMap<string, string>, pack: Pack): string {
  const names = [...cells].filter(([column, value]) => column.startsWith('name_') && value !== '')
  const order = [`name_${pack.languages[0] ?? 'en'}`, 'name_en']
  const first = order
    .map((column) => names.find(([name]) => name === column))
    .find((one) => one !== undefined)
  return (first ?? names[0])?.[1] ?? ''
}
