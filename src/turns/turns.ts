import type { FromDesk } from '../../flows/events.ts'
import type { Channel, ChannelName, Receive } from '../channels/channel.ts'
import type { Engine, Moment } from '../conversation/engine.ts'
import type { Environment, Instant } from '../operations/environment.ts'
import type { Log } from '../operations/log.ts'
import type { Sensitive } from '../privacy/sensitive.ts'
import type { KeyId, Vault } from '../privacy/vault/vault.ts'
import type { ConversationId, Conversations } from '../storage/conversations.ts'
import type { Express } from './courier/courier.ts'
import type { Fence } from './leaving/fence.ts'
import type { DeskAddress, DeskTurn } from './from-desk.ts'

/** What turns are made of, and what they do for everything around them. */
export interface TurnParts extends Environment {
  engine: Engine
  conversations: Conversations
  vault: Vault
  channels: ReadonlyMap<ChannelName, Channel>
  entrance: 'open' | 'covered'
  desk(): Moment['desk']
  /** So long, in milliseconds, does a conversation wait for an answer of the desk. */
  caseMs: number
  /** Erases all that the desk has of her, keys first; before anything is called erased. Rejects when it is not sure. */
  withdraw?(person: DeskPerson): Promise<void>
  /** For the metrics: a person's wipe ended like this. */
  wiped?(outcome: 'done' | 'failed'): void
  fence: Fence
  log: Log
  wait(ms: number): Promise<void>
  /** The courier's: something was committed. */
  wake(): void
  /** The courier's: it has room, and will deliver at once what is committed under this lease. */
  express?(): Express | undefined
  compactLater(): void
}

/** By what the desk's cases of one person are found. */
export interface DeskPerson {
  conversations: readonly ConversationId[]
  /** The key of her conversation, where there is one: it stays when her name changes with the pepper. */
  key?: KeyId
  /** Where she writes from, where that is known. */
  from?: { channel: ChannelName; address: Sensitive<string> }
  /** The case that her conversation names; '' for none. */
  case: string
}

export interface Turns {
  receive: Receive
  /** Exit and wipe of our data for a person whom the platform no longer reaches. */
  erase(conversation: { id: ConversationId; keyId: KeyId }): Promise<void>
  /**
   * Erases a conversation unless it had a turn at `before` or later, or has a case that may still be answered. Resolves
   * whether it was erased.
   */
  eraseIdle(conversation: { id: ConversationId; keyId: KeyId }, before: Instant): Promise<boolean>
  /** A turn that the desk asks for. */
  fromDesk(
    to: DeskAddress,
    caseId: string,
    event: { id: string; happening: FromDesk; reply?: string },
  ): Promise<DeskTurn>
  idle(): Promise<void>
}
