import type { PageMeta } from '../../../flows/page.ts'
import { LIMITS } from '../../conversation/message.ts'
import type { Problem } from './problem.ts'

/**
 * What the types cannot see in the flows: a page that nothing leads to, a page without a way on, a junction that can get stuck, a button whose id is too long for the wire or means something else there.
 */

/** As much of XState's state node as is read here. */
export interface StateNode {
  path: readonly string[]
  meta?: unknown
  config: { initial?: unknown }
  states: Readonly<Record<string, StateNode>>
  readonly transitions: ReadonlyMap<string, readonly Way[]>
  readonly always?: readonly Way[] | undefined
}
interface Way {
  target: readonly StateNode[] | undefined
  guard: unknown
}

/** Shown by the wipe itself when it could not be made certain. */
const REACHED_OTHERWISE = new Set(['privacy.wipeFailed'])
/** Read on the wire before any page is looked at. */
const TAKEN = 'exit'

export function checkFlows(root: StateNode): Problem[] {
  const nodes = everyNode(root)
  const reached = reachable(root)
  return nodes.flatMap((node) => [
    ...(node.meta !== undefined && !reached.has(node) && !REACHED_OTHERWISE.has(node.path.join('.'))
      ? [problem(node, 'is a page that nothing leads to', 'Lead a choice to it, or remove it.')]
      : []),
    ...(node.meta === undefined ? stuck(node) : checkPage(node, node.meta as PageMeta)),
  ])
}

function checkPage(node: StateNode, meta: PageMeta): Problem[] {
  const problems: Problem[] = []
  const add = (what: string, remedy: string) => problems.push(problem(node, what, remedy))
  if (meta.key !== node.path.join('.')) add(`shows the words of ${meta.key}`, 'Name the state as its words.')
  const onward = meta.choices.filter((choice) => choice !== TAKEN)
  if (onward.length === 0 && meta.list === undefined)
    add('has no way on besides leaving', 'Give it a choice, at least the menu.')
  if (node.transitions.has(`choose.${TAKEN}`))
    add(
      `has a choice of its own named ${TAKEN}, which leaves the chat wherever it is pressed`,
      'Give that choice another name.',
    )
  for (const choice of meta.choices) {
    const bytes = Buffer.byteLength(`${meta.key}:${choice}`)
    if (bytes > LIMITS.telegram.choiceBytes)
      add(
        `has the choice ${choice}, whose id has ${bytes} bytes`,
        `Keep it within ${LIMITS.telegram.choiceBytes}.`,
      )
    if (choice.startsWith('=') || choice.includes(':'))
      add(`has the choice ${choice}, which reads like an item of a list`, 'Use letters only.')
  }
  for (const choice of Object.keys(meta.showIf))
    if (!meta.choices.includes(choice))
      add(`hides a choice ${choice} that it does not have`, 'Correct showIf.')
  const room = LIMITS.whatsapp.rows - meta.choices.length
  if (room < 0)
    add(
      `has ${meta.choices.length} choices`,
      `A list shows ${LIMITS.whatsapp.rows}: move some to a page behind "More".`,
    )
  else if (meta.list !== undefined && room < 3)
    add(`leaves room for ${room} items of its list`, 'Take choices away: a list needs room for three items.')
  return problems
}

/** A state that shows nothing must always find a way: its last one may ask nothing. */
function stuck(node: StateNode): Problem[] {
  const last = node.always?.at(-1)
  if (last === undefined || last.guard === undefined) return []
  return [problem(node, 'goes on only under a condition', 'Add a last way without `when`.')]
}

function everyNode(node: StateNode): StateNode[] {
  return [node, ...Object.values(node.states).flatMap(everyNode)]
}

function waysOf(node: StateNode): readonly Way[] {
  return [...[...node.transitions.values()].flat(), ...(node.always ?? [])]
}

function reachable(root: StateNode): Set<StateNode> {
  const seen = new Set<StateNode>()
  const visit = (node: StateNode): void => {
    if (seen.has(node)) return
    seen.add(node)
    const { initial } = node.config
    const first = typeof initial === 'string' ? node.states[initial] : undefined
    if (first !== undefined) visit(first)
    for (const { target } of waysOf(node)) for (const next of target ?? []) visit(next)
    const parent = everyParent(root, node)
    if (parent !== undefined)
      for (const { target } of waysOf(parent)) for (const next of target ?? []) visit(next)
  }
  visit(root)
  return seen
}

/** What a flow says for all of its pages holds only once one of them can be reached. */
function everyParent(node: StateNode, child: StateNode): StateNode | undefined {
  for (const one of Object.values(node.states)) {
    if (one === child) return node
    const found = everyParent(one, child)
    if (found !== undefined) return found
  }
  return undefined
}

function problem(node: StateNode, what: string, remedy: string): Problem {
  const [flow = 'machine'] = node.path
  return { file: `flows/${flow}.ts`, key: node.path.join('.') || 'lantern', problem: what, remedy }
}
