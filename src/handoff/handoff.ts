import type { CaseRequest } from '../conversation/conversation.ts'
import type { Instant } from '../operations/environment.ts'
import type { Sensitive } from '../privacy/sensitive.ts'
import type { AccountId, CaseId, CaseState, EntryId } from '../storage/cases.ts'
import type { ConversationId } from '../storage/conversations.ts'

/**
 * Between the chat and the desk. The chat side comes through the outbox of a turn, so each call may come twice and its
 * id makes the second one harmless; the desk side is asked by people, so each answer says what became of it. What is
 * said to the person goes back through a turn of her conversation: the flow alone decides what may be shown now.
 */

/** How her conversation is found again; sealed in the case, never shown at the desk. */
export interface CaseLink {
  conversation: ConversationId
}

export type Presence = 'here' | 'away' | 'left'

/** What a caseworker sees of a case that is not theirs. */
export interface QueueEntry {
  id: CaseId
  state: CaseState
  holder: AccountId | undefined
  offeredTo: AccountId | undefined
  language: string
  area: string
  need: string
  urgency: CaseRequest['urgency']
  aidConduct: boolean
  openedAt: Instant
  changedAt: Instant
  presence: Presence
  /** When WhatsApp's 24 hours end; undefined on a channel without them. */
  windowUntil: Instant | undefined
  /** She allowed one neutral line while she is away. */
  nudge: boolean
  /** Messages of hers that the holder has not answered yet. */
  unanswered: number
}

export type Entry = { id: EntryId; seq: number; at: Instant } & (
  | { kind: 'person'; text: string }
  /** `delivery`: shown at once, kept until she is back, or not taken because she left. */
  | { kind: 'caseworker'; by: AccountId; text: string; delivery: Delivery }
  | { kind: 'card'; by: AccountId; service: string; title: string; delivery: Delivery }
  /** For the desk alone. */
  | { kind: 'note'; by: AccountId; text: string }
  | {
      kind: 'happened'
      what:
        | 'opened'
        | 'claimed'
        | 'released'
        | 'offered'
        | 'accepted'
        | 'rejected'
        | 'closed'
        | 'left'
        | 'back'
      by?: AccountId
    }
)
export type Delivery = 'shown' | 'waiting' | 'notTaken'

/** gone: there is no such case for this account (guessed, withdrawn, closed): it looks the same from outside. */
export type Answer = 'done' | 'taken' | 'gone' | 'notYours' | 'full'

export const OUTCOMES = ['helped', 'referred', 'noAnswer', 'notOurs', 'ended'] as const
export type Outcome = (typeof OUTCOMES)[number]

export interface ChatSide {
  opened(item: {
    id: EntryId
    case: CaseId
    link: CaseLink
    request: CaseRequest
    windowUntil?: Instant
    at: Instant
  }): Promise<void>
  personWrote(item: {
    id: EntryId
    case: CaseId
    text: Sensitive<string>
    windowUntil?: Instant
    at: Instant
  }): Promise<void>
  presence(item: { id: EntryId; case: CaseId; presence: Presence; at: Instant }): Promise<void>
  /** The key first, durably; resolves when nothing of it can be read any more. Idempotent. */
  withdraw(id: CaseId): Promise<void>
}

export interface DeskSide {
  queue(): Promise<QueueEntry[]>
  /** undefined for anyone but the holder, or someone to whom it is offered. */
  thread(id: CaseId, by: AccountId, after: number): Promise<Entry[] | undefined>
  claim(id: CaseId, by: AccountId, capacity: number): Promise<Answer>
  release(id: CaseId, by: AccountId): Promise<Answer>
  offer(id: CaseId, by: AccountId, to: AccountId): Promise<Answer>
  accept(id: CaseId, by: AccountId, capacity: number): Promise<Answer>
  reject(id: CaseId, by: AccountId): Promise<Answer>
  /** `entry` is chosen by the page, so that a double click is one message. */
  write(id: CaseId, by: AccountId, entry: EntryId, text: string): Promise<Answer>
  card(id: CaseId, by: AccountId, entry: EntryId, service: string): Promise<Answer>
  note(id: CaseId, by: AccountId, entry: EntryId, text: string): Promise<Answer>
  close(id: CaseId, by: AccountId, outcome: Outcome): Promise<Answer>
  /** Content-free: the case with this id changed. Returns how to stop. */
  changes(listener: (id: CaseId) => void): () => void
}

/** What the house of turns does for the handoff: each is a turn of her conversation, committed when it resolves. */
export interface ToPerson {
  claimed(link: CaseLink, id: CaseId): Promise<void>
  /** 'waiting': kept in her record until she is back and may read; 'notTaken': she left or is erased. */
  wrote(link: CaseLink, id: CaseId, entry: EntryId, text: string): Promise<Delivery>
  card(link: CaseLink, id: CaseId, entry: EntryId, service: string): Promise<Delivery>
  /** Closed, or back in the queue. */
  ended(link: CaseLink, id: CaseId, why: 'closed' | 'released' | 'unanswered'): Promise<void>
}
