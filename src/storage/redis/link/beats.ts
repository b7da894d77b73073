import { ALLOWS_FULL } from '../conversations/script-parts.ts'
import { numberOf, type RedisLink, script } from './link.ts'

/**
 * Tells data that was put back to an earlier time. Each process counts on in the data while it runs, and only then notes
 * the number beside the keys, which nobody backs up: so a higher number there than in the data says that the data is
 * older than what went on with these keys.
 */
const KEY = Buffer.from('{lantern}beats')
const BEAT_MS = 15_000

// A number takes no room, and a full server must not keep a process from starting.
const COUNT_ON = script(`${ALLOWS_FULL}
local beats = math.max(tonumber(redis.call('GET', KEYS[1])) or 0, tonumber(ARGV[1])) + 1
redis.call('SET', KEYS[1], string.format('%.0f', beats))
return beats
`)
const NOTE = script(`${ALLOWS_FULL}
if tonumber(ARGV[1]) > (tonumber(redis.call('GET', KEYS[1])) or 0) then redis.call('SET', KEYS[1], ARGV[1]) end
return 1
`)

interface Links {
  data: RedisLink
  vault: RedisLink
}

/** Resolves after the first; then it goes on by itself. One that cannot be written is made up for by the next. */
export async function startBeats(links: Links): Promise<{ stop(): void }> {
  const on = () => beat(links).catch(() => {})
  await on()
  const timer = setInterval(() => void on(), BEAT_MS)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

export async function isEarlier({ data, vault }: Links): Promise<boolean> {
  // In this order: another process may count on in between.
  const noted = await beatsIn(vault)
  return (await beatsIn(data)) < noted
}

/** From now on the data counts as being of this time. */
export async function catchUp(links: Links): Promise<void> {
  await beat(links, await beatsIn(links.vault))
}

async function beat({ data, vault }: Links, atLeast = 0): Promise<void> {
  const beats = numberOf(await data.run(COUNT_ON, [KEY], [String(atLeast)]))
  await vault.run(NOTE, [KEY], [String(beats)])
}

async function beatsIn(link: RedisLink): Promise<number> {
  const beats = await link.at(KEY, ['GET', KEY])
  return beats === null ? 0 : numberOf(beats)
}
