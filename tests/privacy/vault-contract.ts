import type { KeyObject } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { KeyId, RotatingVault } from '../../src/privacy/vault/vault.ts'
import { freshKey } from '../../src/privacy/vault/wrap.ts'
import { aDeparture } from './a-departure.ts'
import { createAll, idsOf } from './vault-file.ts'

/** What every vault that outlives its process must do; put another one under it by giving its place. */
export interface VaultPlace {
  open(root: KeyObject): Promise<RotatingVault>
  remove(): Promise<void>
}

export function vaultContract(name: string, makePlace: () => Promise<VaultPlace>): void {
  describe(`${name} as a vault`, () => {
    const root = freshKey()
    let place: VaultPlace
    let opened: RotatingVault[]
    beforeEach(async () => {
      place = await makePlace()
      opened = []
    })
    afterEach(async () => {
      for (const vault of opened) await vault.close().catch(() => {})
      await place.remove()
    })
    async function openVault(): Promise<RotatingVault> {
      const vault = await place.open(root)
      opened.push(vault)
      return vault
    }
    const secretsOf = (vault: RotatingVault, ids: readonly { id: KeyId }[]) =>
      Promise.all(ids.map(async ({ id }) => (await vault.open(id))?.secret.export().toString('hex')))

    it('gives its keys back after it was closed and opened again', async () => {
      const vault = await openVault()
      const keys = await createAll(vault, 30)
      const before = keys.map(({ secret }) => secret.export().toString('hex'))
      await vault.close()
      const again = await openVault()
      expect(await secretsOf(again, keys)).toEqual(before)
      expect(await idsOf(again)).toEqual(keys.map(({ id }) => id as string).toSorted())
    })

    it('has nothing of a key that was destroyed, at once and after the next start, and can be asked to again', async () => {
      const vault = await openVault()
      const [gone, stays] = await createAll(vault, 2)
      const id = gone?.id as KeyId
      await Promise.all([vault.destroy(id), vault.destroy(id)])
      await vault.destroy(id)
      expect(await vault.open(id)).toBeUndefined()
      await vault.close()
      const again = await openVault()
      expect(await again.open(id)).toBeUndefined()
      expect(await idsOf(again)).toEqual([stays?.id])
    })

    it('keeps that somebody departed in the write that destroys her key, and for half an hour', async () => {
      const vault = await openVault()
      const [gone] = await createAll(vault, 1)
      const now = Date.now()
      const [hers, later] = [aDeparture(now), aDeparture(now + 60_000)]
      expect(await vault.departure(hers.token, now)).toBeUndefined()
      await vault.destroy(gone?.id as KeyId, hers)
      expect(await vault.departure(hers.token, now)).toEqual(hers)
      expect(await vault.departure(aDeparture(now, 'another').token, now)).toBeUndefined()
      await vault.destroy(gone?.id as KeyId, later)
      await vault.close()
      const again = await openVault()
      expect(await again.departure(hers.token, now)).toEqual(later)
      expect(await again.departure(hers.token, later.until)).toBeUndefined()
      expect(await idsOf(again)).toEqual([])
    })

    it('forgets a departure when it is over, and no other one', async () => {
      const vault = await openVault()
      const now = Date.now()
      const [over, stays] = [aDeparture(now - 3_600_000, 'one'), aDeparture(now, 'two')]
      for (const departure of [over, stays]) await vault.depart(departure)
      await vault.dropDepartures(now)
      await vault.close()
      const again = await openVault()
      expect(await again.departure(over.token, now)).toBeUndefined()
      expect(await again.departure(stays.token, now)).toEqual(stays)
    })

    it('knows no key under an id that was never given', async () => {
      const vault = await openVault()
      await vault.create()
      for (const id of ['AAAAAAAAAAAAAAAAAAAAAA', '', 'AA'])
        expect(await vault.open(id as KeyId)).toBeUndefined()
    })

    it('keeps every living key through a rotation, and says when that was', async () => {
      const vault = await openVault()
      const keys = await createAll(vault, 50)
      const before = await secretsOf(vault, keys)
      expect((await vault.epochs()).kek).toEqual({ epoch: 1, madeAt: 0 })
      const steps: number[] = []
      await vault.rotate({ at: 5_000, progress: (done, of) => steps.push(done / of) })
      expect(steps.at(-1)).toBe(1)
      await vault.close()
      const again = await openVault()
      expect(await secretsOf(again, keys)).toEqual(before)
      expect((await again.epochs()).kek).toEqual({ epoch: 2, madeAt: 5_000 })
    })

    it('loses no key by two rotations at once', async () => {
      const vault = await openVault()
      const keys = await createAll(vault, 30)
      await Promise.all([vault.rotate({ at: 5 }), vault.rotate({ at: 9 })])
      expect((await vault.epochs()).kek).toEqual({ epoch: 3, madeAt: 9 })
      await vault.close()
      const again = await openVault()
      expect(await secretsOf(again, keys)).toEqual(keys.map(({ secret }) => secret.export().toString('hex')))
    })

    it('keeps a key that is made during a rotation, and loses one that is destroyed during it', async () => {
      const vault = await openVault()
      const keys = await createAll(vault, 30)
      const last = keys.at(-1)?.id as KeyId
      const rotation = vault.rotate()
      const [made] = await Promise.all([vault.create(), vault.destroy(last)])
      await rotation
      await vault.close()
      const again = await openVault()
      expect(await again.open(last)).toBeUndefined()
      expect((await again.open(made.id))?.secret.equals(made.secret)).toBe(true)
    })

    it('keeps the pepper before the current one, and no earlier one, until it is told to drop that too', async () => {
      const vault = await openVault()
      const [first] = await vault.peppers()
      await vault.rotatePepper()
      const two = await vault.peppers()
      expect(two.map((pepper) => pepper.equals(first as KeyObject))).toEqual([false, true])
      await vault.rotatePepper({ at: 7_000 })
      const latest = await vault.peppers()
      expect(latest.map((pepper) => pepper.equals(two[0] as KeyObject))).toEqual([false, true])
      expect((await vault.epochs()).pepper).toEqual({ epoch: 3, madeAt: 7_000 })
      await vault.close()
      const again = await openVault()
      expect((await again.peppers()).map((pepper) => pepper.equals(two[0] as KeyObject))).toEqual([
        false,
        true,
      ])
      await again.dropOlderPeppers()
      expect((await again.peppers()).map((pepper) => pepper.equals(latest[0] as KeyObject))).toEqual([true])
    })

    it('refuses another root key, and opens with the right one after that', async () => {
      const vault = await openVault()
      const { id } = await vault.create()
      await vault.close()
      await expect(place.open(freshKey())).rejects.toMatchObject({
        name: 'FileRefused',
        reason: 'wrong-root',
      })
      expect(await (await openVault()).open(id)).toBeDefined()
    })

    it('gives no key any more once it is closed', async () => {
      const vault = await openVault()
      const { id } = await vault.create()
      await vault.close()
      await expect(vault.open(id)).rejects.toThrow(/finalized|AWAY/u)
    })
  })
}
