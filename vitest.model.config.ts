import { defineConfig } from 'vitest/config'

/** The model of turns, checked by spin: a part of `npm run test:chaos`, and alone `vitest run --config vitest.model.config.ts`. */
export default defineConfig({
  test: {
    include: ['tests/chaos/model.test.ts'],
    maxConcurrency: 2,
    testTimeout: 240_000,
  },
})
