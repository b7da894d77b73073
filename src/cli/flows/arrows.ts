import { machine } from '../../../flows/machine.ts'
import type { PageMeta } from '../../../flows/page.ts'

/**
 * The flows as data to draw, read from the machine that runs, so that a picture cannot say anything else. A ways-on that
 * nearly every page has (menu, a person, back) is no arrow but a word on the page.
 */
export interface Room {
  name: string
  /** What is shown first; undefined where the flow is a single state. */
  first: string | undefined
  places: readonly Place[]
  arrows: readonly Arrow[]
}

export interface Place {
  path: string
  /** A junction shows nothing and goes on at once. */
  kind: 'page' | 'junction'
  /** Ways on that are not drawn as arrows. */
  ways: readonly string[]
}

export interface Arrow {
  from: string
  /** The path of a page, or the name of a flow. */
  to: string
  by: string
}

interface Node {
  path: string[]
  meta?: unknown
  states: Record<string, Node>
  initial?: { target?: readonly Node[] }
  always?: readonly Transition[]
  transitions: Map<string, readonly Transition[]>
}
interface Transition {
  target?: readonly Node[]
  guard?: unknown
}

const SHARED = new Set(['menu', 'talk', 'back', 'carryOn', 'exit'])

export function rooms(): Room[] {
  return Object.values((machine.root as unknown as Node).states).map(roomOf)
}

/** What means the same on every page, by event, and the flow or page that it leads to. */
export function everywhere(): Arrow[] {
  const root = machine.root as unknown as Node
  return [...root.transitions].flatMap(([event, transitions]) =>
    transitions.flatMap((transition) => arrowsOf('', event, transition)),
  )
}

function roomOf(root: Node): Room {
  const name = root.path.join('.')
  const children = Object.values(root.states)
  const first = root.initial?.target?.[0]?.path.join('.')
  const inside = (to: string) => (to === name && first !== undefined ? first : to)
  return {
    name,
    first,
    places: children.map(placeOf),
    arrows: [
      ...[...root.transitions].flatMap(([event, all]) => all.flatMap((one) => arrowsOf(name, event, one))),
      ...children.flatMap((child) =>
        drawn(child).flatMap(([by, one]) => arrowsOf(child.path.join('.'), by, one)),
      ),
    ].map((arrow) => ({ ...arrow, to: inside(arrow.to) })),
  }
}

function placeOf(node: Node): Place {
  const meta = node.meta as PageMeta | undefined
  const arrows = new Set(drawn(node).map(([event]) => event))
  const ways = (meta?.choices ?? []).filter((choice) => !arrows.has(`choose.${choice}`))
  return { path: node.path.join('.'), kind: meta === undefined ? 'junction' : 'page', ways }
}

function drawn(node: Node): [string, Transition][] {
  const always = (node.always ?? []).map((one): [string, Transition] => ['', one])
  const events = [...node.transitions].flatMap(([event, all]) =>
    all.flatMap((one): [string, Transition][] => (isShared(event, one) ? [] : [[event, one]])),
  )
  return [...always, ...events]
}

/** `menu` that leads to the menu is everywhere; `menu` that leads elsewhere is an arrow. */
function isShared(event: string, { target }: Transition): boolean {
  const choice = event.slice('choose.'.length)
  const to = target?.[0]?.path.join('.')
  return SHARED.has(choice) && (to === undefined || to === choice)
}

function arrowsOf(from: string, event: string, { target, guard }: Transition): Arrow[] {
  const to = target?.[0]?.path.join('.')
  if (to === undefined) return []
  const named = NAMES[event] ?? event.replace(/^choose\./u, '')
  const when = typeof guard === 'string' ? (named === '' ? guard : `${named} (${guard})`) : named
  return [{ from, to, by: when }]
}

/** Events that are no choices, as a reader of the picture would say them. */
const NAMES: Readonly<Record<string, string>> = {
  picked: 'one of the list',
  place: 'a shared place',
  area: 'a typed place',
  elapsed: 'a typed time',
  secret: 'a word of her own',
  unclear: 'not understood',
  found: 'not understood',
}
