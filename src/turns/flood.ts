import { createHmac, createSecretKey } from 'node:crypto'
import type { Receive, Inbound } from '../channels/channel.ts'
import type { Engine, Moment } from '../conversation/engine.ts'
import { createBuckets } from '../operations/buckets.ts'
import type { Environment } from '../operations/environment.ts'

/**
 * Keeps one person's flood of messages from costing others their turn: past so many in a short time, what she sends is
 * taken and dropped, as a person would not answer each of forty messages either. Words of safety (leaving, erasing,
 * danger, help, a person) pass at any rate. Who is flooding is kept in memory only, under a key that dies with the
 * process, and nothing of it is stored.
 */
export interface FloodParts extends Environment {
  engine: Engine
  receive: Receive
  moment(): Moment
  dropped(inbound: Inbound): void
}

/** More than anyone types or presses by hand. */
export const FLOOD = { burst: 30, everyMs: 2_000 }

export function guardFromFlood(parts: FloodParts): Receive {
  const { engine, receive, clock, random, dropped } = parts
  const bootKey = createSecretKey(random.bytes(32))
  const buckets = createBuckets(clock, FLOOD)

  function isOfSafety({ content, look }: Inbound): boolean {
    if (content.kind === 'blocked') return true
    if (content.kind === 'choice') return SAFE_CHOICE.test(content.id)
    if (content.kind !== 'text') return false
    return SAFE.has(engine.understand(content.text.reveal(), engine.fresh(look), parts.moment()).type)
  }

  return async (inbound) => {
    const name = createHmac('sha256', bootKey)
      .update(`${inbound.channel}\n${(inbound.names?.[0] ?? inbound.address).reveal()}`)
      .digest('base64url')
    if (buckets.take(name) > 0 && !isOfSafety(inbound)) {
      dropped(inbound)
      return
    }
    await receive(inbound)
  }
}

const SAFE = new Set<string>(['exit', 'wipe', 'danger', 'disclosure', 'help', 'talk', 'comeBack'])
/** Buttons that leave, erase, or lead to help. */
const SAFE_CHOICE = /:(?:exit|wipe|help|danger|talk)$|^privacy\.wipeConfirm:|^danger\./u
