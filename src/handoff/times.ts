import type { Instant } from '../operations/environment.ts'
import type { Log } from '../operations/log.ts'
import { KEPT_FOR } from '../privacy/kept-for.ts'
import type { HandoffTimes, TimeKind } from '../storage/handoff-times.ts'

/**
 * How long people waited to be answered, and until the end, for the supervisors' board. Kept for 30 days and pointing at
 * nobody (see `storage/handoff-times.ts`). Days with few cases are shown as they are: reference security.md 7 suppresses
 * small numbers in what leaves the house, and leaves operational figures without attributes of a person to the desk; the
 * board is not published. A median is given from 3 cases on.
 *
 * Each number is written once, after the change of the case was committed, by whoever made it: a crash between the two
 * loses that one number and none is ever doubled. A number that cannot be written is lost too, since no call for help
 * may wait for a statistic.
 *
 * A withdrawn case adds nothing from then on, and nothing is taken back. Taking back would need to know which numbers
 * were hers, which is just what is not kept; and a number that sinks when she erases would tell whoever looks twice, at
 * the board or at a copy of the file, that it was hers.
 */
export interface Times {
  /** None of these three rejects or waits. */
  opened(at: Instant): void
  /** For the first time; a case that was released and taken anew has been answered already. */
  claimed(openedAt: Instant, at: Instant): void
  closed(openedAt: Instant, at: Instant): void
  /** The last 30 days in UTC, today's last. */
  days(now: Instant): Promise<DayTimes[]>
  /** Erases what is older than that. */
  sweep(now: Instant): Promise<void>
}

/** One day, as the desk's board has it. Medians in milliseconds, of what was taken or ended on that day. */
export interface DayTimes {
  day: string
  opened: number
  closed: number
  medianToClaimMs?: number
  medianToCloseMs?: number
}

export interface TimesParts {
  store: Pick<HandoffTimes, 'add' | 'since' | 'eraseBefore'>
  log: Log
}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const SHOWN_DAYS = KEPT_FOR.handoffTime.ms / DAY
/** A median of fewer is the time of one person. */
const FEWEST = 3

export function createTimes({ store, log }: TimesParts): Times {
  function add(kind: TimeKind, at: Instant, waitedMs: number): void {
    const minutes = Math.max(0, Math.ceil(waitedMs / MINUTE))
    store.add({ day: dayOf(at), kind, minutes }).catch(() => log.event('handoff.timeLost'))
  }

  return {
    opened: (at) => add('opened', at, 0),
    claimed: (openedAt, at) => add('claimed', at, at - openedAt),
    closed: (openedAt, at) => add('closed', at, at - openedAt),
    async days(now) {
      const kept = await store.since(firstDay(now))
      return Array.from({ length: SHOWN_DAYS }, (_, index) => {
        const day = dayOf(now - (SHOWN_DAYS - 1 - index) * DAY)
        const of = (kind: TimeKind) => kept.filter((one) => one.day === day && one.kind === kind)
        const [toClaim, toClose] = [medianMs(of('claimed')), medianMs(of('closed'))]
        return {
          day,
          opened: total(of('opened')),
          closed: total(of('closed')),
          ...(toClaim === undefined ? {} : { medianToClaimMs: toClaim }),
          ...(toClose === undefined ? {} : { medianToCloseMs: toClose }),
        }
      })
    },
    sweep: async (now) => void (await store.eraseBefore(firstDay(now))),
  }
}

const dayOf = (at: Instant) => new Date(at).toISOString().slice(0, 10)
const firstDay = (now: Instant) => dayOf(now - (SHOWN_DAYS - 1) * DAY)

interface Counted {
  minutes: number
  count: number
}

function total(counted: readonly Counted[]): number {
  return counted.reduce((sum, { count }) => sum + count, 0)
}

/** With an even number the middle of the middle two. */
function medianMs(counted: readonly Counted[]): number | undefined {
  if (total(counted) < FEWEST) return undefined
  const minutes = counted.flatMap((one) => Array<number>(one.count).fill(one.minutes))
  const sorted = minutes.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0
  return ((upper + lower) / 2) * MINUTE
}
