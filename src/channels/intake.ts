import { createHmac, createSecretKey } from 'node:crypto'
import type { Random } from '../operations/environment.ts'
import { WrittenByNewer } from '../errors.ts'
import { isStoreTrouble } from '../storage/store-trouble.ts'
import type { Inbound, Receive } from './channel.ts'

/**
 * Hands what one webhook call brought to `receive`: the events of one person in their order, those of different people
 * side by side. The platform is told that it was taken only when everything was committed; otherwise it sends the whole
 * call again, and what was committed before is a harmless repeat.
 *
 * An event that fails again and again would hold its neighbours in that circle for days. It is given up only when the
 * fault is certainly its own: no store is to blame, and others were committed between its failures, several times over. A
 * store fails in part: one server of a cluster is away, and the people of its partitions must lose nothing while those of the
 * others go on. Neither is given up what a newer Lantern can handle. Who failed is kept in memory only, under a key that dies
 * with the process.
 */
export interface Intake {
  /** True when the platform may be told that it was taken; false when it must send it again. */
  take(events: readonly Inbound[]): Promise<boolean>
}

export interface IntakeParts {
  receive: Receive
  random: Random
  givenUp(): void
}

const WITNESSES = 3
const MOST_FAILING = 1_000

export function createIntake({ receive, random, givenUp }: IntakeParts): Intake {
  const bootKey = createSecretKey(random.bytes(32))
  const failing = new Map<string, { commitsThen: number; witnesses: number }>()
  let commits = 0

  /** later: what comes behind it must not overtake it. */
  async function one(event: Inbound): Promise<'taken' | 'failed' | 'later'> {
    try {
      await receive(event)
      commits += 1
      if (failing.size > 0) failing.delete(tokenOf(event))
      return 'taken'
    } catch (error) {
      // The error may hold what she wrote: `receive` has told the log of it, and it ends here.
      if (error instanceof WrittenByNewer || isStoreTrouble(error)) return 'later'
      return failedAgain(tokenOf(event)) ? 'taken' : 'failed'
    }
  }

  /** Whether all of one person's was taken. */
  async function inOrder(lane: readonly Inbound[]): Promise<boolean> {
    let all = true
    for (const event of lane) {
      const outcome = await one(event)
      if (outcome === 'later') return false
      all &&= outcome === 'taken'
    }
    return all
  }

  /** Whether it is given up. */
  function failedAgain(token: string): boolean {
    const before = failing.get(token)
    const witnesses =
      (before?.witnesses ?? 0) + (before !== undefined && commits > before.commitsThen ? 1 : 0)
    failing.delete(token)
    if (witnesses >= WITNESSES) {
      givenUp()
      return true
    }
    failing.set(token, { commitsThen: commits, witnesses })
    const [oldest] = failing.keys()
    if (failing.size > MOST_FAILING && oldest !== undefined) failing.delete(oldest)
    return false
  }

  function tokenOf({ channel, eventId }: Inbound): string {
    return createHmac('sha256', bootKey).update(`${channel}\n${eventId.reveal()}`).digest('base64url')
  }

  return {
    async take(events) {
      const lanes = lanesOf(events)
      const taken = await Promise.all(lanes.map(inOrder))
      return taken.every(Boolean)
    },
  }
}

/** One for each person, by any of the names that she is known by. */
function lanesOf(events: readonly Inbound[]): Inbound[][] {
  const lanes: Inbound[][] = []
  const of = new Map<string, Inbound[]>()
  for (const event of events) {
    const names = (event.names ?? [event.address]).map((name) => name.reveal())
    let lane = names.map((name) => of.get(name)).find((found) => found !== undefined)
    if (lane === undefined) lanes.push((lane = []))
    lane.push(event)
    for (const name of names) of.set(name, lane)
  }
  return lanes
}
