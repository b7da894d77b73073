/**
 * What the scripts of conversations share. A script reads everything that it will write before the first write, so that a key
 * of a foreign kind or a full server refuses it whole; the first write is one that a full server refuses, except of those that
 * only end what is there. The layout of the bytes: `record.ts`.
 */
export const RECORD = `
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
export const MARKS = `
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

/** Of a script that only ends what is there, or keeps a duty. */
export const ALLOWS_FULL = '#!lua flags=allow-oom\n'
