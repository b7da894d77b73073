/** Ids are kept as bytes and handed out as base64url; SQLite's answers are narrowed here and nowhere else. */
export type Row = Readonly<Record<string, unknown>>

export const toBytes = (id: string): Buffer => Buffer.from(id, 'base64url')

export function idIn<Id extends string>(row: Row, column: string): Id {
  return Buffer.from(bytesIn(row, column)).toString('base64url') as Id
}

export function bytesIn(row: Row, column: string): Uint8Array {
  const value = row[column]
  if (!(value instanceof Uint8Array)) throw new TypeError(`the column ${column} does not hold bytes`)
  return value
}

export function numberIn(row: Row, column: string): number {
  const value = row[column]
  if (typeof value !== 'number') throw new TypeError(`the column ${column} does not hold a number`)
  return value
}
