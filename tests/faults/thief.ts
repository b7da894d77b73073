import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sweepOrphans } from '../../src/privacy/retention.ts'
import { pseudonym } from '../../src/privacy/pseudonym.ts'
import { rootKey } from '../../src/privacy/vault/root-key.ts'
import { open } from '../../src/privacy/sealing/seal.ts'
import { sensitive } from '../../src/privacy/sensitive.ts'
import { openSqliteVault } from '../../src/privacy/vault/sqlite-vault.ts'
import type { Key, KeyId, Vault } from '../../src/privacy/vault/vault.ts'
import type { CaseId, Cases, StoredCase } from '../../src/storage/cases.ts'
import type { Conversations, Stored } from '../../src/storage/conversations.ts'
import { openSqliteCases } from '../../src/storage/sqlite/sqlite-cases.ts'
import { openSqliteConversations } from '../../src/storage/sqlite/sqlite-conversations.ts'

/**
 * Somebody who holds a copy of everything at one moment: data, vault, root key, and from a backup every sealed record as
 * it was before. What she can open is what can be read; what a start makes of the same files is what stands after it.
 */
export interface Hers {
  conversation: Stored
  key: Key
  case: StoredCase | undefined
  caseKey: Key | undefined
}

interface Stores {
  vault: Vault
  conversations: Conversations
  cases: Cases
}

/** On a copy, so that looking changes nothing. */
export function lookInto<T>(folder: string, look: (stores: Stores) => Promise<T>): Promise<T> {
  return onImage(folder, async (copy) => {
    const stores = openAll(copy)
    try {
      return await look(stores)
    } finally {
      await stores.conversations.close()
      await stores.cases.close()
      await stores.vault.close()
    }
  })
}

/** What lies on the disk while the program waits; gone afterwards. */
export async function onImage<T>(from: string, look: (folder: string) => Promise<T>): Promise<T> {
  const copy = mkdtempSync(join(tmpdir(), 'lantern-image-'))
  for (const part of ['data', 'vault']) cpSync(join(from, part), join(copy, part), { recursive: true })
  try {
    return await look(copy)
  } finally {
    rmSync(copy, { recursive: true })
  }
}

function openAll(folder: string): Stores {
  const root = rootKey(join(folder, 'vault', 'root.key'), {
    bytes: (length) => new Uint8Array(randomBytes(length)),
  })
  if (root.kind !== 'loaded') throw new Error('the root key is not there')
  return {
    vault: openSqliteVault(join(folder, 'vault'), root.key),
    conversations: openSqliteConversations(join(folder, 'data')),
    cases: openSqliteCases(join(folder, 'data')),
  }
}

/** All that is kept of each of these people on Telegram, with the keys. Throws when nothing is kept of one. */
export function everythingOf(folder: string, people: readonly number[]): Promise<Map<number, Hers>> {
  return lookInto(folder, async ({ vault, conversations, cases }) => {
    const [pepper] = await vault.peppers()
    if (pepper === undefined) throw new Error('the vault has no pepper')
    const all = new Map<number, Hers>()
    for (const person of people) {
      const id = pseudonym(pepper, 'telegram', sensitive(String(person)))
      const conversation = await conversations.load(id)
      const key = conversation === undefined ? undefined : await vault.open(conversation.keyId)
      if (conversation === undefined || key === undefined) throw new Error('nothing is kept of somebody')
      const named = caseOf(key, conversation)
      const found = named === '' ? undefined : await cases.load(named as CaseId)
      const caseKey = found === undefined ? undefined : await vault.open(found.keyId)
      all.set(person, { conversation, key, case: found, caseKey })
    }
    return all
  })
}

/** whole: key, row and record are there. erased: none of them is. torn: anything else. */
export type Standing = 'whole' | 'erased' | 'torn'

export interface Found {
  /** Whether the sealed records of before open with the keys of now. */
  readable: boolean
  caseReadable: boolean
  /** What the next start makes of these files. */
  after: Standing
  caseAfter: Standing | 'none'
  /** Of somebody who did nothing. */
  bystander: Standing
}

export function lookAt(folder: string, hers: Hers, bystander: Hers): Promise<Found> {
  return lookInto(folder, async (stores) => {
    const { vault, conversations, cases } = stores
    const found = {
      readable: await opens(vault, 'conversation', hers.conversation),
      caseReadable: hers.case !== undefined && (await opens(vault, 'case', hers.case)),
    }
    await sweepAsAtStart(stores)
    const row = (one: Hers) => conversations.load(one.conversation.id)
    const caseRow = hers.case === undefined ? undefined : await cases.load(hers.case.id)
    return {
      ...found,
      after: await standing(vault, 'conversation', hers.conversation, await row(hers)),
      caseAfter: hers.case === undefined ? 'none' : await standing(vault, 'case', hers.case, caseRow),
      bystander: await standing(vault, 'conversation', bystander.conversation, await row(bystander)),
    }
  })
}

async function sweepAsAtStart({ vault, conversations, cases }: Stores): Promise<void> {
  const caseKeys = async function* () {
    for await (const { keyId } of cases.keyIds()) yield keyId
  }
  await sweepOrphans({ vault, conversations, otherKeyIds: caseKeys })
  const living = new Set<KeyId>()
  for await (const id of vault.ids()) living.add(id)
  for await (const { id, keyId } of cases.keyIds()) if (!living.has(keyId)) await cases.erase(id)
}

type Row = Pick<Stored, 'keyId' | 'revision' | 'sealed'> & { id: string }

async function standing(vault: Vault, type: string, before: Row, now: Row | undefined): Promise<Standing> {
  const hasKey = (await vault.open(before.keyId)) !== undefined
  // Somebody who was erased and wrote again has another row, under another key.
  const row = now?.keyId === before.keyId ? now : undefined
  if (!hasKey && row === undefined) return 'erased'
  return row !== undefined && (await opens(vault, type, row)) ? 'whole' : 'torn'
}

async function opens(vault: Vault, type: string, { id, keyId, revision, sealed }: Row): Promise<boolean> {
  const key = await vault.open(keyId)
  return key !== undefined && open(key, { type, id, revision }, sealed).kind === 'opened'
}

function caseOf(key: Key, { id, revision, sealed }: Stored): string {
  const opened = open(key, { type: 'conversation', id, revision }, sealed)
  if (opened.kind !== 'opened') return ''
  const { context } = JSON.parse(Buffer.from(opened.plaintext).toString()) as { context: { case?: string } }
  // What is as in the beginning is not sealed.
  return context.case ?? ''
}
