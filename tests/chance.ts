import fc from 'fast-check'

/**
 * Stands behind every test file (`setupFiles`): the examples that a property is tried with are the same in every run, so
 * that a clone fails for what was changed in it and never for its luck. `SEED=7 npm test` tries others, and
 * `npm run test:faults` new ones each time.
 */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env['SEED'] ?? 1) })
