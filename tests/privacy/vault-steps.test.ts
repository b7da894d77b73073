import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSqliteVault, type SqliteVaultOptions } from '../../src/privacy/vault/sqlite-vault.ts'
import type { KeyId, RotatingVault } from '../../src/privacy/vault/vault.ts'
import { freshKey } from '../../src/privacy/vault/wrap.ts'
import { change, countOf, createAll, DEK, FREE, idsOf, KEK, PEPPER, slotsIn } from './vault-file.ts'

const root = freshKey()
let folder: string
let at: string
let opened: RotatingVault[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-steps-'))
  at = join(folder, 'vault')
  opened = []
})
afterEach(async () => {
  for (const vault of opened) await vault.close().catch(() => {})
  rmSync(folder, { recursive: true })
})

function openVault(options?: SqliteVaultOptions): RotatingVault {
  const vault = openSqliteVault(at, root, options)
  opened.push(vault)
  return vault
}

describe('a key of the vault', () => {
  it('is there when it was asked for just before the vault was closed', async () => {
    const vault = openVault()
    const making = vault.create()
    await vault.close()
    const key = await making
    expect((await openVault().open(key.id))?.secret.equals(key.secret)).toBe(true)
  })

  it('is the same object while it is held, and read anew when others took its room', async () => {
    const vault = openVault({ held: 4 })
    const first = await vault.create()
    expect(await vault.open(first.id)).toBe(first)
    const second = await vault.create()
    expect(await vault.open(second.id)).toBe(second)
    const third = await vault.create()
    await vault.create()
    const again = await vault.open(third.id)
    expect(again).not.toBe(third)
    expect(again?.secret.equals(third.secret)).toBe(true)
    expect(await vault.open(third.id)).toBe(again)
  })

  it('is held among 256 where nothing else is said, of which a quarter was not asked for again', async () => {
    const vault = openVault()
    const keys = await createAll(vault, 65)
    const opens = await Promise.all(keys.slice(1).map(async (key) => (await vault.open(key.id)) === key))
    expect(opens.every(Boolean)).toBe(true)
    expect(await vault.open(keys[0]?.id as KeyId)).not.toBe(keys[0])
  })

  it('is not there under an id that was never given, nor under that of a key of the vault itself', async () => {
    const vault = openVault()
    await vault.create()
    expect(await vault.open('AAAAAAAAAAAAAAAAAAAAAA' as KeyId)).toBeUndefined()
    expect(await vault.open('' as KeyId)).toBeUndefined()
  })

  it('is not among those of the vault once it was destroyed, before and after the next start', async () => {
    const vault = openVault()
    const [gone, ...stay] = await createAll(vault, 4)
    await vault.destroy(gone?.id as KeyId)
    const ids = stay.map(({ id }) => id as string).toSorted()
    expect(await idsOf(vault)).toEqual(ids)
    await vault.close()
    const again = openVault()
    expect(await idsOf(again)).toEqual(ids)
    for (const { id, secret } of stay) expect((await again.open(id))?.secret.equals(secret)).toBe(true)
  })

  it('lies in the slot of one that was destroyed', async () => {
    const vault = openVault()
    const [a, b] = await createAll(vault, 2)
    await vault.destroy(a?.id as KeyId)
    const c = await vault.create()
    await vault.close()
    const deks = slotsIn(at).filter(({ role }) => role === DEK)
    expect(deks.map(({ n, id }) => [n, id])).toEqual([
      [3, c.id],
      [4, b?.id],
    ])
  })

  it('shares its slot with no other, though one was destroyed twice at once', async () => {
    const vault = openVault()
    const gone = await vault.create()
    await Promise.all([vault.destroy(gone.id), vault.destroy(gone.id)])
    const keys = await createAll(vault, 2)
    await vault.close()
    const again = openVault()
    for (const { id, secret } of keys) expect((await again.open(id))?.secret.equals(secret)).toBe(true)
  })

  it('is not held by whoever opened it while it was being destroyed', async () => {
    const vault = openVault()
    const { id } = await vault.create()
    const destroying = vault.destroy(id)
    expect(await vault.open(id)).toBeDefined()
    await destroying
    expect(await vault.open(id)).toBeUndefined()
  })

  it('that is not there can be destroyed, and nothing is written for it', async () => {
    const vault = openVault()
    await vault.create()
    const before = readFileSync(join(at, 'vault.db'))
    await vault.destroy('AAAAAAAAAAAAAAAAAAAAAA' as KeyId)
    expect(readFileSync(join(at, 'vault.db')).equals(before)).toBe(true)
  })

  it('is refused when its bytes are damaged, and no other one with it', async () => {
    const vault = openVault()
    const [bad, good] = await createAll(vault, 2)
    await vault.close()
    change(
      at,
      `UPDATE slots SET bytes = CAST(substr(bytes, 1, 60) || x'00000000' || substr(bytes, 65) AS BLOB)
      WHERE n = 3`,
    )
    const again = openVault()
    await expect(again.open(bad?.id as KeyId)).rejects.toMatchObject({
      reason: 'damaged',
      message: 'a key in the vault is damaged',
    })
    expect((await again.open(good?.id as KeyId))?.secret.equals(good?.secret as never)).toBe(true)
    await again.rotate()
    expect((await again.open(good?.id as KeyId))?.secret.equals(good?.secret as never)).toBe(true)
    await again.close()
    expect(countOf(at, KEK)).toBe(1)
    await expect(openVault().open(bad?.id as KeyId)).rejects.toMatchObject({ reason: 'damaged' })
  })

  it('is held no longer once the vault is closed', async () => {
    const vault = openVault()
    const { id } = await vault.create()
    await vault.close()
    await expect(vault.open(id)).rejects.toThrow('finalized')
  })
})

