import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { rootKey } from '../../src/privacy/vault/root-key.ts'
import { openSqliteVault } from '../../src/privacy/vault/sqlite-vault.ts'
import { findResidue } from './residue.ts'

const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) }
const folder = () => mkdtempSync(join(tmpdir(), 'lantern-vault-'))

function root(at: string) {
  const loaded = rootKey(join(at, 'root.key'), random)
  if (loaded.kind === 'refused') throw new Error(loaded.problem)
  return loaded.key
}

/** How many KEKs lie in a vault's file: a slot begins with its role, and 1 is a KEK. */
function keksIn(at: string): number {
  const db = new DatabaseSync(join(at, 'vault.db'), { readOnly: true })
  const row = db.prepare("SELECT count(*) AS n FROM slots WHERE hex(substr(bytes, 1, 1)) = '01'").get()
  db.close()
  return Number(row?.['n'])
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

  it('leaves no copy of a wrapped key behind, whatever was made and destroyed around it', async () => {
    const at = folder()
    const vault = openSqliteVault(join(at, 'vault'), root(at))
    const bytes = () => readFileSync(join(at, 'vault', 'vault.db'))
    /** The wrapped key beside its id: nonce, ciphertext and tag, as they lie in the file now. */
    const wrapped = (id: string) => {
      const file = bytes()
      const place = file.indexOf(Buffer.from(id, 'base64url'))
      return place < 0 ? undefined : { name: id, bytes: Buffer.from(file.subarray(place + 20, place + 80)) }
    }
    const keys = await Promise.all(Array.from({ length: 300 }, () => vault.create()))
    const gone = keys.filter((_, n) => n % 3 !== 0)
    const stays = keys.filter((_, n) => n % 3 === 0)
    const canaries = gone.flatMap(({ id }) => wrapped(id) ?? [])
    expect(canaries).toHaveLength(gone.length)
    for (const one of canaries.slice(0, 20)) expect(findResidue([join(at, 'vault')], [one])).not.toEqual([])
    await Promise.all(gone.map(({ id }) => vault.destroy(id)))
    await Promise.all(Array.from({ length: 100 }, () => vault.create()))
    expect(findResidue([join(at, 'vault')], canaries)).toEqual([])
    expect(stays.every(({ id }) => wrapped(id) !== undefined)).toBe(true)
    await vault.close()
    expect(findResidue([join(at, 'vault')], canaries)).toEqual([])
  })

  it('finishes at the next start a rotation that was cut off, and drops the old KEK', async () => {
    const at = folder()
    const vault = openSqliteVault(join(at, 'vault'), root(at))
    const keys = await Promise.all(Array.from({ length: 600 }, () => vault.create()))
    const rotation = vault.rotate()
    // The new KEK and the first chunk are written; the copy is what a power cut would leave.
    for (let ticks = 0; ticks < 3; ticks += 1) await new Promise((resolve) => setImmediate(resolve))
    const cut = join(at, 'cut')
    mkdirSync(cut)
    copyFileSync(join(at, 'vault', 'vault.db'), join(cut, 'vault.db'))
    expect(keksIn(cut)).toBe(2)
    await rotation
    await vault.close()
    expect(keksIn(join(at, 'vault'))).toBe(1)
    const again = openSqliteVault(cut, root(at))
    for (const { id, secret } of keys) expect((await again.open(id))?.secret.equals(secret)).toBe(true)
    await again.close()
    expect(keksIn(cut)).toBe(1)
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

  it('says when its keys were made, after it was opened again too, and drops an older pepper when asked', async () => {
    const at = folder()
    const vault = openSqliteVault(join(at, 'vault'), root(at))
    expect((await vault.epochs()).kek).toEqual({ epoch: 1, madeAt: 0 })
    const steps: string[] = []
    await Promise.all(Array.from({ length: 600 }, () => vault.create()))
    await vault.rotate({ at: 5_000, progress: (done, of) => steps.push(`${done}/${of}`) })
    await vault.rotatePepper({ at: 7_000 })
    expect(steps).toEqual(['512/600', '600/600'])
    await vault.close()
    const again = openSqliteVault(join(at, 'vault'), root(at))
    expect(await again.epochs()).toEqual({
      kek: { epoch: 2, madeAt: 5_000 },
      pepper: { epoch: 2, madeAt: 7_000 },
    })
    const [current, older] = await again.peppers()
    expect(older).toBeDefined()
    await again.dropOlderPeppers()
    expect((await again.peppers()).map((pepper) => current?.equals(pepper))).toEqual([true])
    await again.close()
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
    expect(() => openSqliteVault(join(at, 'vault'), root(folder()))).toThrow(/root key/u)
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
