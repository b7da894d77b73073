import { isInDate, todayIn } from '../../../directory/checks/freshness.ts'
import { guarded } from '../../../directory/pack/formula-guard.ts'
import { unserved } from '../../../directory/publishing/hindrances.ts'
import type { Finding } from '../../../directory/import/finding.ts'
import type { ImportReport } from '../../../directory/import/import-sheet.ts'
import type { Pack } from '../../../directory/pack/pack.ts'
import type { Instant } from '../../../operations/environment.ts'

/** What an import says, for the officer who reads it in a terminal, in a spreadsheet or with a script. */

const MOST_LINES = 200
const WIDEST_COLUMN = 28
const WORDS: Readonly<Record<Finding['kind'], string>> = {
  refused: 'REFUSED',
  held: 'HELD',
  quarantined: 'left out',
  mended: 'mended',
  note: 'note',
}

export function reportLines(report: ImportReport, pack: Pack, now: Instant): string[] {
  return [...table(report.findings), ...summary(report), ...afterwards(report, pack, now)]
}

/** A heading or a sheet's name comes from the file, and may hold anything. */
const plain = (text: string) => text.replace(/\p{C}/gu, ' ')

function table(findings: readonly Finding[]): string[] {
  if (findings.length === 0) return []
  const shown = findings.slice(0, MOST_LINES)
  const columns = shown.map(({ column = '' }) => cut(plain(column)))
  const width = Math.max('column'.length, ...columns.map((column) => column.length))
  const line = (row: string, column: string, what: string, why: string) =>
    `${row.padStart(6)}  ${column.padEnd(width)}  ${what.padEnd(8)}  ${why}`.trimEnd()
  const indent = ' '.repeat(6 + 2 + width + 2 + 8 + 2)
  return [
    line('row', 'column', 'what', 'why, and how to mend it'),
    ...shown.flatMap((finding, at) => [
      line(
        finding.row === undefined ? '' : String(finding.row),
        columns[at] ?? '',
        WORDS[finding.kind],
        sentence(finding),
      ),
      `${indent}${plain(finding.remedy)}`,
    ]),
    ...(findings.length > MOST_LINES
      ? [
          `       ... and ${(findings.length - MOST_LINES).toLocaleString('en')} more: --report FILE.csv has all of them.`,
        ]
      : []),
    '',
  ]
}

const cut = (text: string) => (text.length > WIDEST_COLUMN ? `${text.slice(0, WIDEST_COLUMN - 1)}…` : text)
const sentence = ({ problem }: Finding) => `${plain(problem)}.`

function summary(report: ImportReport): string[] {
  const { format, rows } = report
  const { goIn, refused, held, mended, quarantined } = countsOf(report)
  if (format === '') return ['The file could not be read, so nothing goes in.']
  return [
    `${format}, ${many(rows, 'row')}: ${goIn.toLocaleString('en')} ${goIn === 1 ? 'goes' : 'go'} in, ${refused.toLocaleString('en')} ${refused === 1 ? 'is' : 'are'} refused.`,
    ...(held === 0
      ? []
      : [`${many(held, 'row')} ${held === 1 ? 'waits' : 'wait'} for somebody to look at: see HELD above.`]),
    `${mended.toLocaleString('en')} mended, ${quarantined.toLocaleString('en')} left out.`,
  ]
}

function countsOf({ rows, services, findings }: ImportReport) {
  const count = (kind: Finding['kind']) => findings.filter((finding) => finding.kind === kind).length
  return {
    goIn: services.length,
    refused: rows - services.length - count('held'),
    held: count('held'),
    mended: count('mended'),
    quarantined: count('quarantined'),
  }
}

const many = (count: number, what: string) => `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`

/** What would be shown of it today. */
function afterwards({ services }: ImportReport, pack: Pack, now: Instant): string[] {
  if (services.length === 0) return []
  const today = todayIn(pack, now)
  const late = services.filter((service) => !isInDate(service, today)).length
  const hindrance = unserved(pack, services, now)
  const missing =
    hindrance?.kind === 'notServed'
      ? hindrance.missing
          .map((kind) => (kind === 'health' ? 'health service' : 'hotline'))
          .join(' and no fresh ')
      : ''
  return [
    ...(late === 0
      ? []
      : [
          `${many(late, 'service')} would not be shown: review_by or ends_on has passed. Call them, then set new dates.`,
        ]),
    ...(missing === ''
      ? []
      : [`With this list alone the pack has no fresh ${missing}, so nobody would be served from it.`]),
  ]
}

export function jsonOf(report: ImportReport) {
  const { format, rows, findings } = report
  return { format, rows, ...countsOf(report), findings }
}

/** Opened in a spreadsheet, no cell may begin a formula there. */
export function reportCsv({ findings }: ImportReport): string {
  const cell = (text: string) => `"${plain(guarded(text)).replaceAll('"', '""')}"`
  const rows = findings.map(({ row, column = '', kind, problem, remedy }) =>
    [row === undefined ? '' : String(row), column, WORDS[kind], problem, remedy].map(cell).join(','),
  )
  return `\uFEFF${['row,column,what,why,how to mend it', ...rows].join('\r\n')}\r\n`
}
