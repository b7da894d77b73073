import { defineConfig } from 'vitest/config'

/** `npm run test:screens`: every screen of the desk in every look, as a person sees it and as axe does. */
export default defineConfig({
  test: {
    include: ['tests/desk-ui/*screens.test.ts'],
    setupFiles: ['tests/log-watch/watch.ts'],
    globalSetup: ['tests/log-watch/every-file.ts'],
    testTimeout: 120_000,
    hookTimeout: 30_000,
  },
})
