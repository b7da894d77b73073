import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { type RootKey, rootKeyFrom } from '../../src/privacy/vault/root-key.ts'

const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) }
const folder = () => mkdtempSync(join(tmpdir(), 'lantern-root-'))

/** What a start with these settings makes of the root key. */
function from(settings: Record<string, string>): RootKey {
  const read = readConfig(settings)
  if ('faults' in read) throw new Error(read.faults.map(({ variable }) => variable).join())
  return rootKeyFrom(read.config.root, random)
}

function bytesOf(loaded: RootKey): string {
  return loaded.kind === 'refused' ? loaded.problem : loaded.key.export().toString('hex')
}

function script(text: string): string {
  const path = join(folder(), 'say key')
  writeFileSync(path, `#!/bin/sh\n${text}\n`)
  chmodSync(path, 0o700)
  return JSON.stringify([path, 'a b', '$(id)'])
}

describe('the root key', () => {
  const key = randomBytes(32)

  it('is taken from a credential of the systemd service, and never made there', () => {
    const at = folder()
    writeFileSync(join(at, 'lantern-root'), key, { mode: 0o440 })
    const settings = { CREDENTIALS_DIRECTORY: at, ROOT_KEY_CREDENTIAL: 'lantern-root' }
    expect(bytesOf(from(settings))).toBe(key.toString('hex'))
    expect(bytesOf(from({ ...settings, ROOT_KEY_CREDENTIAL: 'other' }))).toMatch(/names no credential/u)
    chmodSync(join(at, 'lantern-root'), 0o444)
    expect(bytesOf(from(settings))).toMatch(/may be read by others/u)
    expect(() => from({ ROOT_KEY_CREDENTIAL: 'lantern-root' })).toThrow('ROOT_KEY_CREDENTIAL')
    expect(() => from({ ...settings, ROOT_KEY_CREDENTIAL: '../x' })).toThrow('ROOT_KEY_CREDENTIAL')
  })

  it.each([
    ['raw', (path: string) => `cat '${path}.raw'`],
    ['in hex', (path: string) => `cat '${path}.hex'`],
    ['in base64', (path: string) => `cat '${path}.base64'`],
  ])('is taken from a command that says it %s', (_, text) => {
    const path = join(folder(), 'key')
    writeFileSync(`${path}.raw`, key)
    writeFileSync(`${path}.hex`, `${key.toString('hex')}\n`)
    writeFileSync(`${path}.base64`, `${key.toString('base64')}\n`)
    expect(bytesOf(from({ ROOT_KEY_COMMAND: script(text(path)) }))).toBe(key.toString('hex'))
  })

  it('is taken from no shell: each word reaches the program as it stands', () => {
    const path = join(folder(), 'words')
    from({ ROOT_KEY_COMMAND: script(`printf '%s|' "$@" > '${path}'; head -c 32 /dev/zero`) })
    expect(bytesOf(from({ ROOT_KEY_COMMAND: `/bin/cat ${path}` }))).toMatch(/must say 32 bytes/u)
    expect(() => from({ ROOT_KEY_COMMAND: 'cat key' })).toThrow('ROOT_KEY_COMMAND')
    expect(() => from({ ROOT_KEY_COMMAND: '[1]' })).toThrow('ROOT_KEY_COMMAND')
    expect(() => from({ ROOT_KEY_COMMAND: '/bin/cat x', ROOT_KEY_FILE: 'x' })).toThrow('ROOT_KEY_COMMAND')
  })

  it('is refused without a word of what the command said, when it fails or says anything else', () => {
    const secret = randomBytes(40).toString('hex')
    for (const text of [`echo ${secret}`, `echo ${secret}; echo ${secret} >&2; exit 3`, 'true']) {
      const problem = bytesOf(from({ ROOT_KEY_COMMAND: script(text) }))
      expect(problem).toMatch(/^ROOT_KEY_COMMAND /u)
      expect(problem).not.toContain(secret)
    }
    expect(bytesOf(from({ ROOT_KEY_COMMAND: '/no/such/program' }))).toBe('ROOT_KEY_COMMAND failed')
  })

  it('is refused when the command does not end in time, whoever else holds its output open', () => {
    const begin = performance.now()
    const slow = bytesOf(from({ ROOT_KEY_COMMAND: script('sleep 60 & sleep 60') }))
    expect(slow).toMatch(/did not end within 10 seconds/u)
    expect(performance.now() - begin).toBeLessThan(15_000)
  }, 20_000)
})
