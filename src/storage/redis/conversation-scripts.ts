import { script } from './link.ts'

/**
 * The writes of a conversation, each one script and so atomic. A script reads everything that it will write before the
 * first write, so that a key of a foreign kind or a full server refuses it whole; the first write is one that a full
 * server refuses. The layout of the bytes: `record.ts`.
 */
const RECORD = `
local function record(raw)
  local r = {}
  local version
  version, r.revision, r.touched, r.named, r.fence, r.flags, r.count = struct.unpack('>BI4I6I4I6BI2', raw)
  if version ~= 1 then error({err = 'FORMAT a record of another version'}) end
  r.id = string.sub(raw, 25, 56)
  local last = #raw - 14 * r.count
  if r.flags == 1 then
    r.sealed = string.sub(raw, 57, last)
    r.key = string.sub(r.sealed, 3, 18)
  else
    r.key = string.sub(raw, 57, 72)
    r.sealed = string.sub(raw, 73, last)
  end
  r.seen = string.sub(raw, last + 1)
  return r
end
local function packed(r)
  local inside = string.sub(r.sealed, 3, 18) == r.key
  return struct.pack('>BI4I6I4I6BI2', 1, r.revision, r.touched, r.named, r.fence, inside and 1 or 0, #r.seen / 14)
    .. r.id .. (inside and '' or r.key) .. r.sealed .. r.seen
end
`
export const OUTBOX = `
local function outbox(raw)
  local o = {lease = 0, claimed = 0, last = 0, items = {}}
  if not raw then return o end
  local version
  version, o.lease, o.claimed, o.last = struct.unpack('>BI6I4I4', raw)
  if version ~= 1 then error({err = 'FORMAT an outbox of another version'}) end
  local at = 16
  while at <= #raw do
    local length = struct.unpack('>I4', raw, at + 29)
    local i = {}
    i.seq, i.kind, i.at, i.tries = struct.unpack('>I4BI6I2', raw, at)
    i.id = string.sub(raw, at + 13, at + 28)
    i.rest = string.sub(raw, at + 29, at + 32 + length)
    o.items[#o.items + 1] = i
    at = at + 33 + length
  end
  return o
end
local function bytes(i)
  return struct.pack('>I4BI6I2', i.seq, i.kind, i.at, math.min(i.tries, 65535)) .. i.id .. i.rest
end
-- Writes what waits, and when it is due.
local function keep(o, key, due, handle)
  local first = o.items[1]
  if not first then redis.call('ZREM', due, handle) end
  if not first and o.lease == 0 then
    redis.call('DEL', key)
    return
  end
  local parts = {struct.pack('>BI6I4I4', 1, o.lease, o.claimed, o.last)}
  for n, i in ipairs(o.items) do parts[n + 1] = bytes(i) end
  redis.call('SET', key, table.concat(parts))
  if first then redis.call('ZADD', due, math.max(first.at, o.lease), handle) end
end
-- Drops what waits for her. Answers whether the fence is another one from now on: where a delivery is under way its lease
-- stays and nothing of it goes on, and nothing else begins until its holder has settled or the lease has ended.
local function leave(o, now)
  local kept = {}
  for _, i in ipairs(o.items) do if i.kind == 2 then kept[#kept + 1] = i end end
  local raised = o.lease <= now or o.claimed > 0
  o.items, o.claimed = kept, 0
  if o.lease <= now then o.lease = 0 end
  return raised
end
-- What became of the lease that was given with this fence.
local function holding(o, current, fence)
  if current == fence then return 'held' end
  return o.claimed == 0 and o.lease > 0 and current - 1 == fence and 'left' or 'lost'
end
local function nextDue(due)
  return redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')[2] or ''
end
`
export const ALLOWS_FULL = '#!lua flags=allow-oom\n'
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

/**
 * KEYS due and what the key of every outbox of the partition begins with; ARGV now, limit. Answers `handle, time` of what
 * may be claimed, by when its first item was due. Of more than some hundred at once, those whose lease ended last wait.
 */
export const CANDIDATES = script(`#!lua flags=no-writes
local limit = tonumber(ARGV[2])
local all = {}
for _, handle in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, math.max(limit, 256))) do
  local at = redis.call('GETRANGE', KEYS[2] .. handle, 20, 25)
  all[#all + 1] = {#at == 6 and struct.unpack('>I6', at) or 0, handle}
end
table.sort(all, function(a, b) return a[1] < b[1] end)
local answer = {}
for n = 1, math.min(limit, #all) do
  answer[2 * n - 1] = all[n][2]
  answer[2 * n] = string.format('%.0f', all[n][1])
end
return answer
`)

