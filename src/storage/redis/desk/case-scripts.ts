import { script } from '../link/link.ts'

/**
 * The writes of the desk's cases. All their keys share one tag, so any of them may be written together. A case is a hash;
 * its entries are a list in the order of their numbers, beside a hash that knows which id has which number.
 *
 * The queue's score is `rank * 2^42 + opened at`, and equal ones stand by id: what SQLite calls ORDER BY rank, opened_at, id.
 */
export const RANK = 2 ** 42

/**
 * KEYS case, entries, numbers, queue, ended, key ids, held by the new holder, held by the one before (as the caller read it),
 * what was withdrawn. Answers committed, stale, withdrawn, or the holder that there is where it is not the one that the caller read.
 */
export const COMMIT_CASE = script(`
local id, key, expected, state, holder, offered, rank, at, sealed, was, channel, mark = unpack(ARGV, 1, 12)
local old = redis.call('HMGET', KEYS[1], 'revision', 'key', 'state', 'opened', 'changed', 'holder')
redis.call('LLEN', KEYS[2])
redis.call('HLEN', KEYS[3])
for n = 4, 5 do redis.call('ZCARD', KEYS[n]) end
redis.call('HLEN', KEYS[6])
for n = 7, 8 do redis.call('ZCARD', KEYS[n]) end
local until_ = mark ~= '' and redis.call('ZSCORE', KEYS[9], mark)
if until_ and tonumber(until_) > tonumber(at) then return 'withdrawn' end
if tonumber(old[1] or '0') ~= tonumber(expected) then return 'stale' end
if old[2] and old[2] ~= key then return 'stale' end
if (old[6] or '') ~= was then return {old[6] or ''} end
local opened = old[4] or at
local changed = old[3] == state and old[5] or at
redis.call('HSET', KEYS[1], 'revision', expected + 1, 'key', key, 'state', state, 'holder', holder, 'offered', offered,
  'rank', rank, 'opened', opened, 'changed', changed, 'sealed', sealed)
for n = 13, #ARGV, 3 do
  if redis.call('HSETNX', KEYS[3], ARGV[n], redis.call('LLEN', KEYS[2]) + 1) == 1 then
    redis.call('RPUSH', KEYS[2], ARGV[n] .. struct.pack('>I6', tonumber(ARGV[n + 1])) .. ARGV[n + 2])
  end
end
redis.call('HSET', KEYS[6], id, key)
if was ~= '' then redis.call('ZREM', KEYS[8], id) end
if state == 'closed' or state == 'withdrawn' then
  redis.call('ZREM', KEYS[4], id)
  redis.call('ZADD', KEYS[5], changed, id)
else
  redis.call('ZREM', KEYS[5], id)
  redis.call('ZADD', KEYS[4], string.format('%.0f', rank * ${RANK} + opened), id)
  if holder ~= '' then redis.call('ZADD', KEYS[7], opened, id) end
end
redis.call('PUBLISH', channel, id)
return 'committed'
`)

/** KEYS what was withdrawn; ARGV mark, until. */
export const NOTE_WITHDRAWN = script(`#!lua flags=allow-oom
redis.call('ZADD', KEYS[1], 'GT', ARGV[2], ARGV[1])
return 1
`)

/** KEYS case, entries, numbers, queue, ended, key ids, held by its holder (as the caller read it). */
export const ERASE_CASE = script(`#!lua flags=allow-oom
local id, was, channel = unpack(ARGV)
local holder = redis.call('HGET', KEYS[1], 'holder') or ''
if holder ~= was then return {holder} end
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
redis.call('ZREM', KEYS[4], id)
redis.call('ZREM', KEYS[5], id)
redis.call('HDEL', KEYS[6], id)
redis.call('ZREM', KEYS[7], id)
redis.call('PUBLISH', channel, id)
return 'erased'
`)
