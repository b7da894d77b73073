import type { Accounts, CaseForAWhile, Opening } from '../../accounts.ts'
import { bytesOf, type RedisLink, script } from '../link/link.ts'

/**
 * Which cases an account opened lately: one text of `number until` lines for each account, which the server forgets by
 * itself when the last of them is over.
 */
const keyOf = (account: string) => Buffer.from(`{desk}:openings:${account}`)

/** KEYS the account's; ARGV number, until, now, the most, for how long. */
const NOTE = script(`
local id, until_, now, most, forMs = unpack(ARGV)
local kept = {}
for one, over in string.gmatch(redis.call('GET', KEYS[1]) or '', '(%d+) (%d+)\\n') do
  if tonumber(over) > tonumber(now) then
    if one == id then return 'known' end
    kept[#kept + 1] = one .. ' ' .. over .. '\\n'
  end
end
if #kept >= tonumber(most) then
  redis.call('DEL', KEYS[1])
  return 'tripped'
end
redis.call('SET', KEYS[1], table.concat(kept) .. id .. ' ' .. until_ .. '\\n', 'PX', forMs)
return 'first'
`)

export function openings(link: RedisLink): Pick<Accounts, 'noteOpening'> {
  /** Most look at a case that they have open: that is no write. */
  async function isKnown({ account, id }: CaseForAWhile, now: number): Promise<boolean> {
    const key = keyOf(account)
    const text = await link.at(key, ['GET', key])
    const lines = text === null ? [] : bytesOf(text).toString().split('\n')
    return lines.some((line) => line.startsWith(`${id} `) && Number(line.split(' ')[1]) > now)
  }

  return {
    async noteOpening(one, now, most) {
      if (await isKnown(one, now)) return 'known'
      const { account, id, until } = one
      const words = [id, until, now, most, until - now].map(String)
      return bytesOf(await link.run(NOTE, [keyOf(account)], words)).toString() as Opening
    },
  }
}
