import { setTimeout as passes } from 'node:timers/promises'
import { lastResort } from '../../src/main/process/process-end.ts'
import { createLog } from '../../src/operations/log.ts'

/** A process with the real log on standard error, in which something goes wrong with a person's words in it. */
const [how = '', words = ''] = process.argv.slice(2)
const log = createLog()
lastResort(log)
switch (how) {
  case 'throws':
    setTimeout(() => {
      throw new TypeError(words)
    })
    break
  case 'rejects':
    void Promise.reject(Object.assign(new Error(words), { code: 'ERR_OWN', detail: words }))
    break
  case 'warns':
    process.emitWarning(words, 'DeprecationWarning', words)
    break
  case 'logs':
    for (let line = 0; line < 20; line += 1) log.event('stopped')
    break
}
await passes(100)
process.stdout.write('still here\n')
