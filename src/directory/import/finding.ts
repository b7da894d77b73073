/**
 * What an import says of a file, for the officer who keeps it. Reads as "row, column: problem. remedy", in short words
 * without blame. It never quotes what a cell held: that may be a person's number.
 */
export interface Finding {
  /** Without it the whole column, or the whole file. */
  row?: number
  /** As the file's heading calls it; the template's name where the file has no such column. */
  column?: string
  /**
   * refused: the row (or the file) does not go in. held: the row does not go in before somebody has looked at it. quarantined: what the cell held is left out, the rest of the row goes in.
   * mended: read otherwise than it is written. note: only worth knowing.
   */
  kind: 'refused' | 'held' | 'quarantined' | 'mended' | 'note'
  /** The end of a sentence that begins with the column. */
  problem: string
  /** What to do. */
  remedy: string
}
