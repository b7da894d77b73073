import type { KeyObject } from 'node:crypto'
import { join } from 'node:path'
import type { ChannelName } from '../../channels/channel.ts'
import { openCase, openEntry } from '../../handoff/case-record.ts'
import { createRemains, isRemains } from '../../handoff/chatwoot/remains.ts'
import { type KeysBeside, readKeysBeside } from '../../privacy/vault/keys-beside.ts'
import { pseudonym } from '../../privacy/pseudonym.ts'
import type { Sensitive } from '../../privacy/sensitive.ts'
import {
  accountsBeside,
  auditBeside,
  type CaseRows,
  casesBeside,
  type ConversationRows,
  conversationsBeside,
} from '../../storage/sqlite/rows-beside.ts'
import type { ConversationId } from '../../storage/conversations.ts'
import { openConversation, openItem, openMark } from '../../turns/written/records.ts'

/**
 * Everything that the stores hold of one person, found by the address that she writes from, with what our own keys open
 * of it. What is in the memory of the running service for some minutes is not here; docs/promises.md says what that is.
 */
export interface Held {
  kind:
    | 'conversation'
    | 'waiting'
    | 'messageId'
    | 'seenEvent'
    | 'case'
    | 'caseEntry'
    | 'auditLine'
    | 'glass'
    | 'opening'
    | 'atChatwoot'
  /** As it lies in the file, for whoever has the file and no key. */
  stored: Readonly<Record<string, unknown>>
  /** As it reads with our keys; undefined where its key is gone or there is nothing to open. */
  readable?: Readonly<Record<string, unknown>>
}

export interface Wanted {
  dataDir: string
  vaultDir: string
  root: KeyObject
  channel: ChannelName
  /** What she may be known by, in the channel's own writing. */
  names: readonly Sensitive<string>[]
  /** Whether this is where a case's answers go. */
  isHers(address: string): boolean
}

export async function heldOf(wanted: Wanted): Promise<Held[]> {
  const { dataDir, channel, names } = wanted
  const keys = await readKeysBeside(wanted.vaultDir, wanted.root)
  const ids = keys.peppers.flatMap((pepper) => names.map((name) => pseudonym(pepper, channel, name)))
  const conversations = conversationsBeside(dataDir, ids)
  const hers = new Set(conversations.map(({ stored }) => stored.keyId))
  const named = new Set(conversations.map((rows) => caseOf(rows, keys)).filter((id) => id !== ''))
  const atChatwoot = casesBeside(join(dataDir, 'chatwoot'))
  const all = [...casesBeside(dataDir), ...atChatwoot.filter(({ stored }) => !isRemains(stored.id))]
  const cases = all.filter(({ stored }) => {
    const key = keys.open(stored.keyId)
    const link = key === undefined ? undefined : openCase(key, stored)?.link
    if (link === undefined) return named.has(stored.id)
    if (link.key !== undefined && hers.has(link.key)) return true
    return ids.includes(link.conversation) || (link.channel === channel && wanted.isHers(link.address))
  })
  return [
    ...conversations.flatMap((rows) => conversationHeld(rows, keys)),
    ...cases.flatMap((one) => caseHeld(one, keys, dataDir)),
    ...(await remainsHeld(atChatwoot, keys, wanted, ids)),
  ]
}

