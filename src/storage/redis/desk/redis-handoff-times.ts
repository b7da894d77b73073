import type { HandoffTime, HandoffTimes, TimeKind } from '../../handoff-times.ts'
import { bytesOf, listOf, numberOf, type RedisLink } from '../link/link.ts'
import { rewriting } from '../link/rewriting.ts'

/**
 * Handoff times in Redis or Valkey: one hash of how often each number was counted, and nothing that says in what order.
 * Between two rewritings of the server's log of writes that log does: it is written anew soon after each number.
 */
const KEY = Buffer.from('{desk}:times')
const REWRITE_MS = 30_000

export function openRedisHandoffTimes(link: RedisLink): HandoffTimes {
  const log = rewriting(link, REWRITE_MS)

  async function all(): Promise<(HandoffTime & { count: number })[]> {
    const flat = listOf(await link.at(KEY, ['HGETALL', KEY]))
    return Array.from({ length: flat.length / 2 }, (_, n) => {
      const [day = '', kind, minutes] = bytesOf(flat[2 * n])
        .toString()
        .split(' ')
      return { day, kind: kind as TimeKind, minutes: Number(minutes), count: numberOf(flat[2 * n + 1]) }
    })
  }

  return {
    async add({ day, kind, minutes }) {
      await link.at(KEY, ['HINCRBY', KEY, `${day} ${kind} ${minutes}`, '1'])
      log.soon()
    },
    async since(day) {
      const nameOf = (one: HandoffTime) => `${one.day} ${one.kind} ${String(one.minutes).padStart(9, '0')}`
      return (await all())
        .filter((one) => one.day >= day)
        .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
    },
    async eraseBefore(day) {
      const old = (await all()).filter((one) => one.day < day)
      if (old.length === 0) return false
      await link.at(KEY, ['HDEL', KEY, ...old.map((one) => `${one.day} ${one.kind} ${one.minutes}`)])
      log.soon()
      return true
    },
    async close() {
      log.close()
      await link.close()
    },
  }
}
