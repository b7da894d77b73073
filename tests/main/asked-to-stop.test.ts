import { statSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { askToStop, listenForStop } from '../../src/main/process/asked-to-stop.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-asked-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('asking a process to stop', () => {
  it('reaches the one of this port, and answers when all is given back', async () => {
    const here = await listenForStop(folder, 8081)
    const other = await listenForStop(folder, 8082)
    let others = 0
    void other?.asked.then(() => (others += 1))
    const answer = askToStop(folder, 8081)
    await here?.asked
    await here?.done()
    expect(await answer).toBe('drained')
    expect(others).toBe(0)
    expect(await askToStop(folder, 8081)).toBe('nobody')
    await other?.done()
  })

  it('needs the word, and only the owner may say it', async () => {
    const here = await listenForStop(folder, 8081)
    let asked = false
    void here?.asked.then(() => (asked = true))
    expect(statSync(join(folder, 'process-8081.sock')).mode & 0o777).toBe(0o600)
    const stranger = connect(join(folder, 'process-8081.sock'))
    await new Promise<void>((resolve) => stranger.write('GET / HTTP/1.1\r\n\r\n', () => resolve()))
    await new Promise(setImmediate)
    expect(asked).toBe(false)
    await here?.done()
    stranger.destroy()
  })

  it('does not take the place of a process that lives, and takes over what a killed one left', async () => {
    const here = await listenForStop(folder, 8081)
    expect(await listenForStop(folder, 8081)).toBeUndefined()
    await here?.done()
    writeFileSync(join(folder, 'process-8081.sock'), '')
    const after = await listenForStop(folder, 8081)
    expect(after).toBeDefined()
    await after?.done()
  })

  it('is left out where the path is too long for a socket, and nothing else fails', async () => {
    expect(await listenForStop(join(folder, 'x'.repeat(120)), 8081)).toBeUndefined()
  })
})
