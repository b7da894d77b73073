import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openRedisVault, type RedisVaultOptions } from '../../src/privacy/vault/redis/redis-vault.ts'
import type { KeyId, RotatingVault } from '../../src/privacy/vault/vault.ts'
import { freshKey } from '../../src/privacy/vault/wrap.ts'
import { openRedis, type RedisLink } from '../../src/storage/redis/link/link.ts'
import { openVaultServer } from '../../src/storage/redis/link/server-mark.ts'
import { type RedisServer, startRedis } from '../redis-server.ts'
import { aDeparture } from './a-departure.ts'
import { findResidue } from './residue.ts'
import { vaultContract } from './vault-contract.ts'
import { createAll, idsOf } from './vault-file.ts'

const root = freshKey()
let server: RedisServer
let operator: RedisLink
beforeAll(async () => {
  server = await startRedis()
  operator = await openRedis(server.url)
})
afterAll(async () => {
  await operator.close()
  await server.stop()
})

const quick = { freshMs: 50, cleanMs: 50 }
const openOne = async (more: RedisVaultOptions = quick, key = root) => {
  const link = await openVaultServer(server.url)
  return openRedisVault(link, key, more).catch(async (error: unknown) => {
    await link.close()
    throw error
  })
}

vaultContract('Redis', async () => {
  await operator.everywhere(['FLUSHALL'])
  return { open: (key) => openOne(quick, key), remove: () => Promise.resolve() }
})

async function until(check: () => Promise<void> | void): Promise<void> {
  for (let attempt = 0; ; attempt += 1)
    try {
      return await check()
    } catch (error) {
      if (attempt === 100) throw error
      await new Promise((resolve) => void setTimeout(resolve, 50))
    }
}

describe('a vault that processes share', () => {
  let ours: RotatingVault
  let theirs: RotatingVault
  beforeEach(async () => {
    await operator.everywhere(['FLUSHALL'])
    ours = await openOne()
    theirs = await openOne()
  })
  afterEach(async () => {
    await ours.close()
    await theirs.close()
  })

  it('has one KEK and one pepper, whoever opened it first', async () => {
    await operator.everywhere(['FLUSHALL'])
    const vaults = await Promise.all([1, 2, 3, 4].map(() => openOne()))
    const [first, ...others] = await Promise.all(vaults.map(async (vault) => (await vault.peppers())[0]))
    for (const pepper of others) expect(pepper?.equals(first as NonNullable<typeof first>)).toBe(true)
    const key = await vaults[0]?.create()
    expect((await vaults[3]?.open(key?.id as KeyId))?.secret.equals(key?.secret as never)).toBe(true)
    for (const vault of vaults) await vault.close()
  })

  it('opens a destroyed key in no process, also where it was held open', async () => {
    const { id } = await ours.create()
    expect(await theirs.open(id)).toBeDefined()
    await ours.destroy(id)
    await until(async () => expect(await theirs.open(id)).toBeUndefined())
  })

  it('has its new pepper in every process, and its new KEK in every key, wherever it was rotated', async () => {
    const keys = await createAll(ours, 20)
    await theirs.peppers()
    await ours.rotatePepper({ at: 3 })
    const [current] = await ours.peppers()
    await until(async () =>
      expect((await theirs.peppers())[0]?.equals(current as NonNullable<typeof current>)).toBe(true),
    )
    await Promise.all([
      ours.rotate({ at: 5 }),
      theirs.rotate({ at: 6 }),
      ...Array.from({ length: 20 }, async (_, n) => {
        const key = await (n % 2 === 0 ? ours : theirs).create()
        keys.push(key)
      }),
    ])
    await ours.close()
    await theirs.close()
    ours = await openOne()
    theirs = await openOne()
    expect(await idsOf(ours)).toHaveLength(40)
    for (const { id, secret } of keys) expect((await theirs.open(id))?.secret.equals(secret)).toBe(true)
    const epochs = (await operator.everywhere(['HKEYS', '{vault}epochs'])).flat().map(String)
    expect(epochs.filter((name) => name.startsWith('kek:'))).toHaveLength(1)
  })

  it('finishes a rotation that was cut off, at the next start', async () => {
    const keys = await createAll(ours, 40)
    const cut = openOne().then((vault) => {
      void vault.rotate({ at: 9 }).catch(() => {})
      return vault
    })
    const cutOff = await cut
    await until(async () => expect((await ours.epochs()).kek.epoch).toBe(2))
    await cutOff.close()
    const again = await openOne()
    for (const { id, secret } of keys) expect((await again.open(id))?.secret.equals(secret)).toBe(true)
    await again.close()
  })

  it('is refused with a key whose bytes are damaged, and no other one with it', async () => {
    const [bad, good] = await createAll(ours, 2)
    const id = Buffer.from(bad?.id as string, 'base64url')
    const bucket = Buffer.from(`{vault}k${id.readUInt16BE() % 16_384}`)
    await operator.at(bucket, ['HSET', bucket, id, Buffer.concat([Buffer.of(0, 0, 0, 1), randomBytes(60)])])
    await expect(theirs.open(bad?.id as KeyId)).rejects.toMatchObject({ reason: 'damaged' })
    expect(await theirs.open(good?.id as KeyId)).toBeDefined()
  })

  it('rejects while its server has come back without what it held, so that nobody is taken for unknown', async () => {
    const key = await ours.create()
    await operator.everywhere(['FLUSHALL'])
    const other = '0'.repeat(22) as KeyId
    await until(async () => {
      await expect(ours.open(other)).rejects.toMatchObject({ code: 'EMPTY' })
    })
    await expect(theirs.peppers()).rejects.toMatchObject({ code: 'EMPTY' })
    await expect(ours.open(key.id)).rejects.toMatchObject({ code: 'EMPTY' })
  })

  it('rejects while its server is gone, also for a key and a pepper that it held, and works again after that', async () => {
    const key = await ours.create()
    await server.kill()
    await new Promise((resolve) => void setTimeout(resolve, 100))
    await expect(ours.open(key.id)).rejects.toMatchObject({ name: 'RedisFailed', code: 'AWAY' })
    await expect(ours.peppers()).rejects.toMatchObject({ code: 'AWAY' })
    await expect(ours.destroy(key.id)).rejects.toMatchObject({ code: 'AWAY' })
    await server.startAgain()
    await until(async () => expect((await ours.open(key.id))?.secret.equals(key.secret)).toBe(true))
    await operator.close()
    operator = await openRedis(server.url)
  })
})

