import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { guarded, unguarded } from '../../../src/directory/pack/formula-guard.ts'

describe('a cell that a spreadsheet would calculate', () => {
  test.each(['=1+1', '+SUM(A1)', '-cmd|x', '@SUM(A1)', '\t=1', '＝1+1', "'=1"])('is guarded: %j', (cell) => {
    expect(guarded(cell)).toBe(`'${cell}`)
  })

  test.each(['+999 000 0001', '+999 000 0001;+999 000 0002', '-38.18', '', 'a=1', "'quoted'", '*123#'])(
    'what it would only show stays as it is: %j',
    (cell) => {
      expect(guarded(cell)).toBe(cell)
    },
  )

  test('a number that somebody guarded by hand loses its apostrophe', () => {
    expect(unguarded("'+999 000 0001")).toBe('+999 000 0001')
  })

  test('any cell is the same after it went out and came in', () => {
    const cell = fc.string({ unit: fc.constantFrom('=', '+', '-', '@', "'", '\t', '1', ' ', 'a', '＝') })
    fc.assert(
      fc.property(cell, (text) => {
        expect(unguarded(guarded(text))).toBe(text)
      }),
    )
  })
})
