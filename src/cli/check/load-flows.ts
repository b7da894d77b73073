import type { PageMeta } from '../../../flows/page.ts'
import type { StateNode } from './flows.ts'
import type { Problem } from './problem.ts'

export interface Flows {
  root: StateNode
  pages: ReadonlyMap<string, PageMeta>
}

/** XState refuses a target that is not there while the machine is put together; then there is nothing else to check. */
export async function loadFlows(load: () => Promise<Flows> = theFlows): Promise<Flows | Problem> {
  try {
    return await load()
  } catch (error) {
    const what = error instanceof Error ? error.message : ''
    const path = /state node '[^.']*\.?([^']*)'/u.exec(what)?.[1] ?? ''
    const target = /Child state (?:node )?'([^']*)'/u.exec(what)
    return {
      file: `flows/${path.split('.')[0] || 'machine'}.ts`,
      key: path,
      problem:
        target === null ? 'cannot be put together' : `leads to ${target[1] ?? ''}, which does not exist`,
      remedy: 'Correct the target, or add the page.',
    }
  }
}

async function theFlows(): Promise<Flows> {
  const { machine } = await import('../../../flows/machine.ts')
  const { pages } = await import('../../conversation/pages.ts')
  return { root: machine.root as unknown as StateNode, pages }
}
