import type { Environment, Instant } from '../operations/environment.ts'
import type { Log } from '../operations/log.ts'
import type { Key, KeyId, Vault } from '../privacy/vault/vault.ts'
import type { CaseId, CaseOutcome, Cases, EntryId, StoredCase } from '../storage/cases.ts'
import { createChains } from '../turns/chain.ts'
import { type CaseRecord, type EntryBody, openCase, sealCase, sealEntry } from './case-record.ts'
import type { Standing } from './case-machine.ts'
import { recentRecords } from './recent-records.ts'
import type { Changed } from './handoff.ts'
import { withdrawnMark, withdrawnUntil } from './withdrawn-mark.ts'

/**
 * Reads and changes cases. A change is a pure step from what was read: when another came first it is read and stepped
 * again, and when the case was withdrawn meanwhile nothing is written, whatever stands under its number now. The changes
 * of one case run one after another, and never wait for a turn of a conversation.
 */
export interface BookParts extends Environment {
  cases: Cases
  vault: Pick<Vault, 'create' | 'open' | 'destroy' | 'ids'>
  log: Log
}

export interface Found {
  row: StoredCase
  record: CaseRecord
  key: Key
}

/** What a step gives: the answer, and what is to be written, if anything. */
export interface Step<T> {
  answer: T
  to?: Standing
  rank?: number
  record?: CaseRecord
  entries?: readonly { id: EntryId; at: Instant; body: EntryBody }[]
}

export interface Fresh {
  id: CaseId
  rank: number
  at: Instant
  record: CaseRecord
  entry: EntryId
}

export interface CaseBook {
  /** undefined when there is no such case, or nothing that can be read any more. */
  read(id: CaseId): Promise<Found | undefined>
  /** What a row says; undefined when its key is gone. */
  open(row: StoredCase): Promise<Found | undefined>
  /** What can be read of many: one damaged key must not hide all others. */
  openAll(rows: readonly StoredCase[]): Promise<Found[]>
  change<T>(id: CaseId, step: (found: Found) => Step<T> | Promise<Step<T>>): Promise<T | 'gone'>
  create(fresh: Fresh): Promise<'created' | 'there' | 'gone'>
  /** `key`: of her conversation; with it no process opens the case anew. */
  withdraw(id: CaseId, key?: KeyId): Promise<void>
  /** Every case there is, closed ones too, whose record answers true. */
  where(is: (record: CaseRecord) => boolean): Promise<CaseId[]>
  /** Key first. */
  erase(found: { id: CaseId; keyId: KeyId }): Promise<void>
  /** Withdrawals that could not be finished are tried again; the files are cleaned when something was erased. */
  finish(): Promise<void>
  listen(listener: (id: CaseId, what: Changed) => void): () => void
  newId(): EntryId
}

const TRIES = 20
const CREATED = { committed: 'created', stale: 'there', withdrawn: 'gone' } as const
const isDone = () => true
const isNot = () => false
/** Few, since a number that is remembered here cannot be given to anyone else. */
const MOST_REMEMBERED = 200

