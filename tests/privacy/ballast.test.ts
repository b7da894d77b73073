import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ballastAt } from '../../src/privacy/vault/ballast.ts'

const SIZE = 262_144
const openFiles = () => readdirSync('/proc/self/fd').length

describe('the ballast', () => {
  let folder: string
  let path: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lantern-ballast-'))
    path = join(folder, 'ballast')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const isThere = () => lstatSync(path, { throwIfNoEntry: false }) !== undefined

  it('is 256 KiB of random bytes that only its owner may read', () => {
    expect(ballastAt(path).restore()).toBe(true)
    const bytes = readFileSync(path)
    expect(bytes).toHaveLength(SIZE)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    for (let at = 0; at < SIZE; at += 4_096)
      expect(new Set(bytes.subarray(at, at + 4_096)).size).toBeGreaterThan(200)
  })

  it('is written once, and found whole by the next start', () => {
    const ballast = ballastAt(path)
    ballast.restore()
    const before = readFileSync(path)
    expect(ballast.restore()).toBe(true)
    expect(ballastAt(path).restore()).toBe(true)
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it.each([0, SIZE - 1, SIZE + 1])('is made anew when %d bytes of it are found', (size) => {
    ballastAt(path).restore()
    const before = readFileSync(path)
    truncateSync(path, size)
    expect(ballastAt(path).restore()).toBe(true)
    const after = readFileSync(path)
    expect(after).toHaveLength(SIZE)
    expect(after.equals(before)).toBe(false)
  })

  it('is gone when it was dropped, and comes back when it is asked for', () => {
    const ballast = ballastAt(path)
    ballast.restore()
    ballast.drop()
    expect(isThere()).toBe(false)
    expect(ballast.restore()).toBe(true)
    expect(statSync(path).size).toBe(SIZE)
  })

  it('can be dropped when it is not there', () => {
    const ballast = ballastAt(path)
    ballast.drop()
    expect(isThere()).toBe(false)
  })

  it('does not pass over in silence that its folder cannot be written to the disk', () => {
    const ballast = ballastAt(path)
    rmSync(folder, { recursive: true })
    expect(() => ballast.drop()).toThrow('ENOENT')
  })

  it('leaves no half of itself on a full disk, and comes back once there is room', () => {
    symlinkSync('/dev/full', path)
    const ballast = ballastAt(path)
    expect(ballast.restore()).toBe(false)
    expect(isThere()).toBe(false)
    expect(ballast.restore()).toBe(true)
    expect(lstatSync(path).isFile()).toBe(true)
  })

  it('counts as there only when the disk has confirmed it', () => {
    symlinkSync('/dev/null', path)
    expect(ballastAt(path).restore()).toBe(false)
    expect(isThere()).toBe(false)
  })

  it('says that there is no room where its file cannot be made', () => {
    const ballast = ballastAt(join(folder, 'later', 'ballast'))
    expect(ballast.restore()).toBe(false)
  })

  it('leaves no file open, whether it could be written or not', () => {
    const before = openFiles()
    ballastAt(path).restore()
    const full = join(folder, 'full')
    symlinkSync('/dev/full', full)
    ballastAt(full).restore()
    expect(openFiles()).toBe(before)
  })
})
