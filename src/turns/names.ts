import type { KeyObject } from 'node:crypto'
import type { Inbound } from '../channels/channel.ts'
import { pseudonym } from '../privacy/pseudonym.ts'
import type { Vault } from '../privacy/vault/vault.ts'
import type { ConversationId } from '../storage/conversations.ts'

/** Every name that a conversation of one person may have; a new one begins under the first. */
export type Ids = readonly [ConversationId, ...ConversationId[]]

/** The names of one event's person, and what one of an older pepper becomes under the current one. */
export interface Names {
  ids: Ids
  /** Of which pepper the names of today are. */
  pepper: number
  /** undefined for a name of today. */
  newer(id: ConversationId): ConversationId | undefined
}

export async function namesNow(
  inbound: Pick<Inbound, 'channel' | 'address' | 'names'>,
  vault: Pick<Vault, 'peppers' | 'epochs'>,
): Promise<Names> {
  // Asked first: where a rotation comes between, the names pass for older than they are, which keeps a pepper too long.
  const { pepper } = await vault.epochs()
  const peppers = await vault.peppers()
  const ids = namesOf(inbound, peppers)
  const each = ids.length / peppers.length
  return {
    ids,
    pepper: pepper.epoch,
    newer(id) {
      const at = ids.indexOf(id)
      return at < each ? undefined : ids[at % each]
    },
  }
}

/** `peppers`: the current one first, then the one before, while it lives. */
export function namesOf(
  { channel, address, names = [address] }: Pick<Inbound, 'channel' | 'address' | 'names'>,
  peppers: readonly KeyObject[],
): Ids {
  const [first, ...others] = peppers.flatMap((pepper) =>
    names.map((name) => pseudonym(pepper, channel, name)),
  )
  if (first === undefined) throw new Error('the vault has no pepper')
  return [first, ...others]
}
