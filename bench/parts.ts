import { join } from 'node:path'
import { createEngine } from '../src/conversation/create-engine.ts'
import type { Engine, Moment } from '../src/conversation/engine.ts'
import { createDirectory } from '../src/directory/create-directory.ts'
import type { Directory } from '../src/directory/directory.ts'
import { loadPack } from '../src/directory/pack/load-pack.ts'
import { loadLocales } from '../src/load-locales.ts'

/** The real engine over the real English words and the demo pack, at one fixed moment. */
const HOUSE = join(import.meta.dirname, '..')

export const MOMENT: Moment = { now: Date.UTC(2026, 2, 2, 10), desk: 'open' }

export function benchDirectory(): Directory {
  const loaded = loadPack(join(HOUSE, 'packs/demo'))
  if (!('pack' in loaded)) throw new Error('packs/demo cannot be read')
  return createDirectory([loaded.pack])
}

export function benchEngine(): Promise<Engine> {
  const { locales } = loadLocales(join(HOUSE, 'locales'), ['en'])
  return Promise.resolve(
    createEngine({ locales, directory: benchDirectory(), entrance: 'open', idleHours: 24, caseDays: 7 }),
  )
}
