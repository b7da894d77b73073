import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/faults/**', 'tests/desk-ui/*screens.test.ts', 'tests/chaos/model.test.ts'],
    // Most of them wait for a disk, a browser or another process for most of their time.
    maxWorkers: Math.max(4, availableParallelism()),
    setupFiles: ['tests/log-watch/watch.ts', 'tests/chance.ts'],
    globalSetup: ['tests/log-watch/every-file.ts'],
    // One process for many files: nothing here changes what another file loads.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
