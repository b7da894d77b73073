import type { EventLog, TelegramEvent } from '../events.ts'
import type { Refusal } from '../refusal.ts'

/**
 * What goes wrong with the line is told to the operator once, when it begins and when it is over, and is waited out
 * with growing pauses: two processes that hammered at each other's poll would both starve.
 */
export interface Trouble {
  tell(event: TelegramEvent): void
  over(): void
  /** Tells it, and returns how long to wait, in milliseconds. */
  met(refusal: Refusal): number
}

const LONGEST_PAUSE_MS = 60_000

/** `well` is told when there is no trouble (any more). */
export function createTrouble(log: EventLog, well: TelegramEvent): Trouble {
  let told: TelegramEvent | undefined
  let pauses = 0
  const tell = (event: TelegramEvent) => {
    if (told !== event) {
      log.event(event)
      pauses = 0
    }
    told = event
  }
  return {
    tell,
    over() {
      tell(well)
      pauses = 0
    },
    met(refusal) {
      const { event, firstMs } = describe(refusal)
      tell(event)
      const pause = Math.min(firstMs * 2 ** pauses, LONGEST_PAUSE_MS)
      pauses += 1
      return refusal.kind === 'flood' ? Math.max(pause, refusal.afterMs ?? 0) : pause
    },
  }
}

function describe(refusal: Refusal): { event: TelegramEvent; firstMs: number } {
  switch (refusal.kind) {
    case 'token':
      return { event: 'telegram.tokenRefused', firstMs: 30_000 }
    case 'conflict':
      return { event: refusal.webhook ? 'telegram.webhookSet' : 'telegram.anotherPoller', firstMs: 5_000 }
    case 'flood':
      return { event: 'telegram.slowedDown', firstMs: 1_000 }
    default:
      return { event: 'telegram.unreachable', firstMs: 1_000 }
  }
}