export function createCaseBook({ cases, vault, clock, random, log }: BookParts): CaseBook {
  const chains = createChains()
  const recent = recentRecords()
  const listeners = new Set<(id: CaseId, what: Changed) => void>()
  /** In this process; a late item of another is kept off by what is noted in the store. */
  const withdrawn = new Set<CaseId>()
  const unfinished = new Map<CaseId, KeyId | undefined>()
  /** At first too: what a process that was killed could not clean any more. */
  let unclean = true

  function tell(id: CaseId, what: Changed): void {
    for (const listener of listeners)
      try {
        listener(id, what)
      } catch {
        // A listener that fails must not undo what is on the disk.
      }
  }

  cases.changedAnywhere?.((id) => tell(id, 'changed'))

  async function open(row: StoredCase): Promise<Found | undefined> {
    const key = await vault.open(row.keyId)
    if (key === undefined || withdrawn.has(row.id) || unfinished.has(row.id)) return undefined
    const record = recent.get(row, () => openCase(key, row))
    if (record === undefined) log.event('handoff.unreadable')
    return record === undefined ? undefined : { row, record, key }
  }

  async function openAll(rows: readonly StoredCase[]): Promise<Found[]> {
    const outcomes = await Promise.allSettled(rows.map((row) => open(row)))
    return outcomes.flatMap((outcome) => {
      if (outcome.status === 'rejected') log.event('handoff.unreadable')
      const found = outcome.status === 'fulfilled' ? outcome.value : undefined
      return found === undefined ? [] : [found]
    })
  }

  async function read(id: CaseId): Promise<Found | undefined> {
    const row = await cases.load(id)
    return row === undefined ? undefined : open(row)
  }

  async function changeInTurn<T>(
    id: CaseId,
    step: (found: Found) => Step<T> | Promise<Step<T>>,
  ): Promise<T | 'gone'> {
    let keyId: KeyId | undefined
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const found = await read(id)
      if (found === undefined || found.row.keyId !== (keyId ?? found.row.keyId)) return 'gone'
      keyId = found.row.keyId
      const { answer, to, rank, record, entries = [] } = await step(found)
      if (to === undefined && record === undefined && entries.length === 0) return answer
      const { row, key } = found
      const { state, holder, offeredTo } = to ?? row
      const at = clock.now()
      const outcome = await cases.commit({
        id,
        expected: row.revision,
        keyId,
        state,
        holder,
        offeredTo,
        rank: rank ?? row.rank,
        at,
        sealed: sealCase(key, id, row.revision + 1, record ?? found.record),
        entries: entries.map((entry) => sealEntry(key, entry.id, entry.at, entry.body)),
      })
      if (outcome === 'committed') {
        tell(id, 'changed')
        return answer
      }
    }
    throw new Error('a case was changed by others again and again')
  }

  async function createInTurn({ id, rank, at, record, entry }: Fresh): Promise<'created' | 'there' | 'gone'> {
    if (withdrawn.has(id)) return 'gone'
    const there = await cases.load(id)
    if (there !== undefined) {
      if ((await vault.open(there.keyId)) !== undefined) return 'there'
      await cases.erase(id)
    }
    const key = await vault.create()
    let outcome: CaseOutcome | undefined
    try {
      outcome = await cases.commit({
        id,
        expected: 0,
        keyId: key.id,
        state: 'waiting',
        holder: undefined,
        offeredTo: undefined,
        rank,
        at,
        sealed: sealCase(key, id, 1, record),
        ...(record.link.key === undefined ? {} : { mark: withdrawnMark(id, record.link.key) }),
        entries: [sealEntry(key, entry, at, { kind: 'happened', what: 'opened' })],
      })
    } finally {
      if (outcome !== 'committed') await vault.destroy(key.id)
    }
    if (outcome === 'committed') tell(id, 'changed')
    return CREATED[outcome]
  }

  async function erase({ id, keyId }: { id: CaseId; keyId: KeyId }): Promise<void> {
    await vault.destroy(keyId)
    recent.drop(id)
    unclean = true
    await cases.erase(id)
  }

  /** Rejects only while the key may still live. */
  async function withdrawInTurn(id: CaseId, key?: KeyId): Promise<void> {
    // Before it is looked for: whoever is about to begin it has done so, or will not. A full disk must not keep the key.
    const isNoted = key === undefined || (await noted(id, key))
    const row = await cases.load(id)
    let isErased = true
    if (row !== undefined) {
      await vault.destroy(row.keyId)
      recent.drop(id)
      unclean = true
      // Without its key nothing of it can be read; rows that are in the way now go with the next sweep.
      isErased = await cases.erase(id).then(isDone, isNot)
    }
    if (isNoted && isErased) unfinished.delete(id)
    else unfinished.set(id, key)
  }

  function noted(id: CaseId, key: KeyId): Promise<boolean> {
    return cases.noteWithdrawn(withdrawnMark(id, key), withdrawnUntil(clock.now())).then(isDone, isNot)
  }

  async function clean(): Promise<void> {
    if (!unclean) return
    try {
      unclean = !(await cases.compact())
    } catch {
      // Tried again with the next sweep; what was withdrawn cannot be read all the same.
    }
  }

  async function withdraw(id: CaseId, key?: KeyId): Promise<void> {
    withdrawn.add(id)
    const [oldest] = withdrawn
    if (withdrawn.size > MOST_REMEMBERED && oldest !== undefined) withdrawn.delete(oldest)
    recent.drop(id)
    try {
      await chains.run(id, () => withdrawInTurn(id, key))
    } catch (error) {
      unfinished.set(id, key)
      log.event('handoff.withdrawFailed')
      throw error
    } finally {
      tell(id, 'withdrawn')
    }
    await clean()
  }

  async function where(is: (record: CaseRecord) => boolean): Promise<CaseId[]> {
    const ids: CaseId[] = []
    for await (const { id } of cases.keyIds()) {
      const found = await read(id)
      if (found !== undefined && is(found.record)) ids.push(id)
    }
    return ids
  }

  return {
    read,
    where,
    open,
    openAll,
    change: (id, step) => chains.run(id, () => changeInTurn(id, step)),
    create: (fresh) => chains.run(fresh.id, () => createInTurn(fresh)),
    withdraw,
    erase: (found) => chains.run(found.id, () => erase(found)),
    async finish() {
      for (const [id, key] of unfinished) await chains.run(id, () => withdrawInTurn(id, key)).catch(() => {})
      await clean()
    },
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    newId: () => Buffer.from(random.bytes(16)).toString('base64url') as EntryId,
  }
}
