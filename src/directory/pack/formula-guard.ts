/**
 * A cell that a spreadsheet would calculate instead of showing it is written with an apostrophe before it, and read without
 * that apostrophe. Phone numbers and negative numbers have nothing that can be calculated into harm and stay as they are.
 */
const RISKY = /^'*[=+\-@\t\r＝＋－＠]/u
const NUMBER = /^[+-][\d\s().,*#/;+-]*$/u
const GUARDED = /^'+[=+\-@\t\r＝＋－＠]/u

export function guarded(cell: string): string {
  return RISKY.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell
}

export function unguarded(cell: string): string {
  return GUARDED.test(cell) ? cell.slice(1) : cell
}
