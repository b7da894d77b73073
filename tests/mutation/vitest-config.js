import { defineConfig } from 'vitest/config'
import { GROUPS } from './groups.js'

/** The tests of one group, without the watch over the log: a changed logger is what a test must notice by itself. */
export default defineConfig({
  test: {
    include: GROUPS[process.env.LANTERN_MUTATION_GROUP]?.tests ?? [],
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
