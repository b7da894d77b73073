import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSqliteVault } from '../../src/privacy/vault/sqlite-vault.ts'
import type { KeyId, RotatingVault } from '../../src/privacy/vault/vault.ts'
import { freshKey } from '../../src/privacy/vault/wrap.ts'
import { change, countOf, createAll, DEK, FREE, idsOf, KEK, PEPPER, slotsIn } from './vault-file.ts'

const root = freshKey()
let folder: string
let at: string
let opened: RotatingVault[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-rotation-'))
  at = join(folder, 'vault')
  opened = []
})
afterEach(async () => {
  for (const vault of opened) await vault.close().catch(() => {})
  rmSync(folder, { recursive: true })
})

function openVault(path = at): RotatingVault {
  const vault = openSqliteVault(path, root)
  opened.push(vault)
  return vault
}

describe('a rotation', () => {
  it('follows another that is under way, and no key is lost by two at once', async () => {
    const vault = openVault()
    const keys = await createAll(vault, 30)
    await Promise.all([vault.rotate({ at: 5 }), vault.rotate({ at: 9 })])
    expect((await vault.epochs()).kek).toEqual({ epoch: 3, madeAt: 9 })
    await vault.close()
    expect(countOf(at, KEK)).toBe(1)
    const again = openVault()
    for (const { id, secret } of keys) expect((await again.open(id))?.secret.equals(secret)).toBe(true)
  })

  it('goes on past one that failed', async () => {
    await openVault().close()
    change(
      at,
      `CREATE TRIGGER once BEFORE UPDATE ON slots WHEN NEW.n = 1 AND NOT EXISTS (SELECT 1 FROM slots WHERE n = 4)
      BEGIN SELECT RAISE(ABORT, 'no room'); END`,
    )
    const vault = openVault()
    const ends = await Promise.allSettled([vault.rotate(), vault.rotate()])
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    await vault.close()
    expect(countOf(at, KEK)).toBe(1)
  })

  it('keeps a key that is made meanwhile, and loses one that is destroyed meanwhile', async () => {
    const vault = openVault()
    const keys = await createAll(vault, 600)
    const last = keys.at(-1)?.id as KeyId
    const during: Promise<unknown>[] = []
    const made: { id: KeyId }[] = []
    await vault.rotate({
      progress: (done) => {
        if (done === 512)
          during.push(
            vault.destroy(last),
            vault.create().then((key) => made.push(key)),
          )
      },
    })
    await Promise.all(during)
    expect(made).toHaveLength(1)
    await vault.close()
    const again = openVault()
    expect(await again.open(last)).toBeUndefined()
    expect(await idsOf(again)).toEqual(
      [...keys.slice(0, -1), ...made].map(({ id }) => id as string).toSorted(),
    )
    for (const { id } of made) expect(await again.open(id)).toBeDefined()
    await again.close()
    expect(countOf(at, KEK)).toBe(1)
  })

  it('goes through the slots in the order in which they lie, 512 at a time', async () => {
    const vault = openVault()
    const keys = await createAll(vault, 600)
    for (const key of [keys[0], keys[300], keys[1]]) await vault.destroy(key?.id as KeyId)
    await createAll(vault, 3)
    const cut = join(folder, 'cut')
    mkdirSync(cut)
    const steps: string[] = []
    await vault.rotate({
      progress: (done, of) => {
        if (steps.length === 0) copyFileSync(join(at, 'vault.db'), join(cut, 'vault.db'))
        steps.push(`${done} of ${of}`)
      },
    })
    expect(steps).toEqual(['512 of 600', '600 of 600'])
    const deks = slotsIn(cut).filter(({ role }) => role === DEK)
    expect(deks.map(({ epoch }) => epoch)).toEqual(deks.map((_, place) => (place < 512 ? 2 : 1)))
  })

  it('that was cut off is finished without another write to what lies under the new key already', async () => {
    const vault = openVault()
    await createAll(vault, 520)
    const cut = join(folder, 'cut')
    mkdirSync(cut)
    await vault.rotate({
      progress: (done) => {
        if (done === 512) copyFileSync(join(at, 'vault.db'), join(cut, 'vault.db'))
      },
    })
    const before = slotsIn(cut)
    const again = openVault(cut)
    await again.close()
    const after = slotsIn(cut)
    const changed = after.filter(({ wrapped }, place) => wrapped !== before[place]?.wrapped)
    expect(changed.map(({ n, role, epoch }) => [n, role, epoch])).toEqual([
      [1, FREE, 0],
      ...Array.from({ length: 8 }, (_, n) => [515 + n, DEK, 2]),
    ])
  })

  it('lets turns go on before its next step', async () => {
    const vault = openVault()
    await createAll(vault, 600)
    const steps: string[] = []
    let turn: Promise<void> | undefined
    await vault.rotate({
      progress: (done) => {
        steps.push(`${done}`)
        turn ??= (async () => {
          for (let writes = 0; writes < 2; writes += 1) await vault.create()
          steps.push('turn')
        })()
      },
    })
    await turn
    expect(steps).toEqual(['512', 'turn', '600'])
  })

  it('of the pepper is finished at the next start, when it was cut off with three of them', async () => {
    const vault = openVault()
    await vault.rotatePepper()
    const before = (await vault.peppers())[0]
    const rotation = vault.rotatePepper({ at: 8 })
    const cut = join(folder, 'cut')
    mkdirSync(cut)
    for (let tick = 0; tick < 50; tick += 1) {
      copyFileSync(join(at, 'vault.db'), join(cut, 'vault.db'))
      if (countOf(cut, PEPPER) === 3) break
      await new Promise((resolve) => setImmediate(resolve))
    }
    await rotation
    expect(countOf(cut, PEPPER)).toBe(3)
    await vault.close()
    const again = openVault(cut)
    expect((await again.epochs()).pepper).toEqual({ epoch: 3, madeAt: 8 })
    const peppers = await again.peppers()
    expect(peppers).toHaveLength(2)
    expect(peppers[1]?.equals(before as never)).toBe(true)
    await again.close()
    expect(countOf(cut, PEPPER)).toBe(2)
  })

  it('of the pepper leaves two in the file, and one when the older are dropped', async () => {
    const vault = openVault()
    const { kek } = await vault.epochs()
    await vault.rotatePepper()
    await vault.rotatePepper()
    expect((await vault.epochs()).kek).toEqual(kek)
    expect((await vault.epochs()).pepper).toEqual({ epoch: 3, madeAt: 0 })
    await vault.close()
    expect(countOf(at, PEPPER)).toBe(2)
    const again = openVault()
    await Promise.all([again.rotatePepper(), again.dropOlderPeppers()])
    await again.close()
    expect(countOf(at, PEPPER)).toBe(1)
  })

  it('is finished before the vault is closed', async () => {
    const vault = openVault()
    await createAll(vault, 600)
    const rotation = vault.rotate()
    await vault.close()
    await rotation
    expect(countOf(at, KEK)).toBe(1)
  })
})
