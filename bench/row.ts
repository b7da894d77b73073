/** One line of the bench's table. A measure is worth something beside a floor or a peer of the same run. */
export interface Row {
  measure: string
  value: string
  beside: string
  ratio: string
  goal: string
  ok: boolean
}

/** Both series in the same unit, one value a round, round by round beside each other; higher is better. Without a goal it only compares. */
export function ratioRow(
  measure: string,
  unit: string,
  ours: readonly number[],
  besideName: string,
  beside: readonly number[],
  goal?: number,
): Row {
  const ratio = median(ours.map((value, round) => value / (beside[round] ?? Number.NaN)))
  return {
    measure,
    value: `${rounded(median(ours))} ${unit}`,
    beside: `${besideName}: ${rounded(median(beside))} ${unit}`,
    ratio: ratio.toFixed(2),
    goal: goal === undefined ? 'to compare' : `>= ${goal} of it`,
    ok: goal === undefined || ratio >= goal,
  }
}

export function atLeastRow(measure: string, unit: string, rounds: readonly number[], goal: number): Row {
  const value = median(rounds)
  return {
    measure,
    value: `${rounded(value)} ${unit}`,
    beside: '',
    ratio: '',
    goal: `>= ${rounded(goal)}`,
    ok: value >= goal,
  }
}

export function atMostRow(measure: string, unit: string, rounds: readonly number[], goal: number): Row {
  const value = median(rounds)
  return {
    measure,
    value: `${rounded(value)} ${unit}`,
    beside: '',
    ratio: '',
    goal: `< ${rounded(goal)}`,
    ok: value < goal,
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

function rounded(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : 2)
}
