import type { Clock, Instant } from '../../operations/environment.ts'

/**
 * A supervisor reads one case that is not theirs, for half an hour, for a stated reason. The reason is one of these
 * words: free text would put into a log that outlives the case what belongs into the case. In memory: a restart closes it.
 */
export const GLASS_REASONS = ['danger', 'unanswered', 'complaint', 'absence', 'quality'] as const
export type GlassReason = (typeof GLASS_REASONS)[number]
const GLASS_MS = 30 * 60_000

export interface Glass {
  /** Resolves to when it closes again. */
  break(account: string, id: string): Instant
  isBroken(account: string, id: string): boolean
  readers(id: string): string[]
}

export function createGlass({ now }: Clock): Glass {
  const broken = new Map<string, { account: string; id: string; until: Instant }>()
  const living = () => {
    for (const [key, { until }] of broken) if (until <= now()) broken.delete(key)
    return broken
  }
  return {
    break(account, id) {
      const until = now() + GLASS_MS
      living().set(`${account} ${id}`, { account, id, until })
      return until
    },
    isBroken: (account, id) => living().has(`${account} ${id}`),
    readers: (id) => [...living().values()].filter((one) => one.id === id).map(({ account }) => account),
  }
}
