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

export function isPermission(heading: string, at: number, rows: readonly SheetRow[]): boolean {
  if (heading.length > LONGEST) return false
  const last =
    heading
      .replaceAll(/[([][^()[\]]*[)\]]/gu, ' ')
      .split('/')
      .at(-1) ?? ''
  if (!QUESTIONS.has(question(last))) return false
  return rows.every(({ cells }) => {
    const cell = (cells[at] ?? '').trim()
    return isNothing(cell) || valueOf('referral_needed', cell) !== undefined
  })
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
