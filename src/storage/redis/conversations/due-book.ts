import type { Instant } from '../../../operations/environment.ts'
import { dueKey } from './homes.ts'
import { listOf, numberOf, type Reply } from '../link/link.ts'
import type { DataLink } from '../link/server-mark.ts'

/**
 * When each partition's next item is due, as this process knows it: every write of its own tells, and once in a second
 * all are asked, which finds what another process committed or left behind. So a courier with nothing to do costs one
 * look in a second and not one for each partition with every turn.
 */
export interface DueBook {
  /** What a script answered of its partition. */
  note(partition: number, next: Reply | undefined): void
  /** All partitions whose next item is due by then. */
  by(now: Instant): Promise<number[]>
  next(): Promise<Instant | undefined>
  /** What is known is doubted: asked again before the next answer. */
  doubt(): void
  close(): void
}

const LOOK_MS = 1_000

export function dueBook(link: DataLink): DueBook {
  const known = Array.from<number>({ length: link.partitions }).fill(Number.POSITIVE_INFINITY)
  let isDoubted = true
  let looking: Promise<void> | undefined
  const timer = setInterval(() => {
    isDoubted = true
  }, LOOK_MS)
  timer.unref()

  const note = (partition: number, next: Reply | undefined) => {
    const isNone = next === undefined || next === null || (Buffer.isBuffer(next) && next.length === 0)
    known[partition] = isNone ? Number.POSITIVE_INFINITY : numberOf(next)
  }

  async function look(): Promise<void> {
    isDoubted = false
    try {
      await Promise.all(
        known.map(async (_, partition) => {
          const key = dueKey(partition)
          note(partition, listOf(await link.at(key, ['ZRANGE', key, '0', '0', 'WITHSCORES']))[1])
        }),
      )
    } catch (error) {
      isDoubted = true
      throw error
    }
  }

  async function sure(): Promise<void> {
    if (isDoubted) looking ??= look().finally(() => (looking = undefined))
    await looking
  }

  return {
    note,
    async by(now) {
      await sure()
      return known.flatMap((next, partition) => (next <= now ? [partition] : []))
    },
    async next() {
      await sure()
      const next = Math.min(...known)
      return Number.isFinite(next) ? next : undefined
    },
    doubt: () => void (isDoubted = true),
    close: () => clearInterval(timer),
  }
}
