import type { Clock, Instant } from '../../operations/environment.ts'

/**
 * A supervisor reads one case that is not theirs, for half an hour, for a stated reason. The reason is one of these
 * words: free text would put into a log that outlives the case what belongs into the case. In memory: a restart closes it.
 */
const GLASS_MS = 30 * 60_000

export interface Glass {
  /** Resolves to when it closes again. */
  break(account: string, id: string): Instant
  /** Whoever has another role, or none, by now reads nothing so. */
  closeFor(account: string): void
  isBroken(account: string, id: string): boolean
  readers(id: string): string[]
  /** Which cases an account may read so, and until when. */
  of(account: string): { id: string; until: Instant }[]
}

export function createGlass({ now }: Clock): Glass {
  const broken = new Map<string, { account: string; id: string; until: Instant }>()
  const living = () => {
    for (const [key, { until }] of broken) if (until <= now()) broken.delete(key)
    return broken
  }
  return {
    of: (account) =>
      [...living().values()].filter((one) => one.account === account).map(({ id, until }) => ({ id, until })),
    break(account, id) {
      const until = now() + GLASS_MS
      living().set(`${account} ${id}`, { account, id, until })
      return until
    },
    closeFor(account) {
      for (const [key, one] of broken) if (one.account === account) broken.delete(key)
    },
    isBroken: (account, id) => living().has(`${account} ${id}`),
    readers: (id) => [...living().values()].filter((one) => one.id === id).map(({ account }) => account),
  }
}
