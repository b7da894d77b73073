import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBuckets } from '../../src/operations/buckets.ts'

function start(burst: number, everyMs: number) {
  let now = 1_000_000
  const clock = { now: () => now }
  return { buckets: createBuckets(clock, { burst, everyMs }), pass: (ms: number) => void (now += ms) }
}

describe('a bucket', () => {
  it('gives a burst at once, and then one in each span', () => {
    const { buckets, pass } = start(3, 6_000)
    expect([1, 2, 3].map(() => buckets.take('a'))).toEqual([0, 0, 0])
    expect(buckets.take('a')).toBe(6_000)
    pass(2_000)
    expect(buckets.take('a')).toBe(4_000)
    pass(4_000)
    expect(buckets.take('a')).toBe(0)
    expect(buckets.take('a')).toBe(6_000)
  })

  it('is full again after silence, and never fuller', () => {
    const { buckets, pass } = start(2, 1_000)
    for (let n = 0; n < 2; n += 1) buckets.take('a')
    pass(3_600_000)
    expect([buckets.take('a'), buckets.take('a'), buckets.take('a')]).toEqual([0, 0, 1_000])
  })

  it('lets what is urgent through, and the rest waits for longer', () => {
    const { buckets } = start(1, 1_000)
    buckets.force('a')
    buckets.force('a')
    expect(buckets.take('a')).toBe(2_000)
  })

  it("does not run backwards with the machine's time", () => {
    const { buckets, pass } = start(1, 1_000)
    buckets.take('a')
    pass(-3_600_000)
    expect(buckets.take('a')).toBe(1_000)
  })

  it('never gives one name more than its burst and its rate, whatever others take', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ who: fc.constantFrom('a', 'b', 'c'), ms: fc.integer({ min: 0, max: 3_000 }) })),
        (takes) => {
          const { buckets, pass } = start(4, 1_000)
          let passed = 0
          let given = 0
          for (const { who, ms } of takes) {
            pass(ms)
            passed += ms
            if (buckets.take(who) === 0 && who === 'a') given += 1
          }
          expect(given).toBeLessThanOrEqual(4 + Math.ceil(passed / 1_000))
        },
      ),
    )
  })
})
