import { script } from '../link/link.ts'
import { ALLOWS_FULL, MARKS, OUTBOX } from './script-parts.ts'

/** What the courier writes: what it takes, what became of it, and what is dropped. */

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
