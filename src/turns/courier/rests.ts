import type { ChannelName } from '../../channels/channel.ts'
import type { Clock } from '../../operations/environment.ts'
import type { ConversationId } from '../../storage/conversations.ts'

/**
 * Keeps a platform that does not answer from taking all the courier's hands, so that people on the other one never wait
 * for it. A channel has most of the hands, never all; and after it was silent towards several people in a row it rests,
 * longer each time, with one message going ahead to see whether it is back. Known to this process only.
 */
export interface Rests {
  /** In how many milliseconds this channel may be tried; 0: now. */
  wait(channel: ChannelName, urgent: boolean): number
  /** Runs one try and resolves to what it resolves to; `silent` says whether that is no answer. */
  trying<T>(
    channel: ChannelName,
    id: ConversationId,
    send: () => Promise<T>,
    silent: (outcome: T) => boolean,
  ): Promise<T>
}

interface Resting {
  sending: number
  /** Towards whom it was silent since it last answered. */
  silent: Set<ConversationId>
  until: number
  rests: number
}

/** Of the courier's 64. */
const HANDS = 48
/** One person may be the reason; so many are not. */
const SILENT = 3
const FIRST_MS = 500
const LONGEST_MS = 5_000
const CROWDED_MS = 1_000

export function createRests(clock: Clock): Rests {
  const known = new Map<ChannelName, Resting>()

  function of(channel: ChannelName): Resting {
    const one = known.get(channel) ?? { sending: 0, silent: new Set(), until: 0, rests: 0 }
    known.set(channel, one)
    return one
  }

  return {
    wait(channel, urgent) {
      if (urgent) return 0
      const { until, sending, rests } = of(channel)
      const rest = until - clock.now()
      if (rest > 0) return rest
      return sending >= (rests > 0 ? 1 : HANDS) ? CROWDED_MS : 0
    },
    async trying(channel, id, send, silent) {
      const one = of(channel)
      one.sending += 1
      let outcome
      try {
        outcome = await send()
      } finally {
        one.sending -= 1
      }
      if (silent(outcome)) wasSilent(one, id)
      else Object.assign(one, { silent: new Set(), until: 0, rests: 0 })
      return outcome
    },
  }

  function wasSilent(one: Resting, id: ConversationId): void {
    one.silent.add(id)
    if (one.silent.size < SILENT || one.until > clock.now()) return
    one.until = clock.now() + Math.min(LONGEST_MS, FIRST_MS * 2 ** one.rests)
    one.rests += 1
  }
}
