import { defineConfig } from 'vitest/config'

/** `npm run test:faults`: what takes minutes, two files at a time, with one table in the end. */
export default defineConfig({
  test: {
    include: ['tests/faults/**/*.test.ts'],
    setupFiles: ['tests/log-watch/watch.ts'],
    globalSetup: ['tests/log-watch/every-file.ts'],
    maxWorkers: 2,
    testTimeout: 600_000,
    hookTimeout: 120_000,
    reporters: ['default', './tests/faults/table.ts'],
  },
})
