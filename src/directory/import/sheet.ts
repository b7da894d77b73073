/** A table as it stands in a file, before anything in it is understood. */
export interface Sheet {
  /** As in the file. */
  heading: readonly string[]
  rows: readonly SheetRow[]
}

export interface SheetRow {
  /** As a spreadsheet counts (the first row is 1), or the number of the record from 1. */
  row: number
  cells: readonly string[]
}
