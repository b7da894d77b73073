import type { Pack } from '../../directory/pack/pack.ts'
import { withDirectory } from './with-directory.ts'

/** A pack with the list that is served for it; undefined when it cannot be had, which is said. */
export type ServedPack = (id: string) => Promise<Pack | undefined>

export const servedPack: ServedPack = async (id) => {
  let pack: Pack | undefined
  await withDirectory(
    async (publishing) => {
      const served = await publishing.served(id)
      if (typeof served !== 'string') pack = served.pack
      else
        console.error(`The newest edition of ${id} cannot be read: lantern services list shows the others.`)
      return 0
    },
    { pack: id },
  )
  return pack
}
