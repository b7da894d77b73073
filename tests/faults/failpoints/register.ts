import { registerHooks } from 'node:module'

/** Puts points around the ports of the real program: where it loads one of these modules, it gets the one beside us. */
const SRC = new URL('../../../src/', import.meta.url)
const INSTEAD = new Map([
  [new URL('main/stores/stores.ts', SRC).href, new URL('stores.ts', import.meta.url).href],
  [new URL('storage/sqlite/sqlite-cases.ts', SRC).href, new URL('cases.ts', import.meta.url).href],
  [new URL('main/platforms.ts', SRC).href, new URL('platforms.ts', import.meta.url).href],
])
const OURS = new Set(INSTEAD.values())

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context)
    const url = INSTEAD.get(found.url)
    if (url === undefined || OURS.has(context.parentURL ?? '')) return found
    return { ...found, url }
  },
})
