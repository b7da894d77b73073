import { readFileSync } from 'node:fs'

/**
 * Runs inside the program (`--import`): on SIGUSR2 something breaks that nobody catches, with an error that carries all
 * that it should not: in its message, its name, its stack, its cause and its fields.
 */
process.on('SIGUSR2', () => {
  const secrets = readFileSync(process.env['CRASH_WITH'] ?? '', 'utf8')
  setImmediate(() => {
    const error = new TypeError(secrets, { cause: new Error(secrets) })
    throw Object.assign(error, { name: secrets.slice(0, 40), payload: { text: secrets }, code: secrets })
  })
})
