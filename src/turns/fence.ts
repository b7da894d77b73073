/**
 * Says of each conversation when it was last left or erased, in this process's own count. The courier notes the count
 * before it takes work and looks again right before each send, so nothing leaves after an exit, whatever is under way.
 */
export interface Fence {
  raise(id: string): void
  count(): number
  /** True when this conversation was left after `count` stood at this value. */
  raisedSince(id: string, count: number): boolean
}

/** Enough for every delivery that can be under way; the oldest are forgotten. */
const MOST_KEPT = 10_000

export function createFence(): Fence {
  const raised = new Map<string, number>()
  let counter = 0
  return {
    raise(id) {
      counter += 1
      raised.delete(id)
      raised.set(id, counter)
      const [oldest] = raised.keys()
      if (raised.size > MOST_KEPT && oldest !== undefined) raised.delete(oldest)
    },
    count: () => counter,
    raisedSince: (id, count) => (raised.get(id) ?? 0) > count,
  }
}
