/**
 * The network that texts are read with: node 0 is its root, and the edges of all nodes lie side by side in flat tables,
 * sorted by word. A text is read once, word by word, however many lists there are. The work for one word is bounded by
 * the patterns that its neighbours can be part of; patterns are at most a dozen words long, so a text costs time in
 * proportion to its length.
 */
export interface Node<T> {
  number: number
  next: Map<number, Node<T>[]> | undefined
  /** Reached by any word: inside a gap. */
  any: Node<T>[] | undefined
  accepts: T[] | undefined
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

/** A network as plain data: what it is kept as, and read from. */
export interface Table<T> {
  /** The edges of node n, by word: `words` and `ends` from `starts[n]` up to `starts[n + 1]`. */
  edges: { starts: Uint32Array; words: Uint32Array; ends: Uint32Array }
  /** What any word leads to from node n: `values` from `starts[n]` up to `starts[n + 1]`. */
  any: { starts: Uint32Array; values: Uint32Array }
  /** What the nodes accept that accept anything. */
  accepts: ReadonlyMap<number, readonly T[]>
}

/** `nodes[0]` is the root, and each node stands at its own number. */
export function tableOf<T>(nodes: readonly Node<T>[]): Table<T> {
  const accepts = new Map<number, readonly T[]>()
  for (const node of nodes) if (node.accepts !== undefined) accepts.set(node.number, node.accepts)
  return { edges: edgesOf(nodes), any: gapsOf(nodes), accepts }
}

export function networkOf<T>({ edges, any, accepts }: Table<T>): Network<T> {
  const beginnings = beginningsOf(edges)
  const perhaps = perhapsOf(edges)
  const kinds = kindsOf(edges, any, accepts)
  /** The first edge of this node by this word, or the place where it would be. */
  function firstEdge(node: number, id: number): number {
    let low = edges.starts[node] ?? 0
    let high = edges.starts[node + 1] ?? 0
    while (low < high) {
      const middle = (low + high) >> 1
      if ((edges.words[middle] ?? 0) < id) low = middle + 1
      else high = middle
    }
    return low
  }

  /** False only where no edge of this node is by this word. */
  function mayLead(node: number, id: number): boolean {
    const bit = bitOf(node, id)
    return ((perhaps[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0
  }

  function run(ids: readonly number[], first: number, everywhere: boolean): Hit<T>[] {
    const hits: Hit<T>[] = []
    let live: number[] = []
    let starts: number[] = []
    let reached: number[] = []
    let begun: number[] = []

    /** What the word before `next` led to. Only what `next` can lead on from is kept. */
    function arrive(node: number, start: number, end: number, next: number) {
      const kind = kinds[node] ?? 0
      if ((kind & ACCEPTS) !== 0)
        for (const accept of accepts.get(node) ?? []) hits.push({ accept, start, end })
      if ((kind & HAS_ANY) === 0) {
        if ((kind & HAS_EDGES) === 0 || next === 0) return
        if (!mayLead(node, next)) return
      }
      reached.push(node)
      begun.push(start)
    }

    for (let at = first; at < ids.length; at++) {
      const id = ids[at] ?? 0
      const next = ids[at + 1] ?? 0
      const begins = everywhere || at === first
      if (!begins && live.length === 0) break
      for (let i = 0; i < live.length; i++) {
        const node = live[i] ?? 0
        const start = starts[i] ?? first
        const last = edges.starts[node + 1] ?? 0
        // What has no gap was looked at when it was reached.
        if (id !== 0 && (((kinds[node] ?? 0) & HAS_ANY) === 0 || mayLead(node, id)))
          for (let edge = firstEdge(node, id); edge < last && edges.words[edge] === id; edge++)
            arrive(edges.ends[edge] ?? 0, start, at + 1, next)
        const lastAny = any.starts[node + 1] ?? 0
        for (let way = any.starts[node] ?? 0; way < lastAny; way++)
          arrive(any.values[way] ?? 0, start, at + 1, next)
      }
      if (begins && id !== 0) {
        const last = beginnings[id + 1] ?? 0
        for (let edge = beginnings[id] ?? 0; edge < last; edge++)
          arrive(edges.ends[edge] ?? 0, at, at + 1, next)
      }
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

/** What there is to do at each node, in one byte: most nodes end here and are gone with the next word. */
const HAS_EDGES = 1
const HAS_ANY = 2
const ACCEPTS = 4
function kindsOf(
  { starts }: Table<unknown>['edges'],
  any: Table<unknown>['any'],
  accepts: Table<unknown>['accepts'],
): Uint8Array {
  const kinds = new Uint8Array(starts.length)
  for (let node = 0; node < starts.length - 1; node++) {
    const hasEdges = starts[node] !== starts[node + 1]
    const hasAny = any.starts[node] !== any.starts[node + 1]
    kinds[node] = (hasEdges ? HAS_EDGES : 0) | (hasAny ? HAS_ANY : 0) | (accepts.has(node) ? ACCEPTS : 0)
  }
  return kinds
}

/**
 * The root's edges of word w: from `[w]` up to `[w + 1]`. Every word of a text is looked up at the root, which has thousands
 * of edges: a search among them would miss the processor's cache at each step.
 */
function beginningsOf({ starts, words }: Table<unknown>['edges']): Uint32Array {
  const last = starts[1] ?? 0
  const beginnings = new Uint32Array((words[last - 1] ?? 0) + 2)
  for (let edge = 0; edge < last; edge++) beginnings[(words[edge] ?? 0) + 1] = edge + 1
  // A word without edges begins and ends where the one before it ended.
  for (let word = 1; word < beginnings.length; word++)
    if (beginnings[word] === 0) beginnings[word] = beginnings[word - 1] ?? 0
  return beginnings
}

/**
 * One bit for each pair of node and word that has an edge, others by chance (a Bloom filter of one hash): nine in ten of the
 * steps that lead nowhere are known from half a megabyte that stays in the processor's cache.
 */
const BITS = 22
function perhapsOf({ starts, words }: Table<unknown>['edges']): Uint32Array {
  const perhaps = new Uint32Array(2 ** (BITS - 5))
  for (let node = 0; node < starts.length - 1; node++)
    for (let edge = starts[node] ?? 0; edge < (starts[node + 1] ?? 0); edge++) {
      const bit = bitOf(node, words[edge] ?? 0)
      perhaps[bit >>> 5] = (perhaps[bit >>> 5] ?? 0) | (1 << (bit & 31))
    }
  return perhaps
}

/** Multiplied by odd numbers far apart, as in Fibonacci hashing: neighbours land far from each other. */
function bitOf(node: number, id: number): number {
  return (Math.imul(node, 0x9e3779b1) ^ Math.imul(id, 0x85ebca6b)) >>> (32 - BITS)
}

function edgesOf<T>(nodes: readonly Node<T>[]): Table<T>['edges'] {
  const starts = new Uint32Array(nodes.length + 1)
  const words: number[] = []
  const ends: number[] = []
  nodes.forEach(({ next }, n) => {
    // Most nodes have one word behind them.
    const behind = next !== undefined && next.size > 1 ? [...next].toSorted(([a], [b]) => a - b) : next
    for (const [id, reached] of behind ?? [])
      for (const { number } of reached) {
        words.push(id)
        ends.push(number)
      }
    starts[n + 1] = words.length
  })
  return { starts, words: Uint32Array.from(words), ends: Uint32Array.from(ends) }
}

function gapsOf<T>(nodes: readonly Node<T>[]): Table<T>['any'] {
  const starts = new Uint32Array(nodes.length + 1)
  const values: number[] = []
  nodes.forEach(({ any = [] }, n) => {
    for (const { number } of any) values.push(number)
    starts[n + 1] = values.length
  })
  return { starts, values: Uint32Array.from(values) }
}
