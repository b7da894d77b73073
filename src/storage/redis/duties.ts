import { ALLOWS_FULL } from './conversations/script-parts.ts'
import { type RedisLink, script } from './link/link.ts'
import { randomBytes } from 'node:crypto'

/**
 * What is done again and again by one of many processes: whoever did it last does it again, and another one takes over
 * when that process was not heard of for a while.
 */
export interface Duties {
  /** Whether it is this process that does it now; it keeps the duty for `forMs`. */
  isMine(duty: string, forMs: number): Promise<boolean>
}

/** A full server too needs somebody who erases there. */
const TAKE = script(`${ALLOWS_FULL}
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`)

export function dutiesIn(link: RedisLink): Duties {
  const me = randomBytes(16)
  return {
    isMine: async (duty, forMs) =>
      (await link.run(TAKE, [Buffer.from(`{lantern}duty:${duty}`)], [me, String(forMs)])) === 1,
  }
}
