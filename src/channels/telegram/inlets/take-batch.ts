import { WrittenByNewer } from '../../../errors.ts'
import type { Clock } from '../../../operations/environment.ts'
import type { Sensitive } from '../../../privacy/sensitive.ts'
import type { Receive } from '../../channel.ts'
import { chatOf, readUpdate } from '../updates/read-update.ts'
import { numbered, update } from '../updates/update.ts'
import type { Wait } from '../wait.ts'

/**
 * Hands the updates of one answer to `receive`: those of one chat in their order, those of different chats at once.
 * Nothing is confirmed to Telegram before it was committed. An update that cannot be committed is tried again and
 * again, and holds back neither other chats nor the later messages of its own. It is given up only when it is certain
 * that the fault lies with it: other updates were committed between its failures, several times over. While nothing at
 * all can be committed (a full disk, a lost store), nothing is given up and Telegram keeps everything for 24 h.
 */
export interface Batches {
  /** Resolves to the next offset. */
  take(updates: readonly unknown[], signal: AbortSignal): Promise<Taken>
}

export type Taken =
  /** Everything below `offset` is done. `waiting`: some of it must be fetched again. */
  | { kind: 'taken'; offset: number | undefined; waiting: boolean }
  /** Not one update with a number in it: this did not come from Telegram. */
  | { kind: 'garbage' }

export interface BatchParts {
  receive: Receive
  clock: Clock
  wait: Wait
  /** Ends the spinner on a pressed button; not waited for. */
  answer(press: Sensitive<string>): void
  leave(chat: number): void
  /** An update was given up, or could not be read at all. */
  skipped(why: 'failing' | 'unreadable'): void
}

/** Waits between the first tries of an update, in milliseconds. */
const BACKOFF_MS = [200, 400, 800, 1600]
/** So often must others have been committed between the failures of an update before it is given up. */
const WITNESSES = 3

interface Failing {
  /** How many updates had been committed when it failed last. */
  commitsThen: number
  witnesses: number
}

export function createBatches(parts: BatchParts): Batches {
  const failing = new Map<number, Failing>()
  /** Committed, but behind a failing one, so Telegram sends them again. */
  const done = new Set<number>()
  let commits = 0

  return {
    async take(updates, signal) {
      const ids: number[] = []
      const lanes = new Map<number, (() => Promise<boolean>)[]>()
      for (const raw of updates) {
        const head = numbered.safeParse(raw)
        if (!head.success) continue
        const id = head.data.update_id
        ids.push(id)
        if (done.has(id)) continue
        const read = update.safeParse(raw)
        if (!read.success) {
          parts.skipped('unreadable')
          done.add(id)
          continue
        }
        const lane = lanes.get(chatOf(read.data)) ?? []
        lane.push(() => one(read.data, signal))
        lanes.set(chatOf(read.data), lane)
      }
      if (updates.length > 0 && ids.length === 0) return { kind: 'garbage' }
      await Promise.all([...lanes.values()].map(runLane))
      return { kind: 'taken', ...settle(ids) }
    },
  }

  async function one(given: ReturnType<typeof update.parse>, signal: AbortSignal): Promise<boolean> {
    const id = given.update_id
    const reading = readUpdate(given, parts.clock.now())
    const before = failing.get(id)
    if (before === undefined && !signal.aborted) {
      if (reading.pressed !== undefined) parts.answer(reading.pressed)
      if (reading.leave !== undefined) parts.leave(reading.leave)
    }
    if (reading.inbound === undefined) {
      done.add(id)
      return true
    }
    // One that failed before, or that stands behind a failing one, is tried once: nobody else shall wait for it.
    const backoff = before === undefined && failing.size === 0 ? BACKOFF_MS : []
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      try {
        await parts.receive(reading.inbound)
        commits += 1
        failing.delete(id)
        done.add(id)
        return true
      } catch (error) {
        // The error may hold what she wrote: it ends here, and `skipped` says only that it happened.
        if (error instanceof WrittenByNewer) {
          failing.set(id, before ?? { commitsThen: commits, witnesses: 0 })
          return false
        }
      }
      const pause = backoff[attempt]
      if (pause === undefined) {
        note(id, before)
        return false
      }
      await parts.wait(pause, signal)
    }
    return false
  }

  function note(id: number, before: Failing | undefined): void {
    const witnessed = before !== undefined && commits > before.commitsThen ? 1 : 0
    const witnesses = (before?.witnesses ?? 0) + witnessed
    if (witnesses < WITNESSES) {
      failing.set(id, { commitsThen: commits, witnesses })
      return
    }
    failing.delete(id)
    done.add(id)
    parts.skipped('failing')
  }

  /** The offset stops before the first update that is not done. */
  function settle(ids: readonly number[]): { offset: number | undefined; waiting: boolean } {
    const ordered = ids.toSorted((a, b) => a - b)
    const first = ordered.find((id) => !done.has(id))
    const last = ordered.at(-1)
    const offset = first ?? (last === undefined ? undefined : last + 1)
    // What Telegram will not send again needs no memory.
    const again = new Set(ordered.filter((id) => offset !== undefined && id >= offset))
    for (const id of done) if (!again.has(id)) done.delete(id)
    for (const id of failing.keys()) if (!again.has(id)) failing.delete(id)
    return { offset, waiting: first !== undefined }
  }
}

/** A failing update does not hold back the next ones of its chat, unless those fail too. */
async function runLane(lane: readonly (() => Promise<boolean>)[]): Promise<void> {
  let failures = 0
  for (const step of lane) {
    if (!(await step())) failures += 1
    if (failures > 1) return
  }
}
