/**
 * The network that texts are read with: node 0 is its root, and the edges of all nodes lie side by side in flat tables,
 * sorted by word. A text is read once, word by word, however many lists there are. The work for one word is bounded by
 * the patterns that its neighbours can be part of; patterns are at most a dozen words long, so a text costs time in
 * proportion to its length.
 */
export interface Node<T> {
  number: number
  next: Map<number, Node<T>[]>
  /** Reached by any word: inside a gap. */
  any: Node<T>[]
  accepts: T[]
}

export interface Hit<T> {
  accept: T
  /** First word of the hit and the word after its last. */
  start: number
  end: number
}

export interface Network<T> {
  /** Every occurrence, anywhere in the text. */
  scan(ids: readonly number[]): Hit<T>[]
  /** Every occurrence that begins with the word at `start`. */
  from(ids: readonly number[], start: number): Hit<T>[]
}

/** `nodes[0]` is the root, and each node stands at its own number. */
export function networkOf<T>(nodes: readonly Node<T>[]): Network<T> {
  const words = rows(nodes, ({ next }) =>
    [...next].toSorted(([a], [b]) => a - b).flatMap(([id, ends]) => ends.map(() => id)),
  )
  const ends = rows(nodes, ({ next }) =>
    [...next].toSorted(([a], [b]) => a - b).flatMap(([, reached]) => reached.map(({ number }) => number)),
  )
  const any = rows(nodes, (node) => node.any.map(({ number }) => number))
  const accepts = new Map(
    nodes.filter((node) => node.accepts.length > 0).map((node) => [node.number, node.accepts]),
  )

  /** The first edge of this node by this word, or the place where it would be. */
  function firstEdge(node: number, id: number): number {
    let low = words.starts[node] ?? 0
    let high = words.starts[node + 1] ?? 0
    while (low < high) {
      const middle = (low + high) >> 1
      if ((words.values[middle] ?? 0) < id) low = middle + 1
      else high = middle
    }
    return low
  }

  function run(ids: readonly number[], first: number, everywhere: boolean): Hit<T>[] {
    const hits: Hit<T>[] = []
    let live: number[] = []
    let starts: number[] = []
    let reached: number[] = []
    let begun: number[] = []

    function follow(node: number, id: number, start: number) {
      const last = words.starts[node + 1] ?? 0
      for (let edge = firstEdge(node, id); edge < last && words.values[edge] === id; edge++) {
        reached.push(ends.values[edge] ?? 0)
        begun.push(start)
      }
    }
    function followAny(node: number, start: number) {
      const last = any.starts[node + 1] ?? 0
      for (let edge = any.starts[node] ?? 0; edge < last; edge++) {
        reached.push(any.values[edge] ?? 0)
        begun.push(start)
      }
    }

    for (let at = first; at < ids.length; at++) {
      const id = ids[at] ?? 0
      const begins = everywhere || at === first
      if (!begins && live.length === 0) break
      for (let i = 0; i < live.length; i++) {
        const node = live[i] ?? 0
        const start = starts[i] ?? first
        if (id !== 0) follow(node, id, start)
        followAny(node, start)
      }
      if (begins && id !== 0) follow(0, id, at)
      for (let i = 0; i < reached.length; i++)
        for (const accept of accepts.get(reached[i] ?? 0) ?? [])
          hits.push({ accept, start: begun[i] ?? at, end: at + 1 })
      ;[live, reached] = [reached, live]
      ;[starts, begun] = [begun, starts]
      reached.length = 0
      begun.length = 0
    }
    return hits
  }

  return {
    scan: (ids) => run(ids, 0, true),
    from: (ids, start) => run(ids, start, false),
  }
}

/** The numbers of row n are `values` from `starts[n]` up to `starts[n + 1]`. */
interface Rows {
  starts: Uint32Array
  values: Uint32Array
}

function rows<N>(nodes: readonly N[], rowOf: (node: N) => readonly number[]): Rows {
  const starts = new Uint32Array(nodes.length + 1)
  const values: number[] = []
  nodes.forEach((node, n) => {
    for (const value of rowOf(node)) values.push(value)
    starts[n + 1] = values.length
  })
  return { starts, values: Uint32Array.from(values) }
}
