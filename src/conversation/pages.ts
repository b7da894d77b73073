import { machine } from '../../flows/machine.ts'
import type { PageMeta } from '../../flows/page.ts'

/** Every page of the machine by its path, read once from the flows. The path of a page is also the key of its words. */
interface Node {
  path: string[]
  meta?: unknown
  states: Record<string, Node>
}

function collect(node: Node, into: Map<string, PageMeta>): Map<string, PageMeta> {
  const meta = node.meta as PageMeta | undefined
  if (meta?.key !== undefined) into.set(node.path.join('.'), meta)
  for (const child of Object.values(node.states)) collect(child, into)
  return into
}

export const pages: ReadonlyMap<string, PageMeta> = collect(machine.root, new Map())

export const COVER = 'cover'
export const ERASED = 'erased'
export const FIRST = 'welcome.safeNow'
export const HOME = 'menu.start'
