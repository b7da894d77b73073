import type { Element } from './pattern.ts'

/**
 * All patterns of all languages as one network of nodes, so that a text is read once, word by word, however many lists
 * there are. The work for one word is bounded by the patterns that its neighbours can be part of; patterns are at most
 * a dozen words long, so a text costs time in proportion to its length.
 */
export interface Node<T> {
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
  add(elements: readonly Element[], accept: T): void
  /** Every occurrence, anywhere in the text. */
  scan(ids: readonly number[]): Hit<T>[]
  /** Every occurrence that begins with the word at `start`. */
  from(ids: readonly number[], start: number): Hit<T>[]
}

export function createNetwork<T>(idOf: (word: string) => number): Network<T> {
  let made = 0
  const numbers = new Map<Node<T>, number>()
  const built = new Map<string, Node<T>>()
  const root = node()

  function node(): Node<T> {
    const fresh = { next: new Map<number, Node<T>[]>(), any: [], accepts: [] }
    numbers.set(fresh, made++)
    return fresh
  }

  function link(from: Node<T>, id: number, to: Node<T>) {
    const ends = from.next.get(id)
    if (ends === undefined) from.next.set(id, [to])
    else if (!ends.includes(to)) ends.push(to)
  }

  /** The node behind these nodes by this element; patterns that begin alike share it. */
  function behind(fronts: readonly Node<T>[], key: string, connect: (to: Node<T>) => void): Node<T> {
    const name = `${fronts.map((front) => numbers.get(front)).join(',')} ${key}`
    const old = built.get(name)
    if (old !== undefined) return old
    const to = node()
    built.set(name, to)
    connect(to)
    return to
  }

  function through(fronts: readonly Node<T>[], ways: readonly (readonly number[])[]): Node<T> {
    return behind(fronts, ways.map((way) => way.join('+')).join('|'), (to) => {
      for (const front of fronts)
        for (const way of ways) {
          let at = front
          way.forEach((id, place) => {
            const end = place === way.length - 1 ? to : node()
            link(at, id, end)
            at = end
          })
        }
    })
  }

  function anyAfter(fronts: readonly Node<T>[]): Node<T> {
    return behind(fronts, '*', (to) => {
      for (const front of fronts) front.any.push(to)
    })
  }

  function add(elements: readonly Element[], accept: T) {
    let fronts: readonly Node<T>[] = [root]
    for (const element of elements) {
      if (element.kind === 'gap') {
        const one = anyAfter(fronts)
        fronts = [...fronts, one, anyAfter([one])]
      } else {
        const ids = element.ways.map((way) => way.map(idOf))
        const to = through(fronts, ids)
        fronts = element.optional ? [...fronts, to] : [to]
      }
    }
    for (const front of fronts) front.accepts.push(accept)
  }

  function run(ids: readonly number[], first: number, everywhere: boolean): Hit<T>[] {
    const hits: Hit<T>[] = []
    let nodes: Node<T>[] = []
    let starts: number[] = []
    let reached: Node<T>[] = []
    let begun: number[] = []
    for (let at = first; at < ids.length; at++) {
      const id = ids[at] ?? 0
      const begins = everywhere || at === first
      if (!begins && nodes.length === 0) break
      for (let i = 0; i < nodes.length; i++) {
        const from = nodes[i]
        if (from === undefined) continue
        const start = starts[i] ?? first
        if (id !== 0 && from.next.size > 0) step(from.next.get(id), start)
        if (from.any.length > 0) step(from.any, start)
      }
      if (begins && id !== 0) step(root.next.get(id), at)
      for (let i = 0; i < reached.length; i++)
        for (const accept of reached[i]?.accepts ?? [])
          hits.push({ accept, start: begun[i] ?? at, end: at + 1 })
      ;[nodes, reached] = [reached, nodes]
      ;[starts, begun] = [begun, starts]
      reached.length = 0
      begun.length = 0
    }
    return hits

    function step(ends: readonly Node<T>[] | undefined, start: number) {
      if (ends === undefined) return
      for (const end of ends) {
        reached.push(end)
        begun.push(start)
      }
    }
  }

  return {
    add,
    scan: (ids) => run(ids, 0, true),
    from: (ids, start) => run(ids, start, false),
  }
}
