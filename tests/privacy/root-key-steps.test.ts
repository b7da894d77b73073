import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type RootKey, rootKey, rootKeyFrom } from '../../src/privacy/vault/root-key.ts'

const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) }
const KEY = randomBytes(32)
const HEX = KEY.toString('hex')
const openFiles = () => readdirSync('/proc/self/fd').length

function bytesOf(outcome: RootKey): string {
  return outcome.kind === 'refused'
    ? outcome.problem
    : `${outcome.kind} ${outcome.key.export().toString('hex')}`
}

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-root-steps-'))
  path = join(folder, 'key')
})
afterEach(() => rmSync(folder, { recursive: true }))

function keep(bytes: Uint8Array, mode: number): void {
  writeFileSync(path, bytes)
  chmodSync(path, mode)
}

describe('the file of the root key', () => {
  const load = () => bytesOf(rootKeyFrom({ kind: 'file', path }, random))

  it('holds the key that its first start goes on with, in folders that only the owner may enter', () => {
    const deep = join(folder, 'a', 'b', 'root.key')
    const made = bytesOf(rootKey(deep, random))
    expect(made).toBe(`created ${readFileSync(deep).toString('hex')}`)
    expect(readFileSync(deep)).toHaveLength(32)
    expect(statSync(deep).mode & 0o777).toBe(0o400)
    expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, 'a', 'b')).mode & 0o777).toBe(0o700)
    expect(bytesOf(rootKey(deep, random))).toBe(made.replace('created', 'loaded'))
  })

  it('is made from 32 bytes, which lie in memory no longer afterwards', () => {
    const handed: Uint8Array<ArrayBuffer>[] = []
    const watched = {
      bytes(length: number) {
        const bytes = random.bytes(length)
        handed.push(bytes)
        return bytes
      },
    }
    const before = openFiles()
    rootKey(path, watched)
    expect(handed.map((bytes) => [...bytes])).toEqual([Array.from({ length: 32 }, () => 0)])
    expect(openFiles()).toBe(before)
  })

  it.each([0o400, 0o600, 0o700])('is taken with the mode %o', (mode) => {
    keep(KEY, mode)
    expect(load()).toBe(`loaded ${HEX}`)
  })

  it.each([0o440, 0o420, 0o410, 0o404, 0o402, 0o401])('is refused with the mode %o', (mode) => {
    keep(KEY, mode)
    expect(load()).toBe('ROOT_KEY_FILE may be read by others: set its mode to 0400')
  })

  it.each([0, 31, 33, 64])('is refused with %d bytes in it, and stays as it is', (length) => {
    const bytes = randomBytes(length)
    keep(bytes, 0o400)
    expect(load()).toBe('ROOT_KEY_FILE must hold exactly 32 bytes')
    expect(readFileSync(path).equals(bytes)).toBe(true)
  })

  it('is refused when it is a folder', () => {
    mkdirSync(path, { mode: 0o700 })
    expect(load()).toBe('ROOT_KEY_FILE is not a file')
  })
})

describe('the credential of the root key', () => {
  const load = () => bytesOf(rootKeyFrom({ kind: 'credential', path }, random))

  it.each([0o400, 0o440, 0o460])('is taken with the mode %o', (mode) => {
    keep(KEY, mode)
    expect(load()).toBe(`loaded ${HEX}`)
  })

  it.each([0o444, 0o442, 0o441])('is refused with the mode %o', (mode) => {
    keep(KEY, mode)
    expect(load()).toBe('ROOT_KEY_CREDENTIAL may be read by others')
  })

  it('is refused when it is a folder, and where there is none it is not made', () => {
    expect(load()).toBe('ROOT_KEY_CREDENTIAL names no credential of this service')
    expect(readdirSync(folder)).toEqual([])
    mkdirSync(path, { mode: 0o700 })
    expect(load()).toBe('ROOT_KEY_CREDENTIAL names no credential of this service')
  })

  it.each([31, 33])('is refused with %d bytes in it', (length) => {
    keep(randomBytes(length), 0o400)
    expect(load()).toBe('ROOT_KEY_CREDENTIAL must hold exactly 32 bytes')
  })
})

describe('the command that says the root key', () => {
  const say = (script: string, ...args: string[]) =>
    bytesOf(rootKeyFrom({ kind: 'command', command: ['/bin/sh', '-c', script, 'sh', ...args] }, random))
  const text = (said: string) => say('printf %s "$1"', said)
  /** Its base64 holds both characters in which the two alphabets differ. */
  const marked = Buffer.concat([Buffer.from([0xfb, 0xff, 0xbf, 0xfb]), KEY.subarray(4)])

  it.each([
    ['in small hex', HEX],
    ['in large hex', HEX.toUpperCase()],
    ['with lines and spaces around', `\n ${HEX} \n\n`],
    ['in base64', KEY.toString('base64')],
    ['in base64 without its last sign', KEY.toString('base64').slice(0, 43)],
    ['in base64url', KEY.toString('base64url')],
  ])('may say it %s', (_how, said) => expect(text(said)).toBe(`loaded ${HEX}`))

  it.each([
    ['base64', marked.toString('base64')],
    ['base64url', marked.toString('base64url')],
  ])('may use every sign of %s', (_name, said) => expect(text(said)).toBe(`loaded ${marked.toString('hex')}`))

  it('may say the 32 bytes as they are, white space at their ends too', () => {
    writeFileSync(path, Buffer.concat([Buffer.from('\n '), KEY.subarray(0, 28), Buffer.from(' \n')]))
    expect(say('cat "$1"', path)).toBe(`loaded ${readFileSync(path).toString('hex')}`)
  })

  it.each([
    ['nothing', ''],
    ['hex that is short', HEX.slice(1)],
    ['hex that is long', `${HEX}0`],
    ['hex with a word before it', `key ${HEX}`],
    ['hex with a word after it', `${HEX} key`],
    ['a sign that is not hex', `${HEX.slice(1)}g`],
    ['base64 that is short', KEY.toString('base64').slice(0, 42)],
    ['base64 that is long', `${KEY.toString('base64')}=`],
    ['base64 with a word before it', `key ${KEY.toString('base64')}`],
    ['base64 with a sign before it', `!${KEY.toString('base64')}`],
    ['base64 with a word after it', `${KEY.toString('base64')} key`],
    ['a sign that is not base64', `${KEY.toString('base64').slice(0, 42)}!`],
  ])('is refused when it says %s', (_what, said) =>
    expect(text(said)).toBe('ROOT_KEY_COMMAND must say 32 bytes, raw, in hex or in base64'),
  )

  it.each([
    ['ends with a failure', 'printf %s "$1"; exit 1'],
    ['is killed', 'printf %s "$1"; kill -9 $$'],
    ['says far too much', 'printf %s "$1"; head -c 2000 /dev/zero'],
  ])('is refused when it says the key and %s', (_how, script) =>
    expect(say(script, HEX)).toBe('ROOT_KEY_COMMAND failed'),
  )

  it('may complain as long as it likes', () =>
    expect(say('head -c 5000 /dev/zero >&2; printf %s "$1"', HEX)).toBe(`loaded ${HEX}`))

  it('finds nothing to read on its input', () =>
    expect(say('cat; printf %s "$1"', HEX)).toBe(`loaded ${HEX}`))

  it('is refused when it cannot be started', () =>
    expect(bytesOf(rootKeyFrom({ kind: 'command', command: ['/no/such/program'] }, random))).toBe(
      'ROOT_KEY_COMMAND failed',
    ))
})
