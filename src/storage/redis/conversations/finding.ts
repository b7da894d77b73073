import type { ConversationId, Stored } from '../../conversations.ts'
import { aliasKey, type Home, homeIn, homeOf, type Parted, recordKey } from './homes.ts'
import { bytesOf, listOf, numberOf, type Reply } from '../link/link.ts'
import { storedIn } from './record.ts'
import type { DataLink } from '../link/server-mark.ts'

/** Finds the home of a name: its own place, or where its alias leads. */
export interface Found {
  home: Home
  stored: Stored
}

export async function locate(link: DataLink, id: ConversationId): Promise<Found | undefined> {
  const own = homeOf(link, id)
  const record = recordKey(own)
  const alias = aliasKey(link, id)
  const [bytes, leads] = listOf(await link.at(record, ['MGET', record, alias]))
  const stored = bytes === null ? undefined : storedIn(bytesOf(bytes), id)
  if (stored !== undefined) return { home: own, stored }
  if (leads === null) return undefined
  const home = homeIn(bytesOf(leads))
  const there = recordKey(home)
  const far = await link.at(there, ['GET', there])
  const foundThere = far === null ? undefined : storedIn(bytesOf(far), id)
  if (foundThere === undefined) return undefined
  // A mover that died after its commit left the alias with an end.
  void link.at(alias, ['PERSIST', alias]).catch(() => {})
  return { home, stored: foundThere }
}

/** Asks a script at the name's own place and, where that says `elsewhere`, where the alias leads. */
export async function askAtHome(
  parted: Parted,
  id: ConversationId,
  ask: (home: Home, alias?: Buffer) => Promise<Reply[]>,
): Promise<{ home: Home; answer: Reply[] }> {
  const own = homeOf(parted, id)
  const first = await ask(own, aliasKey(parted, id))
  if (String(first[0]) !== 'elsewhere') return { home: own, answer: first }
  const home = homeIn(bytesOf(first[1]))
  return { home, answer: await ask(home) }
}

/** From `handle, time` one after the other. */
export function timedHomes(partition: number, reply: Reply): { home: Home; at: number }[] {
  const flat = listOf(reply)
  return Array.from({ length: flat.length / 2 }, (_, n) => ({
    home: { partition, handle: bytesOf(flat[2 * n]) },
    at: numberOf(flat[2 * n + 1]),
  }))
}
