import { createNetwork, type Entry, type Network } from './network.ts'
import { type Counts, FEWEST, type Released, rounded, type Shown } from './table.ts'

/**
 * Makes a table safe to show (docs/decisions/0013-statistics.md). Every number under 10 is withheld, nought too, and so are
 * as many others as it takes until none of them can be worked out: one that is small could be anything from nobody to ten
 * people, and one that had to go with it could be at least eleven different numbers. What is shown is rounded to 5.
 * `hidden`: columns of which nothing may be shown whatever is in them.
 */
export function withhold(counts: Counts, hidden: ReadonlySet<string> = new Set()): Released {
  const drawn = draw(counts, hidden)
  const entries = [...drawn.cells.flat(), ...drawn.rowTotals, ...drawn.columnTotals, drawn.total]
  const network = createNetwork(counts.rows.length + counts.columns.length + 2, entries)
  const withheld = entries.filter(({ state }) => state === 'withheld')
  // It grows while it is walked: what goes with another must not be worked out either.
  for (const entry of withheld)
    for (let next = giveAway(network, entry); next !== undefined; next = giveAway(network, entry)) {
      next.state = 'withheld'
      withheld.push(next)
    }
  return {
    rows: counts.rows,
    columns: counts.columns,
    cells: drawn.cells.map((row) => row.map(shown)),
    rowTotals: drawn.rowTotals.map(shown),
    columnTotals: drawn.columnTotals.map(shown),
    total: shown(drawn.total),
  }
}

interface Drawn {
  cells: Entry[][]
  rowTotals: Entry[]
  columnTotals: Entry[]
  total: Entry
}

/** The points: 0 where all begins, then rows, then columns, then where all ends. */
function draw({ rows, columns, cells, totals }: Counts, hidden: ReadonlySet<string>): Drawn {
  const end = rows.length + columns.length + 1
  const pointOf = (column: number) => rows.length + 1 + column
  const entry = (from: number, to: number, value: number, kind: Entry['kind'], hide = false): Entry => ({
    from,
    to,
    value,
    kind,
    state: hide || value < FEWEST ? 'withheld' : 'shown',
  })
  const never = (one: Entry): Entry => (totals === 'both' ? one : { ...one, state: 'never' })
  const isHidden = (column: number) => hidden.has(columns[column] ?? '')
  const rowSums = cells.map((row) => sum(row))
  const columnSums = columns.map((_, column) => sum(cells.map((row) => row[column] ?? 0)))
  return {
    cells: cells.map((row, r) => row.map((value, c) => entry(r + 1, pointOf(c), value, 'cell', isHidden(c)))),
    rowTotals: rowSums.map((value, r) => entry(0, r + 1, value, 'total')),
    columnTotals: columnSums.map((value, c) => never(entry(pointOf(c), end, value, 'total', isHidden(c)))),
    total: never(entry(end, 0, sum(rowSums), 'total')),
  }
}

/** What must be withheld next because this entry can be worked out too well; undefined: it cannot. */
function giveAway(network: Network, entry: Entry): Entry | undefined {
  const isSmall = entry.value < FEWEST
  const up = network.up(entry, isSmall ? FEWEST - entry.value : FEWEST)
  const down = network.down(entry, Math.min(entry.value, isSmall ? entry.value : FEWEST - up.amount))
  const isFree = isSmall
    ? entry.value + up.amount >= FEWEST && down.amount === entry.value
    : up.amount + down.amount >= FEWEST
  return isFree ? undefined : cheapest([...up.holds, ...down.holds])
}

/** Cells before sums, and small numbers before great ones. */
function cheapest(holds: readonly Entry[]): Entry | undefined {
  const cost = ({ kind, value }: Entry) => (kind === 'cell' ? value : Number.MAX_SAFE_INTEGER / 2 + value)
  return holds.toSorted((a, b) => cost(a) - cost(b))[0]
}

function shown({ state, value }: Entry): Shown {
  return state === 'shown' ? rounded(value) : undefined
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
