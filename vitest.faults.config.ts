import { defineConfig } from 'vitest/config'

/** `npm run test:faults`: what takes minutes, one file after the other. */
export default defineConfig({
  test: {
    include: ['tests/faults/**/*.test.ts'],
    setupFiles: ['tests/log-watch/watch.ts'],
    globalSetup: ['tests/log-watch/every-file.ts'],
    fileParallelism: false,
    testTimeout: 600_000,
  },
})
