import type { Clock } from '../../../operations/environment.ts'
import type { Events } from '../events.ts'
import { type DirectoryOfDesk, dueNow } from './directory-of-desk.ts'

/**
 * Tells the open pages that the directory is another one: somebody published or proposed, here or at the command line, or
 * a day began on which a number is overdue. Content-free: the page asks what it shows anew.
 */
export interface DirectoryWatch {
  /** Every few seconds. */
  look(): Promise<void>
}

const READERS = ['caseworker', 'supervisor', 'administrator'] as const

export function createDirectoryWatch(
  { publishing, packs }: DirectoryOfDesk,
  events: Pick<Events, 'tell'>,
  clock: Clock,
): DirectoryWatch {
  let seen: string | undefined
  let served = packs()
  let changes = 0
  return {
    async look() {
      const waiting = (await publishing.waiting()).map(({ id }) => id)
      const now = packs()
      if (now.length !== served.length || now.some((pack, at) => pack !== served[at])) changes += 1
      served = now
      const due = dueNow(now, clock.now()).map(({ pack, id, passed }) => `${pack}/${id} ${passed}`)
      const found = JSON.stringify([changes, waiting, due])
      if (seen !== undefined && seen !== found) events.tell({ kind: 'directory' }, { roles: READERS })
      seen = found
    },
  }
}
