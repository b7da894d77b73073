/** Chance that comes again with its seed (mulberry32). */
export interface Chance {
  /** From 0 to 1, without 1. */
  next(): number
  whole(from: number, to: number): number
  of(share: number): boolean
  pick<T>(all: readonly T[]): T
  shuffled<T>(all: readonly T[]): T[]
}

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    whole,
    of: (share) => next() < share,
    pick<T>(all: readonly T[]): T {
      const one = all[whole(0, all.length - 1)]
      if (one === undefined) throw new Error('there is nothing to choose from')
      return one
    },
    shuffled: (all) =>
      all
        .map((one) => ({ one, place: next() }))
        .toSorted((a, b) => a.place - b.place)
        .map(({ one }) => one),
  }
}
