/**
 * What of a conversation stands in the statistics of a month already, so that nothing of it is counted twice: the month, and
 * a bit for each thing that can be counted (`src/conversation/counting.ts`). It is written short, `2609.1c`, since it is in
 * every record and most records fit into the smallest size that there is.
 */
export interface CountedIn {
  /** `2026-09` */
  month: string
  marks: number
}

/** She was answered by a caseworker. */
export const MARK_ANSWERED = 1
/** She left: what she reads from then on is counted no more, and what she read before is forgotten. */
export const MARK_OVER = 2

export function readCounted(counted: string): CountedIn | undefined {
  const [, year, month, marks] = /^(\d\d)(\d\d)\.([\da-z]{1,6})$/u.exec(counted) ?? []
  if (marks === undefined) return undefined
  return { month: `20${year}-${month}`, marks: Number.parseInt(marks, 36) }
}

export function writeCounted({ month, marks }: CountedIn): string {
  return `${month.slice(2, 4)}${month.slice(5)}.${marks.toString(36)}`
}

export function countedAfterExit(counted: string): string {
  const read = readCounted(counted)
  if (read === undefined) return ''
  return writeCounted({ ...read, marks: (read.marks & MARK_ANSWERED) | MARK_OVER })
}
