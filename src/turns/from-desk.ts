import type { FromDesk } from '../../flows/events.ts'
import type { Inbound } from '../channels/channel.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { Engine, Moment, Step } from '../conversation/engine.ts'
import type { Environment } from '../operations/environment.ts'
import { sensitive } from '../privacy/sensitive.ts'
import type { KeyId, Vault } from '../privacy/vault/vault.ts'
import type { ConversationId, Conversations } from '../storage/conversations.ts'
import type { Chains } from './chain.ts'
import { commitOf } from './written/commit-of.ts'
import { openConversation, type Parcel, refuseNewer } from './written/records.ts'

/**
 * What happens at the desk, as a turn of her conversation: loaded, stepped and committed in her own line of turns. The
 * flow alone decides whether she sees anything of it now; what may not be shown leaves the screen as it is.
 */
export interface FromDeskParts extends Environment {
  engine: Engine
  conversations: Conversations
  vault: Vault
  chains: Chains
  moment(): Moment
  wake(): void
}

/** Where her answers go, as it stood in the turn that opened the case. */
export type DeskAddress = Pick<Parcel, 'channel' | 'look' | 'address'> & {
  conversation: ConversationId
  /** By which it is found when its name has changed since. */
  key?: KeyId
}

/** sending: it is on its way to her. waiting: she may not read it now. gone: nobody is there any more. */
export type DeskTurn = 'sending' | 'waiting' | 'gone'

const MOST_TRIES = 8

export async function turnFromDesk(
  parts: FromDeskParts,
  to: DeskAddress,
  caseId: string,
  event: { id: string; happening: FromDesk; reply?: string },
): Promise<DeskTurn> {
  for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
    const name = await nameOf(parts, to)
    if (name === undefined) return 'gone'
    const address = { ...to, conversation: name }
    const outcome = await parts.chains.run(name, () => once(parts, address, caseId, event))
    if (outcome !== 'stale') return outcome
  }
  throw new Error('a conversation changed under every try of one turn')
}

async function nameOf(
  { conversations }: Pick<FromDeskParts, 'conversations'>,
  { conversation, key }: DeskAddress,
): Promise<ConversationId | undefined> {
  if (key !== undefined) return conversations.nameOf(key)
  return (await conversations.load(conversation)) === undefined ? undefined : conversation
}

async function once(
  { engine, conversations, vault, clock, random, moment, wake }: FromDeskParts,
  to: DeskAddress,
  caseId: string,
  { id, happening, reply }: { id: string; happening: FromDesk; reply?: string },
): Promise<DeskTurn | 'stale'> {
  const stored = await conversations.load(to.conversation)
  // Erased, or under a newer name, since its name was asked for.
  if (stored === undefined) return 'stale'
  const key = await vault.open(stored.keyId)
  const conversation = key === undefined ? undefined : openConversation(key, stored)
  if (key === undefined || conversation === undefined) return 'gone'
  if (refuseNewer(conversation, engine.flowVersion).context.case !== caseId) return 'gone'
  const now = { ...moment(), ...(reply === undefined ? {} : { reply }) }
  const step = engine.step(conversation, happening, now)
  const inbound: Inbound = {
    channel: to.channel,
    look: to.look,
    address: sensitive(to.address),
    eventId: sensitive(seenName(id, conversation, step)),
    at: clock.now(),
    content: { kind: 'unsupported' },
  }
  const place = { id: stored.id, key, revision: stored.revision }
  const isShown = step.page !== undefined
  const entry = isShown && happening.type === 'caseworkerWrote' ? { entry: { case: caseId, id } } : {}
  const how = { cancelWaiting: false, urgent: false, ...entry }
  const outcome = await conversations.commit(commitOf({ clock, random }, inbound, place, step, how).commit)
  if (outcome === 'stale') return 'stale'
  if (outcome === 'committed') wake()
  return isShown ? 'sending' : 'waiting'
}

/**
 * The name by which the same event is known again. What she may not see yet is offered again, and so is what an exit
 * cancelled on its way: only what was sent off since she last came counts as done.
 */
function seenName(id: string, { context }: Conversation, { page }: Step): string {
  return page === undefined
    ? `desk/${id}/not/${context.lastMinute}/${context.partings}`
    : `desk/${id}/${context.partings}`
}