/** Of a withdrawn case, what has yet to be deleted at Chatwoot. */
async function remainsHeld(
  rows: readonly CaseRows[],
  keys: KeysBeside,
  { channel, names }: Wanted,
  conversations: readonly ConversationId[],
): Promise<Held[]> {
  const refuse = () => Promise.reject(new Error('nothing is written here'))
  const row = (id: string) => rows.find(({ stored }) => stored.id === id)?.stored
  const remains = createRemains({
    cases: {
      load: async (id) => row(id),
      async *keyIds() {
        for (const { stored } of rows) yield stored
      },
      commit: refuse,
      erase: refuse,
      compact: refuse,
    },
    vault: { open: async (id) => keys.open(id), create: refuse, destroy: refuse },
    clock: { now: () => 0 },
    random: { bytes: (length) => new Uint8Array(length) },
  })
  const [address] = names
  const from = address === undefined ? {} : { from: { channel, address } }
  const hers = await remains.of({ conversations, case: '', ...from })
  return Promise.all(
    hers.map(async (id): Promise<Held> => {
      const stored = row(`gone/${id}`)
      const at = stored === undefined ? {} : { changed: time(stored.changedAt), bytes: stored.sealed.length }
      return { kind: 'atChatwoot', stored: { number: id, ...at }, ...readable(await remains.load(id)) }
    }),
  )
}

function caseOf({ stored }: ConversationRows, keys: KeysBeside): string {
  const key = keys.open(stored.keyId)
  return (key === undefined ? undefined : openConversation(key, stored))?.context.case ?? ''
}

function conversationHeld(
  { stored, named, waiting, marks, seen }: ConversationRows,
  keys: KeysBeside,
): Held[] {
  const key = keys.open(stored.keyId)
  const record = key === undefined ? undefined : openConversation(key, stored)
  return [
    {
      kind: 'conversation',
      stored: {
        name: stored.id,
        named,
        keyId: stored.keyId,
        revision: stored.revision,
        lastTurn: time(stored.touchedAt),
        bytes: stored.sealed.length,
      },
      ...readable(
        record && { flowVersion: record.flowVersion, page: record.state, remembers: record.context },
      ),
    },
    ...waiting.map((item): Held => {
      const parcel = key === undefined ? undefined : openItem(key, item)
      const { kind, notBefore, attempts, sealed } = item
      return {
        kind: 'waiting',
        stored: { kind, due: time(notBefore), attempts, bytes: sealed.length },
        ...readable(parcel && { ...parcel, due: time(parcel.due) }),
      }
    }),
    ...marks.map((mark): Held => {
      const id = key === undefined ? undefined : openMark(key, mark)?.reveal()
      return {
        kind: 'messageId',
        stored: { at: time(mark.at), bytes: mark.sealed.length },
        ...readable(id === undefined ? undefined : { id }),
      }
    }),
    ...seen.map(
      ({ token, at }): Held => ({
        kind: 'seenEvent',
        stored: { at: time(at), keyedHash: Buffer.from(token).toString('base64url') },
      }),
    ),
  ]
}

function caseHeld({ stored, entries }: CaseRows, keys: KeysBeside, dataDir: string): Held[] {
  const key = keys.open(stored.keyId)
  const { id, sealed, openedAt, changedAt, ...row } = stored
  return [
    {
      kind: 'case',
      stored: {
        number: id,
        ...row,
        opened: time(openedAt),
        changed: time(changedAt),
        bytes: sealed.length,
      },
      ...readable(key === undefined ? undefined : openCase(key, stored)),
    },
    ...entries.map(
      (entry): Held => ({
        kind: 'caseEntry',
        stored: { seq: entry.seq, at: time(entry.at), bytes: entry.sealed.length },
        ...readable(key === undefined ? undefined : openEntry(key, entry)),
      }),
    ),
    ...auditBeside(dataDir, id).map((line): Held => ({ kind: 'auditLine', stored: line })),
    ...accountsBeside(dataDir, 'glass', id).map(
      ({ by, until }): Held => ({ kind: 'glass', stored: { by, until: time(until) } }),
    ),
    ...accountsBeside(dataDir, 'openings', id).map(
      ({ by, until }): Held => ({ kind: 'opening', stored: { by, until: time(until) } }),
    ),
  ]
}

const time = (at: number) => new Date(at).toISOString()

function readable(value: object | undefined): Pick<Held, 'readable'> {
  return value === undefined ? {} : { readable: { ...value } }
}
