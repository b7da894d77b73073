import { directoryOver } from './create-directory.ts'
import type { Directory } from './directory.ts'
import type { Pack } from './pack/pack.ts'
import { type Shelf, shelf } from './search/shelf.ts'

/**
 * A directory whose packs are replaced while turns run. Every answer comes from one list as a whole; the next question
 * may be answered from the next list. Only what is worked out of the replaced pack is worked out again, when it is first
 * asked for.
 */
export interface LiveDirectory extends Directory {
  /** As they are served now. */
  packs(): readonly Pack[]
  /** The pack of this id as it is from now on. */
  replace(pack: Pack): void
}

export function createLiveDirectory(packs: readonly Pack[]): LiveDirectory {
  const shelves = new Map(packs.map((pack) => [pack.id, lazily(pack)]))
  return {
    ...directoryOver({
      ids: () => [...shelves.keys()],
      get: (id) => shelves.get(id)?.shelf(),
    }),
    packs: () => Array.from(shelves.values(), ({ pack }) => pack),
    replace(pack) {
      shelves.set(pack.id, lazily(pack))
    },
  }
}

function lazily(pack: Pack): { pack: Pack; shelf(): Shelf } {
  let built: Shelf | undefined
  return {
    pack,
    shelf() {
      built ??= shelf(pack)
      return built
    },
  }
}
