import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, it } from 'vitest'
import { type ClosedWord, createLog, silentLog } from '../../src/operations/log.ts'
import { sensitive } from '../../src/privacy/sensitive.ts'

/** A test file in which things leak and every test passes all the same; tests/log-watch/watch.test.ts runs it. */
describe('leaking', () => {
  it('logs a word of hers where the lines go nowhere', () => {
    silentLog.event('turn.failed', { channel: 'rosewood' as ClosedWord })
  })
  it('logs a number of hers', () => {
    createLog({ write: () => {} }).event('sweep.erased', {
      count: Number(sensitive('491701234567').reveal()),
    })
  })
  it('starts a process that prints her text', async () => {
    const script = `process.stderr.write(${JSON.stringify(sensitive('meet at the old mill').reveal())})`
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'ignore', 'pipe'] })
    await once(child.stderr.resume(), 'end')
  })
})
