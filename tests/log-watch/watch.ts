import { ChildProcess } from 'node:child_process'
import childProcess from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import type { Readable } from 'node:stream'
import type { DestinationStream } from 'pino'
import { afterAll, expect, inject, vi } from 'vitest'
import { faultOfLine, isForTheStarter, leaks } from './judge.ts'

/**
 * Stands behind every test file (`setupFiles`): every log line that the house writes in it, and the standard error of
 * every process that it starts, must be of the catalogue and hold nothing that was withheld. What a test puts into
 * `Sensitive` (texts, addresses, message ids, keys) is a canary by that alone. A file in which something leaked fails;
 * `every-file.ts` fails the run when a file was not watched.
 */
const lines = new Set<string>()
const printed: { command: string; text: string }[] = []
const withheld = new Set<string>()
/** Shorter ones stand in ordinary words; and so much is enough where a test makes millions. */
const SHORTEST = 6
const MOST = 20_000

vi.mock(import('../../src/operations/log.ts'), async (original) => {
  const real = await original()
  const watched = (to?: DestinationStream) =>
    real.createLog({
      write(line: string) {
        lines.add(line)
        to?.write(line)
      },
    })
  return { ...real, createLog: watched, silentLog: watched() }
})

vi.mock(import('../../src/privacy/sensitive.ts'), async (original) => {
  const real = await original()
  return {
    ...real,
    sensitive<T>(value: T) {
      if (typeof value === 'string' && value.length >= SHORTEST && withheld.size < MOST) withheld.add(value)
      return real.sensitive(value)
    },
  }
})

/** Every way to start a process comes through here, or returns what it printed. */
const prototype = ChildProcess.prototype as unknown as { spawn(this: ChildProcess, options: object): number }
const spawnReally = prototype.spawn
prototype.spawn = function (options) {
  const outcome = spawnReally.call(this, options)
  if (this.stderr !== null) tap(this.stderr, (options as { args?: string[] }).args ?? [])
  return outcome
}
const spawnSyncReally = childProcess.spawnSync
childProcess.spawnSync = ((command: string, args?: string[], ...rest: never[]) => {
  const result = spawnSyncReally(command, args, ...rest)
  const text = String(result.stderr ?? '')
  if (text !== '') printed.push({ command: [command, ...(Array.isArray(args) ? args : [])].join(' '), text })
  return result
}) as typeof spawnSyncReally
syncBuiltinESMExports()

/** Reads along without making the stream flow, so that whoever started the process notices nothing. */
function tap(stream: Readable, args: readonly string[]): void {
  const seen = { command: args.join(' '), text: '' }
  printed.push(seen)
  const push = stream.push.bind(stream)
  stream.push = (chunk: unknown, ...rest: [BufferEncoding?]) => {
    if (chunk instanceof Uint8Array) seen.text += Buffer.from(chunk).toString()
    return push(chunk, ...rest)
  }
}

/** Everything that leaked so far, one line each. */
export function findings(): string[] {
  const found = [...lines].flatMap((line) => {
    const fault = faultOfLine(line.trimEnd())
    return [...(fault === undefined ? [] : [`a log line: ${fault}`]), ...leaks(line, withheld).map(inALine)]
  })
  for (const { command, text } of printed) {
    found.push(...leaks(text, withheld).map((value) => `${command} printed ${value}`))
    if (/preflight\.js start\b/u.test(command))
      for (const line of untilBundlerDied(text)
        .split('\n')
        .filter((one) => one !== '')) {
        const fault = isForTheStarter(line) ? undefined : faultOfLine(line)
        if (fault !== undefined) found.push(`${command} printed a line: ${fault}: ${line}`)
      }
  }
  return found
}

/** The bundler of the desk's page outlives a program that was killed by a moment, and prints its own end. */
function untilBundlerDied(text: string): string {
  const end = text.indexOf('fatal error: all goroutines are asleep - deadlock!')
  return end >= 0 && text.includes('github.com/evanw/esbuild', end) ? text.slice(0, end) : text
}

const inALine = (value: string) => `a log line holds ${value}`

afterAll(() => {
  const found = findings()
  if (found.length > 0) throw new Error(`The log watch found:\n${found.join('\n')}`)
  const { testPath = '' } = expect.getState()
  appendFileSync(inject('logWatch'), `${testPath}\t${lines.size}\t${printed.length}\n`)
})
