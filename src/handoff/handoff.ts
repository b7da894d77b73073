import type { Look } from '../../flows/context.ts'
import type { ChannelName } from '../channels/channel.ts'
import type { CaseRequest } from '../conversation/conversation.ts'
import type { Instant } from '../operations/environment.ts'
import type { Sensitive } from '../privacy/sensitive.ts'
import type { KeyId } from '../privacy/vault/vault.ts'
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
  /** The conversation's key, which stays while its name changes with the pepper; absent in older cases. */
  key?: KeyId
  channel: ChannelName
  look: Look
  /** As the platform gave it: where her answers go. */
  address: string
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

/**
 * opened, known: the case that this person has from now on; its id may be another than the one asked for (that number was
 * taken, or she has an open case already), and the conversation must take it over. refused: the request carries
 * something that consent does not cover. gone: withdrawn meanwhile.
 */
export type Opened = { kind: 'opened' | 'known'; case: CaseId } | { kind: 'refused' } | { kind: 'gone' }

export interface ChatSide {
  /**
   * One open case a person: while she has one, another request opens none and closes none; a more urgent one takes the
   * place of the request of the first. The same item again gives the same case.
   */
  opened(item: {
    id: EntryId
    case: CaseId
    link: CaseLink
    request: CaseRequest
    windowUntil?: Instant
    at: Instant
  }): Promise<Opened>
  /** Cut after 4,096 characters. Dropped without a word when the case is closed or withdrawn. */
  personWrote(item: {
    id: EntryId
    case: CaseId
    text: Sensitive<string>
    windowUntil?: Instant
    at: Instant
  }): Promise<void>
  /** 'here' hands over what waits, in order; 'left' keeps everything from being tried. One older than the last is dropped. */
  presence(item: {
    id: EntryId
    case: CaseId
    presence: 'here' | 'left'
    windowUntil?: Instant
    at: Instant
  }): Promise<void>
  /** What became of a caseworker's message on its way to her; until then it waits. */
  delivered(item: { case: CaseId; entry: EntryId; delivery: 'shown' | 'notTaken' }): Promise<void>
  /**
   * The key first, durably; resolves when nothing of it can be read any more, rejects when that is not certain. Idempotent.
   * It waits for no turn, so that a turn may wait for it. `key`: of her conversation, where that is known; then nothing that
   * is late opens the case anew, in any process.
   */
  withdraw(id: CaseId, key?: KeyId): Promise<void>
  /** The same for every case of one person, closed ones too: what she erases is all that there is. */
  withdrawAll(person: CasePerson): Promise<void>
}

/** A person as her conversations know her, to find her cases by. */
export interface CasePerson {
  conversations: readonly ConversationId[]
  /** The key of her conversation, where there is one. */
  key?: KeyId
  /** Where she writes from, where that is known. */
  from?: { channel: CaseLink['channel']; address: Sensitive<string> }
  /** The case that her conversation names, which may not have come in yet; '' for none. */
  case: string
}

export interface DeskSide {
  queue(): Promise<QueueEntry[]>
  /**
   * Entries with a higher seq than `after`, at most 500. undefined for anyone but the holder, or someone to whom it is
   * offered. The `delivery` of an entry may change after it was read.
   */
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
  /** Content-free: this case changed, or is withdrawn and must leave the screen. Returns how to stop. */
  changes(listener: (id: CaseId, what: Changed) => void): () => void
}

export type Changed = 'changed' | 'withdrawn'

/** Asked by the clock and at start. */
export interface Upkeep {
  /** `believed`: the time for what erases, where the clock may be wrong (privacy/sweep-clock.ts). */
  sweep(now: Instant, believed?: Instant): Promise<Swept>
  /**
   * Only before the first event is taken: rows whose key is gone are erased, and what was never handed over is
   * remembered for the next sweep. Resolves to how many rows were erased.
   */
  sweepOrphans(): Promise<number>
  /** Every key that a case uses: the vault's own sweep must leave these alone. */
  keyIds(): AsyncIterable<KeyId>
}

export interface Swept {
  offersExpired: number
  silent: number
  unanswered: number
  erased: number
}

/** unanswered: nobody took it, or nobody answers her. released: it is back in the queue. */
export type AlarmReason = 'unanswered' | 'released'

/**
 * What the house of turns does for the handoff: each is a turn of her conversation, committed when it resolves. Each may
 * come twice with the same `entry` or `notice`, and the second changes nothing. One that rejects is tried again, in
 * order, with the next sweep or when she is here.
 */
export interface ToPerson {
  /** `asked`: for the statistics, how many whole minutes she waited, and the area that she told the desk. */
  claimed(link: CaseLink, id: CaseId, notice: EntryId, asked: Asked): Promise<void>
  /**
   * 'waiting': she may not read it now; it comes again under the same id when she is here, and is then no repetition.
   * 'shown': it is on its way, and the same id again is answered with 'shown' and sends nothing. 'notTaken': she left or
   * is erased.
   */
  wrote(link: CaseLink, id: CaseId, entry: EntryId, text: string): Promise<Delivery>
  card(link: CaseLink, id: CaseId, entry: EntryId, service: string): Promise<Delivery>
  /** Closed, or back in the queue; 'unanswered': still in the queue, and nobody has come yet. */
  ended(link: CaseLink, id: CaseId, why: EndReason, notice: EntryId): Promise<void>
}
export interface Asked {
  waited: number
  area: string
}
export type EndReason = 'closed' | 'released' | 'unanswered'
