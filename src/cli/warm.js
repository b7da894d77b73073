import { utimesSync } from 'node:fs'
import { flushCompileCache, getCompileCacheDir } from 'node:module'
import { useCompileCache } from './compile-cache.js'

/** Compiles every module that the service starts with, so that the service itself finds them compiled. */
useCompileCache({ warm: false })
await import('./start.ts')
// What is loaded only where a setting asks for it.
await Promise.all(
  [
    '../channels/telegram/create-telegram.ts',
    '../channels/whatsapp/create-whatsapp.ts',
    '../main/serve-chatwoot.ts',
    '../main/serve-desk.ts',
  ].map((path) => import(path)),
)
flushCompileCache()
const now = new Date()
utimesSync(getCompileCacheDir(), now, now)
