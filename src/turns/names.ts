import type { KeyObject } from 'node:crypto'
import type { Inbound } from '../channels/channel.ts'
import { pseudonym } from '../privacy/pseudonym.ts'
import type { ConversationId } from '../storage/conversations.ts'

/** Every name that a conversation of one person may have; a new one begins under the first. */
export type Ids = readonly [ConversationId, ...ConversationId[]]

/** `peppers`: the current one first, then the one before, while it lives. */
export function namesOf(
  { channel, address, names = [address] }: Inbound,
  peppers: readonly KeyObject[],
): Ids {
  const [first, ...others] = peppers.flatMap((pepper) =>
    names.map((name) => pseudonym(pepper, channel, name)),
  )
  if (first === undefined) throw new Error('the vault has no pepper')
  return [first, ...others]
}
