import { randomBytes } from 'node:crypto'
import type { CasesOfDesk } from '../../src/desk/server/case-room.ts'
import type { Answer, Changed, Entry, QueueEntry } from '../../src/handoff/handoff.ts'
import type { AccountId, CaseId, EntryId } from '../../src/storage/cases.ts'

/** The desk side of the handoff in memory: as much of its rules as the server leans on. */
export interface StubCases extends CasesOfDesk {
  add(more?: Partial<QueueEntry>): CaseId
  /** She withdrew it. */
  remove(id: CaseId): void
  say(id: CaseId, text: string): void
}

export function stubCases(now: () => number): StubCases {
  const kept = new Map<CaseId, { entry: QueueEntry; entries: Entry[] }>()
  const listeners = new Set<(id: CaseId, what: Changed) => void>()
  let made = 0
  const changed = (id: CaseId, what: Changed = 'changed') => {
    for (const listener of listeners) listener(id, what)
  }

  function change(id: CaseId, work: (entry: QueueEntry) => Answer): Promise<Answer> {
    const found = kept.get(id)
    const answer = found === undefined ? 'gone' : work(found.entry)
    if (answer === 'done') changed(id)
    return Promise.resolve(answer)
  }
  const asHolder = (id: CaseId, by: AccountId, work: (entry: QueueEntry) => void) =>
    change(id, (entry) => {
      if (entry.holder !== by) return 'notYours'
      work(entry)
      return 'done'
    })
  function append(id: CaseId, entry: Entry): void {
    const entries = kept.get(id)?.entries ?? []
    if (!entries.some((one) => one.id === entry.id)) entries.push({ ...entry, seq: entries.length + 1 })
  }

  return {
    add(more = {}) {
      const id = String(10_000_000 + (made += 1)) as CaseId
      const entry: QueueEntry = {
        id,
        state: more.holder === undefined ? 'waiting' : 'active',
        holder: undefined,
        offeredTo: undefined,
        language: 'es',
        area: 'north',
        need: 'legal',
        urgency: 'soon' as QueueEntry['urgency'],
        aidConduct: false,
        openedAt: now(),
        changedAt: now(),
        presence: 'here',
        windowUntil: undefined,
        nudge: false,
        unanswered: 0,
        ...more,
      }
      kept.set(id, { entry, entries: [] })
      changed(id)
      return id
    },
    remove(id) {
      kept.delete(id)
      changed(id, 'withdrawn')
    },
    say(id, text) {
      append(id, {
        id: randomBytes(16).toString('base64url') as EntryId,
        seq: 0,
        at: now(),
        kind: 'person',
        text,
      })
      changed(id)
    },
    queue: () => Promise.resolve([...kept.values()].map(({ entry }) => ({ ...entry }))),
    find(id) {
      const entry = kept.get(id)?.entry
      return Promise.resolve(entry === undefined ? undefined : { ...entry })
    },
    thread(id, by, after) {
      const found = kept.get(id)
      const mayRead = found !== undefined && (found.entry.holder === by || found.entry.offeredTo === by)
      return Promise.resolve(mayRead ? found.entries.filter(({ seq }) => seq > after) : undefined)
    },
    claim: (id, by, capacity) =>
      change(id, (entry) => {
        if (entry.holder !== undefined) return entry.holder === by ? 'done' : 'taken'
        if ([...kept.values()].filter((one) => one.entry.holder === by).length >= capacity) return 'full'
        Object.assign(entry, { holder: by, state: 'active' })
        return 'done'
      }),
    release: (id, by) =>
      asHolder(id, by, (entry) => Object.assign(entry, { holder: undefined, state: 'waiting' })),
    offer: (id, by, to) =>
      asHolder(id, by, (entry) => Object.assign(entry, { offeredTo: to, state: 'offered' })),
    accept: (id, by) =>
      change(id, (entry) => {
        if (entry.offeredTo !== by) return 'notYours'
        Object.assign(entry, { holder: by, offeredTo: undefined, state: 'active' })
        return 'done'
      }),
    reject: (id, by) =>
      change(id, (entry) => {
        if (entry.offeredTo !== by) return 'notYours'
        Object.assign(entry, { offeredTo: undefined, state: 'active' })
        return 'done'
      }),
    write: (id, by, entry, text) =>
      asHolder(id, by, () =>
        append(id, { id: entry, seq: 0, at: now(), kind: 'caseworker', by, text, delivery: 'shown' }),
      ),
    card: (id, by, entry, service) =>
      asHolder(id, by, () =>
        append(id, {
          id: entry,
          seq: 0,
          at: now(),
          kind: 'card',
          by,
          service,
          title: service,
          delivery: 'shown',
        }),
      ),
    note: (id, by, entry, text) =>
      asHolder(id, by, () => append(id, { id: entry, seq: 0, at: now(), kind: 'note', by, text })),
    close: async (id, by) => {
      const answer = await asHolder(id, by, () => {})
      if (answer === 'done') {
        kept.delete(id)
        changed(id)
      }
      return answer
    },
    changes(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
