import type { Accounts } from '../../accounts.ts'
import { type RedisLink, script } from '../link/link.ts'

/**
 * How often somebody tried to sign in, for all processes together: for each name when its bucket is full again, which the
 * server forgets then by itself.
 */
const keyOf = (name: string) => Buffer.from(`{desk}:tries:${name}`)

/** KEYS the name's; ARGV now, burst, every so many milliseconds. */
const TAKE = script(`
local now, burst, everyMs = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local full = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
if full - now > (burst - 1) * everyMs then return 0 end
local next_ = full + everyMs
redis.call('SET', KEYS[1], string.format('%.0f', next_), 'PX', string.format('%.0f', next_ - now))
return 1
`)

export function tries(link: RedisLink): Pick<Accounts, 'takeTry'> {
  return {
    async takeTry(name, { burst, everyMs }, now) {
      return (await link.run(TAKE, [keyOf(name)], [now, burst, everyMs].map(String))) === 1
    },
  }
}
