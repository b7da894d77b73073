import { createHmac, createSecretKey } from 'node:crypto'
import type { ChannelName } from '../channels/channel.ts'
import type { Clock, Random } from '../operations/environment.ts'
import type { Sensitive } from '../privacy/sensitive.ts'

/**
 * Recognises an event that left no record behind (a stranger's exit, a wipe) when the platform sends it again, so that it is
 * not answered twice. Kept in memory only, for half an hour, under a key
 * that dies with the process.
 */
export interface RecentEvents {
  note(channel: ChannelName, eventId: Sensitive<string>): void
  has(channel: ChannelName, eventId: Sensitive<string>): boolean
}

const KEPT_MS = 30 * 60_000
const MOST_KEPT = 10_000

export function createRecentEvents({ clock, random }: { clock: Clock; random: Random }): RecentEvents {
  const bootKey = createSecretKey(random.bytes(32))
  const notedAt = new Map<string, number>()
  const token = (channel: ChannelName, eventId: Sensitive<string>) =>
    createHmac('sha256', bootKey).update(`${channel}\n${eventId.reveal()}`).digest('base64url')

  function forgetOld(): void {
    for (const [old, at] of notedAt) {
      if (clock.now() - at < KEPT_MS && notedAt.size <= MOST_KEPT) return
      notedAt.delete(old)
    }
  }

  return {
    note(channel, eventId) {
      notedAt.set(token(channel, eventId), clock.now())
      forgetOld()
    },
    has(channel, eventId) {
      forgetOld()
      return notedAt.size > 0 && notedAt.has(token(channel, eventId))
    },
  }
}
