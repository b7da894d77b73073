import { utimesSync } from 'node:fs'
import { flushCompileCache, getCompileCacheDir } from 'node:module'
import { useCompileCache } from './compile-cache.js'

/** Compiles every module that the service starts with, so that the service itself finds them compiled. */
useCompileCache({ warm: false })
await import('./start.ts')
flushCompileCache()
const now = new Date()
utimesSync(getCompileCacheDir(), now, now)
