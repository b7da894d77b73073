import { expect, it } from 'vitest'
import { silentLog } from '../../src/operations/log.ts'

/** A test file in which nothing leaks; tests/log-watch/watch.test.ts runs it. */
it('is quiet', () => {
  silentLog.event('sweep.erased', { count: 3 })
  expect(silentLog).toBeDefined()
})