/** What is of another version stays as it is. KEYS due, then record and outbox of each; ARGV now, lease until, then each handle. Answers `next, (handle, head of the record, fence, items)*`. */
export const CLAIM = script(`${ALLOWS_FULL}${OUTBOX}
local now = tonumber(ARGV[1])
local answer = {''}
for n = 3, #ARGV do
  local score = redis.call('ZSCORE', KEYS[1], ARGV[n])
  local record, key = KEYS[2 * n - 4], KEYS[2 * n - 3]
  local head = score and tonumber(score) <= now and redis.call('GETRANGE', record, 0, ${56 + 17})
  if head == '' then
    redis.call('DEL', key)
    redis.call('ZREM', KEYS[1], ARGV[n])
  elseif head and string.byte(head) == 1 and (string.byte(redis.call('GETRANGE', key, 0, 0)) or 1) == 1 then
    local o = outbox(redis.call('GET', key))
    local parts = {}
    for _, i in ipairs(o.items) do
      if i.at > now or #parts == 20 then break end
      parts[#parts + 1] = bytes(i)
      o.claimed = i.seq
    end
    local fence = struct.unpack('>I6', head, 16) + 1
    redis.call('SETRANGE', record, 15, struct.pack('>I6', fence))
    o.lease = tonumber(ARGV[2])
    keep(o, key, KEYS[1], ARGV[n])
    answer[#answer + 1] = ARGV[n]
    answer[#answer + 1] = head
    answer[#answer + 1] = fence
    answer[#answer + 1] = table.concat(parts)
  end
end
answer[1] = nextDue(KEYS[1])
return answer
`)

const MARKS = `
local function younger(raw, at, than)
  local parts = {}
  while at <= #raw do
    local when, length = struct.unpack('>I6I4', raw, at)
    if when > than then parts[#parts + 1] = string.sub(raw, at, at + 9 + length) end
    at = at + 10 + length
  end
  return table.concat(parts)
end
local function keepMarks(key, raw)
  if raw == '' then redis.call('DEL', key) else redis.call('SET', key, raw) end
end
`

/** KEYS record, outbox, due, marks, alias as in COMMIT. Answers held, left or lost, and the next; or `elsewhere`. */
export const SETTLE = script(`${ALLOWS_FULL}${OUTBOX}${MARKS}
local handle, id, fence, retryAt, tried, forget, marks, done = unpack(ARGV)
local isTried, which = string.sub(tried, 1, 1) == '1', string.sub(tried, 2)
local head = redis.call('GETRANGE', KEYS[1], 0, 55)
if head == '' or string.sub(head, 25, 56) ~= id then
  local alias = KEYS[5] and redis.call('GET', KEYS[5])
  if alias then return {'elsewhere', alias} end
  return {'lost', nextDue(KEYS[3])}
end
local version, f = struct.unpack('>B', head), struct.unpack('>I6', head, 16)
if version ~= 1 then error({err = 'FORMAT a record of another version'}) end
local o = outbox(redis.call('GET', KEYS[2]))
local held = holding(o, f, tonumber(fence))
if held == 'lost' then return {held, nextDue(KEYS[3])} end
if held == 'left' then retryAt = '' end
local kept, gone = {}, {}
for at = 1, #done, 16 do gone[string.sub(done, at, at + 15)] = true end
for _, i in ipairs(o.items) do if not gone[i.id] then kept[#kept + 1] = i end end
o.items = kept
local first = kept[1]
if first and retryAt ~= '' then
  first.at = tonumber(retryAt)
  local one = first
  for _, i in ipairs(kept) do if i.id == which then one = i end end
  if isTried then one.tries = one.tries + 1 end
end
local goesOn = first and retryAt == '' and first.seq <= o.claimed
if not goesOn then o.lease = 0 end
if forget ~= '' or #marks > 0 then
  local all = (redis.call('GET', KEYS[4]) or '') .. marks
  keepMarks(KEYS[4], forget == '' and all or younger(all, 1, tonumber(forget)))
end
keep(o, KEYS[2], KEYS[3], handle)
return {held, nextDue(KEYS[3])}
`)

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

/** KEYS due, then the outbox of each; ARGV each handle. What waits to be said goes; leases end. */
export const DROP_MESSAGES = script(`${ALLOWS_FULL}${OUTBOX}
for n, handle in ipairs(ARGV) do
  local o = outbox(redis.call('GET', KEYS[n + 1]))
  local kept = {}
  for _, i in ipairs(o.items) do if i.kind ~= 0 then kept[#kept + 1] = i end end
  o.items, o.lease = kept, 0
  keep(o, KEYS[n + 1], KEYS[1], handle)
end
return nextDue(KEYS[1])
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
