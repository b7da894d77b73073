import { describe, expect, it, vi } from 'vitest'
import { openRedis } from '../../src/storage/redis/link/link.ts'
import { openRedisPublications } from '../../src/storage/redis/desk/redis-publications.ts'
import { openData } from '../../src/storage/redis/link/server-mark.ts'
import { edition, proposal, publicationsContract } from './publications-contract.ts'
import { redisHere } from './redis-stores.ts'

const redis = redisHere()
const another = async () => openRedisPublications(await openData(redis.server().url))

publicationsContract('Redis', async () => openRedisPublications(await redis.empty()))

describe('editions on a server', () => {
  it('are shared by processes: one of two wins, and each hears that something went live and nothing more', async () => {
    const one = openRedisPublications(await redis.empty())
    const two = await another()
    const heard: string[] = []
    const listener = await openRedis(redis.server().url)
    await listener.subscribe('lantern:directory', (text) => heard.push(text))
    const told = vi.fn<() => void>()
    two.changedAnywhere?.(told)
    const id = await one.propose(proposal())
    expect((await two.waiting()).map((each) => each.id)).toEqual([id])
    const answers = await Promise.all([one.publish(edition(0)), two.publish(edition(0))])
    expect(answers).toContainEqual({ number: 1 })
    expect(answers).toContain('stale')
    expect([await one.version(), (await two.live('demo'))?.content]).toEqual([1, '["edition 1"]'])
    await vi.waitFor(() => expect(heard).toEqual(['changed']))
    await vi.waitFor(() => expect(told).toHaveBeenCalledOnce())
    await Promise.all([one.close(), two.close(), listener.close()])
  })

  it('are there whole after the server was killed, and nothing is live that was not answered', async () => {
    const one = openRedisPublications(await redis.empty())
    expect(await one.publish(edition(0))).toEqual({ number: 1 })
    await redis.server().kill()
    await expect(one.publish(edition(1))).rejects.toThrow('AWAY')
    await redis.server().startAgain()
    await one.close()
    const again = await another()
    expect((await again.live('demo'))?.number).toBe(1)
    expect(await again.publish(edition(1))).toEqual({ number: 2 })
    await again.close()
  })

  it('are refused whole by a full server, and a proposal can still be refused there', async () => {
    const one = openRedisPublications(await redis.empty())
    const id = await one.propose(proposal())
    const link = await openRedis(redis.server().url)
    await link.everywhere(['CONFIG', 'SET', 'maxmemory', '1'])
    await expect(one.publish(edition(0, { proposal: id }))).rejects.toThrow('OOM')
    await expect(one.propose(proposal())).rejects.toThrow('OOM')
    expect([await one.live('demo'), (await one.waiting()).length]).toEqual([undefined, 1])
    expect(await one.refuse(id)).toBe(true)
    await link.everywhere(['CONFIG', 'SET', 'maxmemory', '0'])
    expect(await one.publish(edition(0))).toEqual({ number: 1 })
    await Promise.all([one.close(), link.close()])
  })
})
