/**
 * How long people waited, kept so that it points at nobody: for each day in UTC, kind and number of whole minutes, how
 * often that happened, and nothing else. There is no case, no account, no time of day and no order within a day, so two
 * numbers of one case cannot be put together again. What resolves is on the disk.
 */
export type TimeKind = 'opened' | 'claimed' | 'closed'

export interface HandoffTime {
  /** ISO date in UTC. */
  day: string
  kind: TimeKind
  /** From asking, rounded up; 0 for `opened`. */
  minutes: number
}

export interface HandoffTimes {
  /** One more of this. */
  add(time: HandoffTime): Promise<void>
  /** All of a day or later, by day, kind and minutes. */
  since(day: string): Promise<(HandoffTime & { count: number })[]>
  /** Removes the days before this one, overwriting their bytes. Idempotent. Resolves to whether there were any. */
  eraseBefore(day: string): Promise<boolean>
  close(): Promise<void>
}

/** In memory, written to be read: what other stores are compared with, for tests. */
export function memoryHandoffTimes(): HandoffTimes {
  const kept = new Map<string, HandoffTime & { count: number }>()
  return {
    add({ day, kind, minutes }) {
      const name = `${day} ${kind} ${String(minutes).padStart(9, '0')}`
      kept.set(name, { day, kind, minutes, count: (kept.get(name)?.count ?? 0) + 1 })
      return Promise.resolve()
    },
    since: (day) =>
      Promise.resolve(
        [...kept]
          .filter(([, one]) => one.day >= day)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([, one]) => ({ ...one })),
      ),
    eraseBefore(day) {
      const old = [...kept].filter(([, one]) => one.day < day)
      for (const [name] of old) kept.delete(name)
      return Promise.resolve(old.length > 0)
    },
    close: () => Promise.resolve(),
  }
}
