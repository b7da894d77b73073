import { utimesSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { CACHE_FOLDER, useCompileCache } from './compile-cache.js'

/** Compiles every module that the service starts with, so that the service itself finds them compiled. */
useCompileCache({ warm: false })
await import('./start.ts')
flushCompileCache()
const now = new Date()
utimesSync(CACHE_FOLDER, now, now)
