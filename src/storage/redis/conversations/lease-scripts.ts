import { ALLOWS_FULL, OUTBOX } from './script-parts.ts'
import { script } from '../link/link.ts'

/** What a sender asks of its lease, and a wipe of everyone's. KEYS record, outbox, due, and the alias as in COMMIT. */
const WHOSE = `
local handle, id, fence, untilAt, now = unpack(ARGV)
fence, untilAt = tonumber(fence), tonumber(untilAt)
local head = redis.call('GETRANGE', KEYS[1], 0, 55)
if head == '' or string.sub(head, 25, 56) ~= id then
  local alias = KEYS[4] and redis.call('GET', KEYS[4])
  if alias then return {'elsewhere', alias} end
  return {'gone', nextDue(KEYS[3])}
end
if struct.unpack('>B', head) ~= 1 then error({err = 'FORMAT a record of another version'}) end
local current = struct.unpack('>I6', head, 16)
local o = outbox(redis.call('GET', KEYS[2]))
`

/** ARGV handle, name, fence, until. Answers held, left, lost or gone, and the next; or `elsewhere`. */
export const RENEW = script(`${ALLOWS_FULL}${OUTBOX}${WHOSE}
local held = o.lease > 0 and holding(o, current, fence) or 'lost'
if held ~= 'lost' then
  o.lease = math.max(o.lease, untilAt)
  keep(o, KEYS[2], KEYS[3], handle)
end
return {held, nextDue(KEYS[3])}
`)

/** ARGV handle, name, fence, until, now. Answers held, busy or gone, and the next; or `elsewhere`. */
export const BAR = script(`${ALLOWS_FULL}${OUTBOX}${WHOSE}
local busy = o.lease > tonumber(now)
if leave(o, tonumber(now)) then current = current + 1 end
if not busy then current, o.lease = fence, untilAt end
redis.call('SETRANGE', KEYS[1], 15, struct.pack('>I6', current))
keep(o, KEYS[2], KEYS[3], handle)
return {busy and 'busy' or 'held', nextDue(KEYS[3])}
`)