describe("the vault server's files", () => {
  it('hold no byte of a destroyed key within a minute, and the living one stays there', async () => {
    await operator.everywhere(['FLUSHALL'])
    const vault = await openOne()
    const [gone, stays] = await createAll(vault, 2)
    const wrapped = async (id: string) => {
      const bytes = Buffer.from(id, 'base64url')
      const bucket = Buffer.from(`{vault}k${bytes.readUInt16BE() % 16_384}`)
      return { name: id, bytes: (await operator.at(bucket, ['HGET', bucket, bytes])) as Buffer }
    }
    const [old, living] = [await wrapped(gone?.id as string), await wrapped(stays?.id as string)]
    const id = { name: 'id', bytes: Buffer.from(gone?.id as string, 'base64url') }
    expect(findResidue([server.folder], [old, living, id]).length).toBeGreaterThanOrEqual(3)
    await vault.destroy(gone?.id as KeyId)
    await until(() => {
      expect(findResidue([server.folder], [old, id])).toEqual([])
    })
    expect(findResidue([server.folder], [living])).not.toEqual([])
    await vault.close()
  })

  it('are rid of what a process destroyed that died before they were', async () => {
    await operator.everywhere(['FLUSHALL'])
    const first = await openOne({ freshMs: 50, cleanMs: 3_600_000 })
    const { id } = await first.create()
    const canary = { name: id, bytes: Buffer.from(id, 'base64url') }
    await first.destroy(id)
    await first.close()
    expect(findResidue([server.folder], [canary])).not.toEqual([])
    const next = await openOne()
    await until(() => {
      expect(findResidue([server.folder], [canary])).toEqual([])
    })
    await next.close()
  })

  it('are rid of a departure when it is over, though nothing was destroyed since', async () => {
    await operator.everywhere(['FLUSHALL'])
    const vault = await openOne({ ...quick, departureMs: 1_500 })
    const { id } = await vault.create()
    const departure = { ...aDeparture(Date.now()), until: Date.now() + 1_500 }
    const canary = { name: 'token', bytes: departure.token }
    await vault.destroy(id, departure)
    const key = { name: id, bytes: Buffer.from(id, 'base64url') }
    await until(() => {
      expect(findResidue([server.folder], [key])).toEqual([])
    })
    expect(findResidue([server.folder], [canary])).not.toEqual([])
    await until(async () => {
      await vault.dropDepartures(Date.now())
      expect(findResidue([server.folder], [canary])).toEqual([])
    })
    await vault.close()
  })
})
