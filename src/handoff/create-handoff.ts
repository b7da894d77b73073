import { KEPT_FOR } from '../privacy/kept-for.ts'
import type { CaseId, Cases } from '../storage/cases.ts'
import { type BookParts, createCaseBook } from './case-book.ts'
import { isOpen } from './case-machine.ts'
import { createChatSide } from './chat-side.ts'
import { createDelivering } from './delivering.ts'
import { createDeskSide } from './desk-side.ts'
import type { AlarmReason, ChatSide, DeskSide, QueueEntry, ToPerson, Upkeep } from './handoff.ts'
import { queueEntryOf } from './queue-entry.ts'
import { createSweeping } from './sweeping.ts'
import type { Times } from './times.ts'

/**
 * Puts the parts of the handoff together. It guards that a call for help is kept once and only once, that one
 * caseworker has it at a time, that nothing reaches her while she has left, and that a withdrawn case never comes back.
 */
export interface HandoffParts extends BookParts {
  cases: Cases
  toPerson: ToPerson
  /** After so long without a word, a claimed case goes back into the queue. 10 minutes. */
  silentMs?: number
  /** After so long in the queue, or without an answer, the desk is alarmed. 15 minutes. */
  unansweredMs?: number
  /** A closed case is erased after 7 days. */
  retentionMs?: number
  /** Content-free; once for each waiting period. */
  alarm?: (id: CaseId, why: AlarmReason) => void
  /** What the desk's thread calls a service; its id when not given. */
  titleOf?: (service: string) => string
  /** How long people wait; nothing is kept of it when not given. Swept with the cases. */
  times?: Times
}

const MINUTE = 60_000

/** `find`: one case of the queue, without reading all of it; undefined when it is over. */
export type Handoff = ChatSide & DeskSide & Upkeep & { find(id: CaseId): Promise<QueueEntry | undefined> }

export function createHandoff(given: HandoffParts): Handoff {
  const parts = {
    silentMs: 10 * MINUTE,
    unansweredMs: 15 * MINUTE,
    retentionMs: KEPT_FOR.endedCase.ms,
    alarm: () => {},
    titleOf: (service: string) => service,
    ...given,
  }
  const book = createCaseBook(parts)
  const delivering = createDelivering(parts, book)
  const sweeping = createSweeping(parts, book, delivering)
  return {
    ...createChatSide(parts, book, delivering),
    ...createDeskSide(parts, book, delivering),
    ...sweeping,
    async sweep(now, believed = now) {
      const swept = await sweeping.sweep(now, believed)
      await parts.times?.sweep(believed)
      return swept
    },
    async find(id) {
      const found = await book.read(id)
      return found === undefined || !isOpen(found.row) ? undefined : queueEntryOf(found, parts.clock.now())
    },
  }
}
