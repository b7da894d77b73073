import { createHash } from 'node:crypto'
import type { Accounts } from '../../accounts.ts'
import { type RedisLink, script } from '../link/link.ts'

/**
 * How often somebody tried to sign in, for all processes together: for each name when its bucket is full again, which the
 * server forgets then by itself. Names share 65,536 places by a hash, so that the store says of nobody that they tried, and
 * whoever tries names without end does not fill it.
 */
function keyOf(name: string): Buffer {
  const place = createHash('sha256').update(name).digest().readUInt16BE()
  return Buffer.from(`{desk}:tries:${place}`)
}

/** KEYS the place's; ARGV now, burst, every so many milliseconds. */
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
