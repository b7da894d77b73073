import { script } from '../link/link.ts'

/**
 * The writes of editions and proposals. `state` holds `version`, the last number of each pack (`last:<pack>`) and of the
 * proposals (`proposals`), which are never given twice. Each script reads all that it will write before its first write,
 * which is one that a full server refuses.
 */

/** KEYS state, heads of proposals, their contents; ARGV pack, by, head, content. Answers the id. */
export const PROPOSE = script(`
local pack, by, head, content = unpack(ARGV)
for n = 1, 3 do redis.call('HLEN', KEYS[n]) end
local id = redis.call('HINCRBY', KEYS[1], 'proposals', 1)
redis.call('HSET', KEYS[2], id, head, id .. ':by', by, id .. ':pack', pack)
redis.call('HSET', KEYS[3], id, content)
return id
`)

/** KEYS heads of proposals, their contents; ARGV id. Answers 0 where it was answered already. */
export const REFUSE = script(`#!lua flags=allow-oom
redis.call('HLEN', KEYS[2])
local id = ARGV[1]
redis.call('HDEL', KEYS[1], id .. ':by', id .. ':pack')
redis.call('HDEL', KEYS[2], id)
return redis.call('HDEL', KEYS[1], id)
`)

/**
 * KEYS state, heads and contents of the pack, heads of proposals, their contents; ARGV pack, base, by, head, content, the
 * proposal that it answers or '', the last number that is not kept any more, the channel on which it is told.
 */
export const PUBLISH = script(`
local pack, base, by, head, content, proposal, old, channel = unpack(ARGV)
for n = 2, 5 do redis.call('HLEN', KEYS[n]) end
local proposer = by
if proposal ~= '' then
  local of = redis.call('HMGET', KEYS[4], proposal .. ':by', proposal .. ':pack')
  if of[2] ~= pack then return 'gone' end
  if of[1] == by then return 'samePerson' end
  proposer = of[1]
end
if tonumber(redis.call('HGET', KEYS[1], 'last:' .. pack) or '0') ~= tonumber(base) then return 'stale' end
local number = string.format('%.0f', tonumber(base) + 1)
redis.call('HSET', KEYS[3], number, content)
redis.call('HSET', KEYS[2], number, head, number .. ':by', proposer)
redis.call('HSET', KEYS[1], 'last:' .. pack, number)
redis.call('HINCRBY', KEYS[1], 'version', 1)
if proposal ~= '' then
  redis.call('HDEL', KEYS[4], proposal, proposal .. ':by', proposal .. ':pack')
  redis.call('HDEL', KEYS[5], proposal)
end
redis.call('HDEL', KEYS[2], old, old .. ':by')
redis.call('HDEL', KEYS[3], old)
redis.call('PUBLISH', channel, 'changed')
return 'published'
`)
