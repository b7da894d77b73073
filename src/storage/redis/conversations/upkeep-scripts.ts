import { script } from '../link/link.ts'
import { ALLOWS_FULL, MARKS, OUTBOX, RECORD } from './script-parts.ts'

/** What ends conversations, forgets what is old of them, and finds the oldest. */

/** KEYS record, outbox, due, touched, marks, named, rooms, alias as in COMMIT; ARGV handle, name, the revision and the key that it must have or ''. */
export const ERASE = script(`${ALLOWS_FULL}${OUTBOX}
local handle, id, revision, key = unpack(ARGV)
local head = redis.call('GETRANGE', KEYS[1], 0, ${56 + 17})
if head == '' or string.sub(head, 25, 56) ~= id then
  local alias = KEYS[8] and redis.call('GET', KEYS[8])
  if alias then return {'elsewhere', alias} end
  return {'gone', nextDue(KEYS[3])}
end
if revision ~= '' and struct.unpack('>I4', head, 2) ~= tonumber(revision) then return {'another', nextDue(KEYS[3])} end
local from = string.byte(head, 22) == 1 and 59 or 57
if key ~= '' and string.sub(head, from, from + 15) ~= key then return {'another', nextDue(KEYS[3])} end
local named = struct.unpack('>I4', head, 12)
redis.call('DEL', KEYS[1], KEYS[2], KEYS[5])
if redis.call('HINCRBY', KEYS[6], named, -1) <= 0 then redis.call('HDEL', KEYS[6], named) end
redis.call('ZREM', KEYS[3], handle)
redis.call('ZREM', KEYS[4], handle)
if redis.call('EXISTS', KEYS[4]) == 0 then redis.call('SETBIT', KEYS[7], string.byte(handle), 0) end
return {'erased', nextDue(KEYS[3])}
`)

/** KEYS record and marks of each; ARGV from when seen ids are kept, and marks. */
export const PRUNE = script(`${ALLOWS_FULL}${RECORD}${MARKS}
local before, marksBefore = tonumber(ARGV[1]), tonumber(ARGV[2])
for n = 1, #KEYS, 2 do
  local raw = redis.call('GET', KEYS[n])
  local r = raw and string.byte(raw) == 1 and record(raw)
  if r then
    local parts = {}
    for at = 1, #r.seen, 14 do
      if struct.unpack('>I6', r.seen, at + 8) >= before then parts[#parts + 1] = string.sub(r.seen, at, at + 13) end
    end
    if #parts < r.count then
      r.seen = table.concat(parts)
      redis.call('SET', KEYS[n], packed(r))
    end
  end
  local marks = redis.call('GET', KEYS[n + 1])
  if marks then
    local kept = younger(marks, 1, marksBefore - 1)
    if #kept < #marks then keepMarks(KEYS[n + 1], kept) end
  end
end
return 1
`)

const ROOMS = `#!lua flags=no-writes
local function each(visit)
  local bits = redis.call('GET', KEYS[1]) or ''
  for at = 1, #bits do
    local byte = string.byte(bits, at)
    for n = 0, 7 do
      if byte >= 2 ^ (7 - n) then
        byte = byte - 2 ^ (7 - n)
        visit(KEYS[2] .. string.char(8 * (at - 1) + n))
      end
    end
  end
end
`
/**
 * KEYS the rooms in use and what the key of every room begins with. Answers `handle, time` of what was written to between,
 * the oldest `limit` of all (-1: all).
 */
export const TOUCHED = script(`${ROOMS}
local limit = tonumber(ARGV[3])
local all = {}
each(function(key)
  local found = redis.call('ZRANGEBYSCORE', key, ARGV[1], ARGV[2], 'WITHSCORES', 'LIMIT', 0, limit)
  for n = 1, #found, 2 do all[#all + 1] = {tonumber(found[n + 1]), found[n]} end
end)
table.sort(all, function(a, b) return a[1] < b[1] end)
local answer = {}
for n = 1, limit < 0 and #all or math.min(limit, #all) do
  answer[2 * n - 1] = all[n][2]
  answer[2 * n] = string.format('%.0f', all[n][1])
end
return answer
`)

/** KEYS as in TOUCHED. Answers when the last turn was; -1 where there was none. */
export const LAST_TOUCHED = script(`${ROOMS}
local last = -1
each(function(key)
  last = math.max(last, tonumber(redis.call('ZRANGE', key, -1, -1, 'WITHSCORES')[2] or -1))
end)
return string.format('%.0f', last)
`)
