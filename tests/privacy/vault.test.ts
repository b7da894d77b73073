import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rootKey } from '../../src/privacy/root-key.ts'
import { openSqliteVault } from '../../src/privacy/sqlite-vault.ts'
import { findResidue } from './residue.ts'

const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) }
const folder = () => mkdtempSync(join(tmpdir(), 'lantern-vault-'))

function root(at: string) {
  const loaded = rootKey(join(at, 'root.key'), random)
  if (loaded.kind === 'refused') throw new Error(loaded.problem)
  return loaded.key
}

describe('the vault', () => {
  it('gives a key back after it was closed and opened again', async () => {
    const at = folder()
    const first = openSqliteVault(join(at, 'vault'), root(at))
    const key = await first.create()
    const bytes = key.secret.export()
    await first.close()
    const second = openSqliteVault(join(at, 'vault'), root(at))
    expect((await second.open(key.id))?.secret.export().equals(bytes)).toBe(true)
    await second.close()
  })

  it('leaves no byte of a destroyed key in any file, and the living one lies there', async () => {
    const at = folder()
    const vault = openSqliteVault(join(at, 'vault'), root(at))
    const gone = await vault.create()
    const stays = await vault.create()
    const id = (key: { id: string }) => ({ name: key.id, bytes: Buffer.from(key.id, 'base64url') })
    expect(findResidue([join(at, 'vault')], [id(gone)]).length).toBeGreaterThan(0)
    await vault.destroy(gone.id)
    expect(
      findResidue([join(at, 'vault')], [id(gone), { name: 'bytes', bytes: gone.secret.export() }]),
    ).toEqual([])
    expect(findResidue([join(at, 'vault')], [id(stays)]).length).toBeGreaterThan(0)
    expect(await vault.open(gone.id)).toBeUndefined()
    expect(await vault.open(stays.id)).toBeDefined()
    await vault.destroy(gone.id)
    await vault.close()
    const again = openSqliteVault(join(at, 'vault'), root(at))
    expect(await again.open(gone.id)).toBeUndefined()
    await again.close()
  })

  it('keeps every living key through a rotation, and none of the old wrappings', async () => {
    const at = folder()
    const vault = openSqliteVault(join(at, 'vault'), root(at))
    const keys = await Promise.all(Array.from({ length: 600 }, () => vault.create()))
    const before = keys.map((key) => key.secret.export().toString('hex'))
    const copy = readFileSync(join(at, 'vault', 'vault.db'))
    await vault.rotate()
    await vault.close()
    const again = openSqliteVault(join(at, 'vault'), root(at))
    const after = await Promise.all(
      keys.map(async ({ id }) => (await again.open(id))?.secret.export().toString('hex')),
    )
    expect(after).toEqual(before)
    const [sample] = keys
    const place = copy.indexOf(Buffer.from(sample?.id ?? '', 'base64url'))
    expect(place).toBeGreaterThan(0)
    const wrapped = copy.subarray(place + 24, place + 56)
    expect(findResidue([join(at, 'vault')], [{ name: 'old wrapping', bytes: wrapped }])).toEqual([])
    await again.close()
  })

  it('keeps the pepper before the current one, and no earlier one', async () => {
    const at = folder()
    const vault = openSqliteVault(join(at, 'vault'), root(at))
    const [first] = await vault.peppers()
    await vault.rotatePepper()
    const two = await vault.peppers()
    expect(two).toHaveLength(2)
    expect(two[1]?.equals(first as NonNullable<typeof first>)).toBe(true)
    await vault.rotatePepper()
    const latest = await vault.peppers()
    expect(latest.some((pepper) => first !== undefined && pepper.equals(first))).toBe(false)
    await vault.close()
  })

  it('names all living keys', async () => {
    const at = folder()
    const vault = openSqliteVault(join(at, 'vault'), root(at))
    const keys = await Promise.all(Array.from({ length: 20 }, () => vault.create()))
    const named: string[] = []
    for await (const id of vault.ids()) named.push(id)
    expect(named.toSorted()).toEqual(keys.map(({ id }) => id as string).toSorted())
    await vault.close()
  })

  it('refuses another root key, and a second process', async () => {
    const at = folder()
    const vault = openSqliteVault(join(at, 'vault'), root(at))
    await vault.create()
    expect(() => openSqliteVault(join(at, 'vault'), root(at))).toThrow(/in use/u)
    await vault.close()
    expect(() => openSqliteVault(join(at, 'vault'), root(folder()))).toThrow()
  })

  it('is for its owner only, and marked for backups to leave out', async () => {
    const at = folder()
    const vault = openSqliteVault(join(at, 'vault'), root(at))
    expect(statSync(join(at, 'vault')).mode & 0o777).toBe(0o700)
    expect(statSync(join(at, 'vault', 'vault.db')).mode & 0o077).toBe(0)
    expect(readFileSync(join(at, 'vault', 'CACHEDIR.TAG'), 'utf8')).toMatch(
      /^Signature: 8a477f597d28d172789f06886806bc55/u,
    )
    await vault.close()
  })
})

describe('the root key', () => {
  it('is made once, readable by its owner only, and loaded after that', () => {
    const at = join(folder(), 'root.key')
    expect(rootKey(at, random).kind).toBe('created')
    expect(statSync(at).mode & 0o777).toBe(0o400)
    expect(rootKey(at, random).kind).toBe('loaded')
  })

  it('is refused when others may read it or when it is not 32 bytes', () => {
    const at = join(folder(), 'root.key')
    writeFileSync(at, randomBytes(31), { mode: 0o400 })
    expect(rootKey(at, random).kind).toBe('refused')
    const open = join(folder(), 'root.key')
    writeFileSync(open, randomBytes(32))
    chmodSync(open, 0o644)
    expect(rootKey(open, random).kind).toBe('refused')
  })
})
