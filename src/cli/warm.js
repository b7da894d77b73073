import { utimesSync } from 'node:fs'
import { join } from 'node:path'
import { flushCompileCache, getCompileCacheDir } from 'node:module'
import { useCompileCache } from './compile-cache.js'

/** Compiles every module and word list that the service starts with, so that the service itself finds them compiled. */
useCompileCache({ warm: false })
await import('./start.ts')
// What is loaded only where a setting asks for it.
await Promise.all(
  [
    '../channels/telegram/create-telegram.ts',
    '../channels/whatsapp/create-whatsapp.ts',
    '../main/desk/serve-chatwoot.ts',
    '../main/desk/serve-desk.ts',
  ].map((path) => import(path)),
)
const [{ readSettings }, { servedLocales }, { keptLexicon }] = await Promise.all([
  import('../main/settings.ts'),
  import('../main/served-locales.ts'),
  import('../kept-lexicon.ts'),
])
try {
  keptLexicon(servedLocales(join(import.meta.dirname, '..', '..'), readSettings(process.env)))
} catch {
  // The start says what is wrong with the settings.
}
flushCompileCache()
const now = new Date()
utimesSync(getCompileCacheDir(), now, now)
