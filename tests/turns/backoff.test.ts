import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GIVE_UP_MS, nextTryMs } from '../../src/turns/courier/backoff.ts'

describe('when a message is tried again', () => {
  it('is between a moment and ten minutes, and never before the platform said', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.nat(400), share, fc.nat(3_600_000), (attempts, dice, platformMs) => {
        const ms = nextTryMs({ attempts, lateMs: 0, platformMs }, dice) ?? 0
        expect(ms).toBeGreaterThanOrEqual(Math.max(200, platformMs))
        expect(ms).toBeLessThanOrEqual(Math.max(600_000, platformMs))
      }),
    )
  })

  it('grows twofold up to the cap, and the dice choose below it', () => {
    const highest = [0, 1, 2, 3, 9, 10, 30].map((attempts) => nextTryMs({ attempts, lateMs: 0 }, 1))
    expect(highest).toEqual([1_000, 2_000, 4_000, 8_000, 512_000, 600_000, 600_000])
    expect(nextTryMs({ attempts: 3, lateMs: 0 }, 0.5)).toBe(4_000)
  })

  it('is never once a day has passed, however seldom it was tried', () => {
    expect(nextTryMs({ attempts: 1, lateMs: GIVE_UP_MS - 2_000 }, 1)).toBe(2_000)
    expect(nextTryMs({ attempts: 1, lateMs: GIVE_UP_MS - 1_999 }, 1)).toBeUndefined()
    expect(nextTryMs({ attempts: 0, lateMs: 0, platformMs: GIVE_UP_MS + 1 }, 1)).toBeUndefined()
  })
})
