import { tokens } from '../../../conversation/understand/tokens.ts'
import { isNothing } from '../cells/nothing.ts'
import { valueOf } from '../cells/vocabulary.ts'
import type { Finding } from '../finding.ts'
import type { SheetRow } from '../sheet.ts'
import { FILLERS, PERMISSIONS } from '../words/permissions.ts'

/**
 * A column of yes and no that says which rows may be shown, under a name that the template does not have. Passed over like any
 * unknown column, it would let in what it keeps back; so nothing goes in before somebody has said what it means.
 */
const FILLER = new Set(tokens(FILLERS))
const question = (heading: string) =>
  tokens(heading.replaceAll(/['’_]/gu, ' '))
    .filter((word) => !FILLER.has(word))
    .join(' ')
const QUESTIONS = new Set(PERMISSIONS.flatMap((line) => line.split('|')).map(question))
const LONGEST = 200

/** Without them a service is public: they are read, or no row goes in. */
const RESTRICTING: ReadonlySet<string> = new Set(['visibility', 'address_public'])

export const restricts = (column: string): boolean => RESTRICTING.has(column)

export function isPermission(heading: string, at: number, rows: readonly SheetRow[]): boolean {
  const cells = rows.map((row) => (row.cells[at] ?? '').trim()).filter((cell) => !isNothing(cell))
  const seen = cells.map((cell) => valueOf('visibility', cell))
  // Under whatever name: "internal" in some rows, "public" in the others.
  if (seen.every((value) => value !== undefined) && seen.some((value) => value !== 'public')) return true
  if (heading.length > LONGEST) return false
  const last =
    heading
      .replaceAll(/[([][^()[\]]*[)\]]/gu, ' ')
      .split('/')
      .at(-1) ?? ''
  return (
    QUESTIONS.has(question(last)) && cells.every((cell) => valueOf('referral_needed', cell) !== undefined)
  )
}

export function permissionFinding(heading: string): Finding {
  return {
    column: heading.slice(0, 80),
    kind: 'refused',
    problem: 'says which services may be shown, but not in words that are known, so no row goes in',
    remedy:
      'Name it visibility and write public, on_request or staff_only in each row. If it says something else, leave it out in a mapping.',
  }
}

/** Of a column that restricts, which another one is already or whose heading says more than is known. */
export function restrictingFinding(heading: string, column: string): Finding {
  return {
    column: heading.slice(0, 80),
    kind: 'refused',
    problem: `may be ${column}, which says what may be shown, and is not surely understood, so no row goes in`,
    remedy: `Keep one such column and name it ${column}, or leave this one out in a mapping.`,
  }
}
