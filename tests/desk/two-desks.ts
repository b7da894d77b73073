import { afterEach, beforeEach, expect, vi } from 'vitest'
import { openRedis, type RedisLink } from '../../src/storage/redis/link/link.ts'
import { CHANNEL, openRedisAccounts } from '../../src/storage/redis/desk/redis-accounts.ts'
import { openData } from '../../src/storage/redis/link/server-mark.ts'
import { redisHere } from '../storage/redis-stores.ts'
import { startDesk, type Started } from './start-desk.ts'

/** What is told before they listen is heard by nobody. */
async function bothListen(url: string): Promise<void> {
  const wire = await openRedis(url)
  const key = Buffer.from(CHANNEL)
  await vi.waitFor(
    async () => expect(await wire.at(key, ['PUBSUB', 'NUMSUB', CHANNEL])).toEqual([key, 2]),
    10_000,
  )
  await wire.close()
}

/** The desk of two processes on one real server, each with a way of its own to it, and nothing shared in memory but cases. */
export interface TwoDesks {
  desks: readonly [Started, Started]
  /** Posts to the one and the other in turn, as a proxy spreads requests. */
  post: Started['post']
  /** Another way to their server. */
  wire(): Promise<RedisLink>
}

export function twoDesks(): () => TwoDesks {
  const redis = redisHere()
  let both: TwoDesks | undefined
  beforeEach(async () => {
    const first = startDesk({ accounts: openRedisAccounts(await redis.empty()) })
    const other = openRedisAccounts(await openData(redis.server().url))
    const second = startDesk({ accounts: other }, {}, first)
    await bothListen(redis.server().url)
    let turn = 0
    both = {
      desks: [first, second],
      wire: () => openRedis(redis.server().url),
      post: (...words) => (turn++ % 2 === 0 ? first : second).post(...words),
    }
  })
  afterEach(async () => {
    for (const desk of both?.desks ?? []) await desk.stop()
  })
  return () => {
    if (both === undefined) throw new Error('the desks are not there yet')
    return both
  }
}
