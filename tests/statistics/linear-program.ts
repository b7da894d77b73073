/**
 * The most that a sum of unknowns can be, for the tests: the simplex method as Cormen et al. write it down (Introduction to
 * Algorithms, chapter on linear programming), with Bland's rule. It shares nothing with the code under test, which counts flows.
 */
export interface Constraint {
  /** Factor by unknown. */
  of: readonly number[]
  atMost: number
}

const TINY = 1e-7

/** All unknowns are 0 or more. 'endless' where there is no most; undefined where nothing fits at all. */
export function most(
  goal: readonly number[],
  constraints: readonly Constraint[],
): number | 'endless' | undefined {
  const n = goal.length
  const lowest = constraints.reduce(
    (low, { atMost }, at) => (atMost < (constraints[low]?.atMost ?? 0) ? at : low),
    0,
  )
  // One more unknown takes from every constraint what is too much in it: where it can be nought, something fits.
  const tableau = tableauOf(
    n + 1,
    constraints.map(({ of, atMost }) => ({ of: [...of, -1], atMost })),
  )
  if ((constraints[lowest]?.atMost ?? 0) < 0) {
    tableau.aim([...goal.map(() => 0), -1])
    tableau.pivot(lowest, n)
    tableau.climb()
    if (tableau.value() < -TINY) return undefined
  }
  tableau.dropUnknown(n)
  tableau.aim([...goal, 0])
  return tableau.climb() ? tableau.value() : 'endless'
}

function tableauOf(n: number, constraints: readonly Constraint[]) {
  const m = constraints.length
  /** Rows of `basic = b - sum(a * nonbasic)`; unknowns come first, then what each constraint leaves over. */
  const a = constraints.map(({ of }) => [...of])
  const b = constraints.map(({ atMost }) => atMost)
  const nonbasic = Array.from({ length: n }, (_, at) => at)
  const basic = Array.from({ length: m }, (_, at) => n + at)
  let goal: number[] = []
  let base = 0
  let dropped = -1

  function pivot(row: number, column: number): void {
    const line = a[row] ?? []
    const by = line[column] ?? 0
    for (let c = 0; c < n; c += 1) line[c] = (c === column ? 1 : (line[c] ?? 0)) / by
    b[row] = (b[row] ?? 0) / by
    for (let r = 0; r < m; r += 1) {
      if (r === row) continue
      const other = a[r] ?? []
      const factor = other[column] ?? 0
      if (Math.abs(factor) < TINY) other[column] = 0
      if (Math.abs(factor) < TINY) continue
      for (let c = 0; c < n; c += 1) other[c] = (c === column ? 0 : (other[c] ?? 0)) - factor * (line[c] ?? 0)
      b[r] = (b[r] ?? 0) - factor * (b[row] ?? 0)
    }
    const factor = goal[column] ?? 0
    for (let c = 0; c < n; c += 1) goal[c] = (c === column ? 0 : (goal[c] ?? 0)) - factor * (line[c] ?? 0)
    base += factor * (b[row] ?? 0)
    const leaves = basic[row] ?? 0
    basic[row] = nonbasic[column] ?? 0
    nonbasic[column] = leaves
  }

  function climb(): boolean {
    for (;;) {
      const rising = nonbasic
        .map((unknown, at) => ({ unknown, at }))
        .filter(({ unknown, at }) => unknown !== dropped && (goal[at] ?? 0) > TINY)
        .toSorted((x, y) => x.unknown - y.unknown)[0]
      if (rising === undefined) return true
      const limits = a
        .map((line, at) => ({ at, by: line[rising.at] ?? 0, unknown: basic[at] ?? 0 }))
        .filter(({ by }) => by > TINY)
        .map((one) => ({ ...one, room: (b[one.at] ?? 0) / one.by }))
        .toSorted((x, y) => x.room - y.room || x.unknown - y.unknown)
      const [tightest] = limits
      if (tightest === undefined) return false
      const ties = limits.filter(({ room }) => room <= tightest.room + TINY)
      const leaving = ties.toSorted((x, y) => x.unknown - y.unknown)[0] ?? tightest
      pivot(leaving.at, rising.at)
    }
  }

  return {
    pivot,
    climb,
    value: () => base,
    /** What is to be as great as possible, in the unknowns as they were given. */
    aim(of: readonly number[]) {
      goal = nonbasic.map((unknown) => of[unknown] ?? 0)
      base = 0
      basic.forEach((unknown, row) => {
        const factor = of[unknown] ?? 0
        base += factor * (b[row] ?? 0)
        goal = goal.map((one, c) => one - factor * (a[row]?.[c] ?? 0))
      })
    },
    /** It stays nought from now on. */
    dropUnknown(unknown: number) {
      const row = basic.indexOf(unknown)
      const line = row < 0 ? [] : (a[row] ?? [])
      const column = line.findIndex((by) => Math.abs(by) > TINY)
      if (column >= 0) pivot(row, column)
      dropped = unknown
    },
  }
}
