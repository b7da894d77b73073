import { script } from '../../../storage/redis/link/link.ts'

/**
 * The writes of a vault on a server, each one script. KEYS are always the epochs' hash first: `kek` and `pepper` hold the
 * number of the latest, `kek:N` and `pepper:N` the keys themselves under the root key, `version` grows with every change
 * of them, `dirty` grows with everything that was destroyed, and `clean` is how far the server's log of writes is rid of it.
 * `departed` is when the last departure is over: the log is written anew once more then.
 */

/** ARGV role, epoch, bytes: adds the epoch after the latest, unless another process came first. */
export const ADD_EPOCH = script(`
local role, epoch, bytes = unpack(ARGV)
if tonumber(redis.call('HGET', KEYS[1], role) or '0') ~= epoch - 1 then return 0 end
redis.call('HSET', KEYS[1], role, epoch, role .. ':' .. epoch, bytes)
redis.call('HINCRBY', KEYS[1], 'version', 1)
return 1
`)

/** ARGV role, then every epoch that goes; the latest never does. */
export const DROP_EPOCHS = script(`#!lua flags=allow-oom
local gone = 0
for n = 2, #ARGV do
  if ARGV[n] ~= redis.call('HGET', KEYS[1], ARGV[1]) then
    gone = gone + redis.call('HDEL', KEYS[1], ARGV[1] .. ':' .. ARGV[n])
  end
end
if gone > 0 then
  redis.call('HINCRBY', KEYS[1], 'version', 1)
  redis.call('HINCRBY', KEYS[1], 'dirty', gone)
end
return gone
`)

/** KEYS 2 the bucket; ARGV epoch, id, wrapped. 0: the KEK is not the latest any more, and nothing was written. */
export const CREATE = script(`
if redis.call('HGET', KEYS[1], 'kek') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
return 1
`)

const KEEPS_DEPARTURE = `
local function depart(key, bytes, ms, till)
  redis.call('SET', key, bytes, 'PX', ms)
  local last = tonumber(redis.call('HGET', KEYS[1], 'departed') or '0')
  if tonumber(till) > last then redis.call('HSET', KEYS[1], 'departed', till) end
end
`

/** KEYS 2 the bucket, 3 of the departure if there is one; ARGV id, then as in DEPART. */
export const DESTROY = script(`#!lua flags=allow-oom
${KEEPS_DEPARTURE}
if #KEYS == 3 then depart(KEYS[3], ARGV[2], ARGV[3], ARGV[4]) end
if redis.call('HDEL', KEYS[2], ARGV[1]) == 1 then redis.call('HINCRBY', KEYS[1], 'dirty', 1) end
return 1
`)

/** KEYS 2 of the departure; ARGV its bytes, how many milliseconds it is kept, and until when. */
export const DEPART = script(`#!lua flags=allow-oom
${KEEPS_DEPARTURE}
depart(KEYS[2], ARGV[1], ARGV[2], ARGV[3])
return 1
`)

/** ARGV when it is: a second after the last departure is over, when the server has dropped it too, its log has something to be rid of. */
export const DEPARTED = script(`#!lua flags=allow-oom
local last = tonumber(redis.call('HGET', KEYS[1], 'departed') or '0')
if last == 0 or last + 1000 > tonumber(ARGV[1]) then return 0 end
redis.call('HDEL', KEYS[1], 'departed')
redis.call('HINCRBY', KEYS[1], 'dirty', 1)
return 1
`)

/**
 * KEYS 2 the bucket; ARGV epoch, then `id, as it was, as it is to be` each. Only what is still as it was is written, so that a
 * key that was destroyed meanwhile stays destroyed. 0: the KEK is not the latest any more.
 */
export const REWRAP = script(`
if redis.call('HGET', KEYS[1], 'kek') ~= ARGV[1] then return 0 end
for n = 2, #ARGV, 3 do
  if redis.call('HGET', KEYS[2], ARGV[n]) == ARGV[n + 1] then redis.call('HSET', KEYS[2], ARGV[n], ARGV[n + 2]) end
end
return 1
`)

/** ARGV how far the log was rid of it by a rewriting that began after that was read. */
export const CLEANED = script(`#!lua flags=allow-oom
local clean = math.max(tonumber(redis.call('HGET', KEYS[1], 'clean') or '0'), tonumber(ARGV[1]))
redis.call('HSET', KEYS[1], 'clean', string.format('%.0f', clean))
return 1
`)
