import { join } from 'node:path'
import { createDirectory } from '../../src/directory/create-directory.ts'
import type { Directory } from '../../src/directory/directory.ts'
import { loadPack } from '../../src/directory/pack/load-pack.ts'
import type { Pack } from '../../src/directory/pack/pack.ts'

/** The fictional country, read from its files by the real loader. */
export function demoPack(): Pack {
  const loaded = loadPack(join(import.meta.dirname, '../../packs/demo'))
  if (!('pack' in loaded) || loaded.problems.length > 0)
    throw new Error(`packs/demo: ${JSON.stringify(loaded.problems, null, 1)}`)
  return loaded.pack
}

export function demoDirectory(): Promise<Directory> {
  return Promise.resolve(createDirectory([demoPack()]))
}
