import type { Clock, Instant } from '../../../operations/environment.ts'
import { bytesOf, listOf, numberOf, type RedisLink } from './link.ts'

/**
 * The time of the server, for every process on it: leases and due times of one process mean something to the others, and
 * a machine whose clock is wrong neither takes away what another one sends nor keeps what is due. Between two questions it
 * goes by the machine's clock that never jumps; while the server is away it goes on.
 */
export interface ServerClock extends Clock {
  /** Asks the server now; it does so by itself each second. Never rejects. */
  look(): Promise<void>
  close(): void
}

interface Reading {
  /** What is added to the machine's clock. */
  offset: number
  /** It may be so far off, for having been long under way. */
  error: number
  at: number
}

const KEY = Buffer.from('{lantern}mark')
const ASK_MS = 1_000
/** How far two machines drift apart at most: 200 ms in 1,000 s. */
const DRIFT = 2e-4

export async function openServerClock(
  link: Pick<RedisLink, 'at'>,
  ticks = () => performance.now(),
): Promise<ServerClock> {
  let known = await read()

  async function read(): Promise<Reading> {
    const from = ticks()
    const [seconds, micros] = listOf(await link.at(KEY, ['TIME']))
    const at = ticks()
    const there = numberOf(bytesOf(seconds)) * 1_000 + numberOf(bytesOf(micros)) / 1_000
    return { offset: there - (from + at) / 2, error: (at - from) / 2, at }
  }

  async function ask(): Promise<void> {
    const next = await read()
    const error = known.error + (next.at - known.at) * DRIFT
    const hasJumped = Math.abs(next.offset - known.offset) > error + next.error
    if (next.error <= error || hasJumped) known = next
  }

  const look = () => ask().catch(() => {})
  const timer = setInterval(() => void look(), ASK_MS)
  timer.unref()
  return {
    now: (): Instant => Math.floor(known.offset + ticks()),
    look,
    close: () => clearInterval(timer),
  }
}
