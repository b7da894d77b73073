import { randomBytes } from 'node:crypto'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readKeysBeside } from '../../src/privacy/vault/keys-beside.ts'
import { openSqliteVault } from '../../src/privacy/vault/sqlite-vault.ts'
import type { KeyId } from '../../src/privacy/vault/vault.ts'
import { freshKey } from '../../src/privacy/vault/wrap.ts'

const openFiles = () => readdirSync('/proc/self/fd').length

describe('the keys of a vault that another process has open', () => {
  const root = freshKey()
  let folder: string
  let at: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lantern-beside-'))
    at = join(folder, 'vault')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  /** What a power cut would leave at this moment, without a journal. */
  function cutOff(): string {
    const cut = join(folder, 'cut')
    mkdirSync(cut, { recursive: true })
    copyFileSync(join(at, 'vault.db'), join(cut, 'vault.db'))
    return cut
  }

  it('are read while it is open, and not one byte of its folder changes', async () => {
    const vault = openSqliteVault(at, root)
    const keys = [await vault.create(), await vault.create()]
    const names = readdirSync(at)
    const bytes = readFileSync(join(at, 'vault.db'))
    const beside = await readKeysBeside(at, root)
    for (const { id, secret } of keys) {
      const key = beside.open(id)
      expect(key?.id).toBe(id)
      expect(key?.secret.equals(secret)).toBe(true)
    }
    expect(readdirSync(at)).toEqual(names)
    expect(readFileSync(join(at, 'vault.db')).equals(bytes)).toBe(true)
    await vault.close()
  })

  it('do not hold a key that was destroyed, nor one that never was', async () => {
    const vault = openSqliteVault(at, root)
    const gone = await vault.create()
    const stays = await vault.create()
    await vault.destroy(gone.id)
    const beside = await readKeysBeside(at, root)
    expect(beside.open(gone.id)).toBeUndefined()
    expect(beside.open(randomBytes(16).toString('base64url') as KeyId)).toBeUndefined()
    expect(beside.open(stays.id)?.secret.equals(stays.secret)).toBe(true)
    await vault.close()
  })

  it('hold the pepper in use first and the one before it second', async () => {
    const vault = openSqliteVault(at, root)
    await vault.rotatePepper()
    await vault.rotatePepper()
    const peppers = await vault.peppers()
    const beside = await readKeysBeside(at, root)
    expect(peppers).toHaveLength(2)
    expect(beside.peppers.map((pepper) => pepper.export())).toEqual(peppers.map((pepper) => pepper.export()))
    await vault.close()
  })

  it('are all there in the middle of a rotation, whichever key they lie under', async () => {
    const vault = openSqliteVault(at, root)
    const keys = await Promise.all(Array.from({ length: 520 }, () => vault.create()))
    let cut = ''
    await vault.rotate({
      progress: () => {
        if (cut === '') cut = cutOff()
      },
    })
    await vault.close()
    const beside = await readKeysBeside(cut, root)
    expect(keys.filter(({ id, secret }) => beside.open(id)?.secret.equals(secret) !== true)).toEqual([])
    expect(beside.peppers).toHaveLength(1)
  })

  it('do not hold a key whose bytes are damaged, and leave no file open', async () => {
    const vault = openSqliteVault(at, root)
    const [bad, good] = [await vault.create(), await vault.create()]
    await vault.close()
    const path = join(at, 'vault.db')
    const bytes = readFileSync(path)
    const place = bytes.indexOf(Buffer.from(bad.id, 'base64url')) + 40
    bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place)
    writeFileSync(path, bytes)
    const files = openFiles()
    const beside = await readKeysBeside(at, root)
    expect(openFiles()).toBe(files)
    expect(beside.open(bad.id)).toBeUndefined()
    expect(beside.open(good.id)).toBeDefined()
  })

  it('are refused to whoever holds another root key', async () => {
    const vault = openSqliteVault(at, root)
    await vault.create()
    await expect(readKeysBeside(at, freshKey())).rejects.toMatchObject({
      reason: 'wrong-root',
      message: 'ROOT_KEY_FILE is not the key that this vault was made with',
    })
    await vault.close()
  })

  it('are not read while a write is under way, and are as soon as it is done', async () => {
    const vault = openSqliteVault(at, root)
    const { id, secret } = await vault.create()
    await vault.close()
    const journal = join(at, 'vault.db-journal')
    writeFileSync(journal, 'x')
    const reading = readKeysBeside(at, root)
    writeFileSync(journal, '')
    expect((await reading).open(id)?.secret.equals(secret)).toBe(true)
  })

  it('are given up after a second in which a write never ended', async () => {
    const vault = openSqliteVault(at, root)
    await vault.create()
    await vault.close()
    writeFileSync(join(at, 'vault.db-journal'), 'x')
    const begin = performance.now()
    await expect(readKeysBeside(at, root)).rejects.toMatchObject({
      reason: 'busy',
      message: 'the vault is being written all the time: try again in a moment',
    })
    expect(performance.now() - begin).toBeGreaterThan(900)
  })

  it('are not said to be gone when the file is no vault', async () => {
    mkdirSync(at)
    writeFileSync(join(at, 'vault.db'), 'not a vault')
    const open = openFiles()
    await expect(readKeysBeside(at, root)).rejects.toMatchObject({ reason: 'damaged' })
    expect(openFiles()).toBe(open)
  })

  it('are given up when the file is another one at each look', async () => {
    mkdirSync(at)
    symlinkSync('/proc/sys/kernel/random/uuid', join(at, 'vault.db'))
    await expect(readKeysBeside(at, root)).rejects.toMatchObject({ reason: 'busy' })
  })
})