describe('a write that fails', () => {
  it('costs only its own key, whose slot is taken again, and the ballast is made anew', async () => {
    await openVault().close()
    change(
      at,
      `CREATE TRIGGER full BEFORE INSERT ON slots WHEN NEW.n = 3 AND NOT EXISTS (SELECT 1 FROM slots WHERE n = 4)
      BEGIN SELECT RAISE(ABORT, 'no room'); END`,
    )
    const vault = openVault()
    await vault.epochs()
    const ballast = readFileSync(join(at, 'ballast'))
    const [bad, good] = await Promise.allSettled([vault.create(), vault.create()])
    expect(bad.status).toBe('rejected')
    if (good.status === 'rejected') throw good.reason
    expect(await idsOf(vault)).toEqual([good.value.id])
    const after = readFileSync(join(at, 'ballast'))
    expect(after).toHaveLength(ballast.length)
    expect(after.equals(ballast)).toBe(false)
    const next = await vault.create()
    await vault.close()
    expect(slotsIn(at).map(({ n, role }) => [n, role])).toEqual([
      [1, KEK],
      [2, PEPPER],
      [3, DEK],
      [4, DEK],
    ])
    const again = openVault()
    expect((await again.open(next.id))?.secret.equals(next.secret)).toBe(true)
    expect((await again.open(good.value.id))?.secret.equals(good.value.secret)).toBe(true)
  })

  it('leaves no name of a key whose bytes were written and could not be kept', async () => {
    await openVault().close()
    change(
      at,
      `CREATE TABLE held (n INTEGER PRIMARY KEY);
       CREATE TABLE refused (n INTEGER REFERENCES held DEFERRABLE INITIALLY DEFERRED);
       CREATE TRIGGER late AFTER INSERT ON slots WHEN NEW.n = 3 BEGIN INSERT INTO refused VALUES (1); END`,
    )
    const vault = openVault()
    await expect(vault.create()).rejects.toThrow('FOREIGN KEY')
    expect(await idsOf(vault)).toEqual([])
  })

  it('says that a key was not destroyed, which opens as before, and destroys its neighbours', async () => {
    const first = openVault()
    const [stuck, gone] = await createAll(first, 2)
    await first.close()
    change(
      at,
      `CREATE TRIGGER stuck BEFORE UPDATE ON slots WHEN NEW.n = 3 BEGIN SELECT RAISE(ABORT, 'no room'); END`,
    )
    const vault = openVault()
    const ends = await Promise.allSettled([
      vault.destroy(stuck?.id as KeyId),
      vault.destroy(gone?.id as KeyId),
    ])
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    expect(await idsOf(vault)).toEqual([stuck?.id])
    expect((await vault.open(stuck?.id as KeyId))?.secret.equals(stuck?.secret as never)).toBe(true)
    await vault.close()
    expect(slotsIn(at).map(({ role }) => role)).toEqual([KEK, PEPPER, DEK, FREE])
  })
})

describe('the folder of the vault', () => {
  it('has its ballast again after a start, when somebody took it away', async () => {
    const vault = openVault()
    await vault.epochs()
    await vault.close()
    rmSync(join(at, 'ballast'))
    await openVault().epochs()
    expect(statSync(join(at, 'ballast')).size).toBe(262_144)
  })

  it('is made with its parents, closed to others where it was open, and holds ballast from the start', async () => {
    at = join(folder, 'deep', 'vault')
    mkdirSync(at, { recursive: true })
    chmodSync(at, 0o755)
    await openVault().epochs()
    expect(statSync(at).mode & 0o777).toBe(0o700)
    expect(statSync(join(at, 'ballast')).size).toBe(262_144)
    at = join(folder, 'other', 'vault')
    openVault()
    expect(statSync(join(folder, 'other')).mode & 0o777).toBe(0o700)
  })

  it('tells backups to leave it out, and keeps the words of an operator who says so otherwise', () => {
    openVault()
    const tag = join(at, 'CACHEDIR.TAG')
    expect(statSync(tag).mode & 0o777).toBe(0o600)
    expect(readFileSync(tag, 'utf8')).toContain('leave it out')
    at = join(folder, 'second')
    mkdirSync(at)
    writeFileSync(join(at, 'CACHEDIR.TAG'), 'ours')
    openVault()
    expect(readFileSync(join(at, 'CACHEDIR.TAG'), 'utf8')).toBe('ours')
  })

  it('can be opened with the right root key after the wrong one was refused', async () => {
    const vault = openVault()
    const { id } = await vault.create()
    await vault.close()
    expect(() => openSqliteVault(at, freshKey())).toThrow('root key')
    expect(await openVault().open(id)).toBeDefined()
  })
})
