import { meant, rounded } from './table.ts'

/**
 * All that can be worked out of a table. Cells and sums are flows in a network: from one end through the sum of each row,
 * its cells and the sums of the columns to the other end, and back through the sum of all; what flows into a point flows
 * out of it. The numbers that could be behind a table are the flows that keep to what is shown of it, and how far one
 * number can move is a maximum flow through all the others (Ford and Fulkerson): whole numbers, and exact.
 */
export interface Entry {
  from: number
  to: number
  value: number
  kind: 'cell' | 'total'
  /** withheld: could be anything. never: no number of the table, and could be anything too. */
  state: 'shown' | 'withheld' | 'never'
}

/** `amount`: how far it can move, at most as far as was asked. `holds`: the shown entries that keep it from more. */
export interface Moved {
  amount: number
  holds: readonly Entry[]
}

export interface Network {
  /** How much more than its value an entry could be, for all that the others show. */
  up(entry: Entry, most: number): Moved
  /** How much less. */
  down(entry: Entry, most: number): Moved
}

/** By which entry each point is reached. */
type Reached = ReadonlyMap<number, Entry | undefined>

export function createNetwork(points: number, entries: readonly Entry[]): Network {
  const at: Entry[][] = Array.from({ length: points }, () => [])
  for (const entry of entries) {
    at[entry.from]?.push(entry)
    at[entry.to]?.push(entry)
  }

  function flow(except: Entry, from: number, to: number, most: number): Moved {
    const moved = new Map<Entry, number>()
    /** How much more can leave this end of an entry. */
    const room = (entry: Entry, point: number) => {
      const now = entry.value + (moved.get(entry) ?? 0)
      const { low, high } = entry.state === 'shown' ? meant(rounded(entry.value)) : ANYTHING
      return entry.from === point ? high - now : now - low
    }
    let amount = 0
    while (amount < most) {
      const reached = search(except, from, to, room)
      if (!reached.has(to)) return { amount, holds: holding(except, reached) }
      const way = wayTo(to, reached)
      const more = Math.min(most - amount, ...way.map(({ entry, point }) => room(entry, point)))
      for (const { entry, point } of way)
        moved.set(entry, (moved.get(entry) ?? 0) + (entry.from === point ? more : -more))
      amount += more
    }
    return { amount, holds: [] }
  }

  /** Breadth first, so that ways are short. */
  function search(
    except: Entry,
    from: number,
    to: number,
    room: (entry: Entry, point: number) => number,
  ): Reached {
    const reached = new Map<number, Entry | undefined>([[from, undefined]])
    for (const point of reached.keys())
      for (const entry of at[point] ?? []) {
        const next = otherEnd(entry, point)
        if (entry === except || reached.has(next) || room(entry, point) <= 0) continue
        reached.set(next, entry)
        if (next === to) return reached
      }
    return reached
  }

  /** Between what is reached and what is not: each of them that is withheld gives way. */
  function holding(except: Entry, reached: Reached): Entry[] {
    const edge = ({ from, to }: Entry) => reached.has(from) !== reached.has(to)
    return entries.filter((entry) => entry !== except && entry.state === 'shown' && edge(entry))
  }

  return {
    up: (entry, most) => flow(entry, entry.to, entry.from, most),
    down: (entry, most) => flow(entry, entry.from, entry.to, most),
  }
}

const ANYTHING = { low: 0, high: Number.POSITIVE_INFINITY }

const otherEnd = ({ from, to }: Entry, point: number) => (from === point ? to : from)

/** `point`: the end at which the way enters an entry. */
function wayTo(to: number, reached: Reached): { entry: Entry; point: number }[] {
  const way: { entry: Entry; point: number }[] = []
  let end = to
  for (let entry = reached.get(end); entry !== undefined; entry = reached.get(end)) {
    end = otherEnd(entry, end)
    way.push({ entry, point: end })
  }
  return way
}
