/**
 * What keeps everything in after an exit or a wipe, in this process. `raise` cancels what the courier took before;
 * `hold` makes it wait while an exit stands in line or a wipe is under way; `sending` tells others of a message that is
 * on its way out, so that nothing overtakes it and nothing is called finished before it is.
 */
export interface Fence {
  raise(id: string): void
  count(): number
  /** True when this conversation was left after `count` stood at this value. */
  raisedSince(id: string, count: number): boolean
  /** Nothing is sent until the returned function was called. */
  hold(id: string): () => void
  /** Runs one send of this conversation. */
  sending<T>(id: string, send: () => Promise<T>): Promise<T>
  /** Resolves when no send of this conversation is under way. */
  quiet(id: string): Promise<void>
  /** What has to end before this conversation's next send; undefined when the way is free at this very moment. */
  inTheWay(id: string): Promise<unknown> | undefined
}

/** Enough for every delivery that can be under way; the oldest are forgotten. */
const MOST_KEPT = 10_000

export function createFence(): Fence {
  const raised = new Map<string, number>()
  const held = new Map<string, Set<Promise<void>>>()
  const sends = new Map<string, Set<Promise<unknown>>>()
  let counter = 0

  const inTheWay = (id: string) => first(held.get(id)) ?? first(sends.get(id))
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
    hold(id) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const done = add(held, id, promise)
      return () => {
        done()
        resolve()
      }
    },
    async sending(id, send) {
      const work = send()
      const done = add(sends, id, work)
      try {
        return await work
      } finally {
        done()
      }
    },
    async quiet(id) {
      for (let send = first(sends.get(id)); send !== undefined; send = first(sends.get(id)))
        await send.catch(() => {})
    },
    inTheWay: (id) => inTheWay(id)?.catch(() => {}),
  }
}

function add<T>(all: Map<string, Set<Promise<T>>>, id: string, one: Promise<T>): () => void {
  const mine = all.get(id) ?? new Set()
  all.set(id, mine.add(one))
  return () => {
    mine.delete(one)
    if (mine.size === 0 && all.get(id) === mine) all.delete(id)
  }
}

function first<T>(of: Set<T> | undefined): T | undefined {
  return of?.values().next().value
}
