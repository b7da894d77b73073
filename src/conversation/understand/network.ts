import type { Element } from './pattern.ts'
import { type Node, type Table, tableOf } from './network-table.ts'

/**
 * Joins all patterns of all languages into one network of nodes; patterns that begin alike share their beginning. It is
 * built once at start, and `finish` hands out the compact form that texts are read with.
 */
export interface NetworkBuilder<T> {
  add(elements: readonly Element[], accept: T): void
  /** Call once, after the last `add`. */
  finish(): Table<T>
}

type Ways<W> = readonly (readonly W[])[]

export function createNetwork<T>(idOf: (word: string) => number): NetworkBuilder<T> {
  const nodes: Node<T>[] = []
  const built = new Map<string, Node<T>>()
  const known = new Map<Ways<string>, { key: string; ids: Ways<number> }>()
  const root = node()

  function node(): Node<T> {
    const fresh: Node<T> = { number: nodes.length, next: undefined, any: undefined, accepts: undefined }
    nodes.push(fresh)
    return fresh
  }

  function link(from: Node<T>, id: number, to: Node<T>) {
    from.next ??= new Map()
    const ends = from.next.get(id)
    if (ends === undefined) from.next.set(id, [to])
    else if (!ends.includes(to)) ends.push(to)
  }

  /** The node behind these nodes by this element; patterns that begin alike share it. */
  function behind(fronts: readonly Node<T>[], key: string, connect: (to: Node<T>) => void): Node<T> {
    const name = `${fronts.map((front) => front.number).join(',')} ${key}`
    const old = built.get(name)
    if (old !== undefined) return old
    const to = node()
    built.set(name, to)
    connect(to)
    return to
  }

  /** The numbers of an element's words and its name in `built`; a set of words stands in many patterns. */
  function numbered(ways: Ways<string>) {
    const old = known.get(ways)
    if (old !== undefined) return old
    const ids = ways.map((way) => way.map(idOf))
    const fresh = { key: ids.map((way) => way.join('+')).join('|'), ids }
    known.set(ways, fresh)
    return fresh
  }

  function through(fronts: readonly Node<T>[], ways: Ways<string>): Node<T> {
    const { key, ids } = numbered(ways)
    return behind(fronts, key, (to) => {
      for (const front of fronts)
        for (const way of ids) {
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
      for (const front of fronts) (front.any ??= []).push(to)
    })
  }

  return {
    add(elements, accept) {
      let fronts: readonly Node<T>[] = [root]
      for (const element of elements) {
        if (element.kind === 'gap') {
          const one = anyAfter(fronts)
          fronts = [...fronts, one, anyAfter([one])]
        } else {
          const to = through(fronts, element.ways)
          fronts = element.optional ? [...fronts, to] : [to]
        }
      }
      for (const front of fronts) (front.accepts ??= []).push(accept)
    },
    finish: () => tableOf(nodes),
  }
}
