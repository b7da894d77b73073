import { script } from '../link/link.ts'
import { OUTBOX, RECORD } from './script-parts.ts'

const CASE = 2

/**
 * KEYS record, outbox, due, touched, marks, counts, named, rooms, and the alias of the name where this is the name's own partition.
 * Answers the outcome and when the partition's next item is due; `elsewhere` with what the alias says; `dangling` where an
 * alias led to, and nothing goes by that name.
 */
export const COMMIT = script(`${RECORD}${OUTBOX}
local handle, name, id, key, expected, sealed, at = unpack(ARGV, 1, 7)
local token, cancel, named, seed, fence, untilAt, taken, dead, news, marks = unpack(ARGV, 8, 17)
expected, at, cancel = tonumber(expected), tonumber(at), cancel == '1'
local raw = redis.call('GET', KEYS[1])
local r = raw and record(raw)
local occupied = r and r.id ~= name
if occupied then r = nil end
if not r and KEYS[9] then
  local alias = redis.call('GET', KEYS[9])
  if alias and alias ~= dead then return {'elsewhere', alias} end
end
if not r and not KEYS[9] then return {'dangling'} end
local o = outbox(r and redis.call('GET', KEYS[2]))
redis.call('ZSCORE', KEYS[3], handle)
redis.call('ZSCORE', KEYS[4], handle)
redis.call('STRLEN', KEYS[5])
redis.call('HLEN', KEYS[6])
redis.call('HLEN', KEYS[7])
redis.call('STRLEN', KEYS[8])
if r then
  local from = 1
  while true do
    local found = string.find(r.seen, token, from, true)
    if not found then break end
    if (found - 1) % 14 == 0 then return {'duplicate', nextDue(KEYS[3])} end
    from = found + 1
  end
end
if occupied or (r and r.revision or 0) ~= expected or (r and r.key ~= key) or taken == '1' then
  return {'stale', nextDue(KEYS[3])}
end
if name ~= id and o.lease > at then return {'held', nextDue(KEYS[3])} end

local before = r and r.named
r = r or {revision = 0, named = 0, fence = tonumber(seed), seen = '', key = key}
local free = #o.items == 0 and o.lease <= at
r.id, r.sealed, r.touched, r.revision = id, sealed, at, r.revision + 1
if named ~= '' then r.named = tonumber(named) end
if #r.seen >= 14 * 60000 then r.seen = string.sub(r.seen, 14 * 10000 + 1) end
r.seen = r.seen .. token .. struct.pack('>I6', at)
local had = #o.items > 0
if cancel and leave(o, at) then r.fence = r.fence + 1 end
for _, i in ipairs(o.items) do if i.kind == ${CASE} and i.at > at then i.at = at end end
local place = 1
while place <= #news do
  local i = {tries = 0}
  local length
  i.kind, i.at = struct.unpack('>BI6', news, place)
  i.id = string.sub(news, place + 7, place + 22)
  length = struct.unpack('>I4', news, place + 23)
  i.rest = string.sub(news, place + 23, place + 26 + length)
  o.last = o.last + 1
  i.seq = o.last
  o.items[#o.items + 1] = i
  place = place + 27 + length
end
local outcome = 'committed'
if fence ~= '' and free and #news > 0 then
  outcome, r.fence, o.lease, o.claimed = 'leased', tonumber(fence), tonumber(untilAt), o.last
end
redis.call('SET', KEYS[1], packed(r))
-- A bar whose time is over ends here too, with nothing waiting.
if had or cancel or #o.items > 0 then keep(o, KEYS[2], KEYS[3], handle) end
if redis.call('ZADD', KEYS[4], at, handle) == 1 then redis.call('SETBIT', KEYS[8], string.byte(handle), 1) end
if #marks > 0 then redis.call('APPEND', KEYS[5], marks) end
if before ~= r.named then
  if before and redis.call('HINCRBY', KEYS[7], before, -1) <= 0 then redis.call('HDEL', KEYS[7], before) end
  redis.call('HINCRBY', KEYS[7], r.named, 1)
end
for n = 18, #ARGV do redis.call('HINCRBY', KEYS[6], ARGV[n], 1) end
if dead ~= '' then redis.call('DEL', KEYS[9]) end
return {outcome, nextDue(KEYS[3])}
`)
