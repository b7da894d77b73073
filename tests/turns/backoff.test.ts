import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextTryMs } from '../../src/turns/backoff.ts'

describe('when a message is tried again', () => {
  it('stays between a moment and ten minutes, and never before the platform said', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.nat(149), share, fc.nat(3_600_000), (attempts, part, platform) => {
        const ms = nextTryMs(attempts, part, platform) ?? 0
        expect(ms).toBeGreaterThanOrEqual(Math.max(200, platform))
        expect(ms).toBeLessThanOrEqual(Math.max(600_000, platform))
      }),
    )
  })

  it('ends after about a day', () => {
    expect(nextTryMs(150, 0.5)).toBeUndefined()
    const total = Array.from({ length: 150 }, (_, attempts) => nextTryMs(attempts, 1) ?? 0).reduce(
      (a, b) => a + b,
      0,
    )
    expect(total / 3_600_000).toBeGreaterThan(20)
    expect(total / 3_600_000).toBeLessThan(28)
  })
})
