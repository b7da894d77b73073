import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { CaseRequest } from '../../src/conversation/conversation.ts'
import { createHandoff, type Handoff, type HandoffParts } from '../../src/handoff/create-handoff.ts'
import type { CaseLink, Changed, Delivery, Entry, ToPerson } from '../../src/handoff/handoff.ts'
import { silentLog } from '../../src/operations/log.ts'
import { rootKey } from '../../src/privacy/vault/root-key.ts'
import { sensitive } from '../../src/privacy/sensitive.ts'
import { openSqliteVault } from '../../src/privacy/vault/sqlite-vault.ts'
import type { Vault } from '../../src/privacy/vault/vault.ts'
import type { AccountId, CaseId, Cases, EntryId } from '../../src/storage/cases.ts'
import type { ConversationId } from '../../src/storage/conversations.ts'
import { openSqliteCases } from '../../src/storage/sqlite/sqlite-cases.ts'

/** A handoff on real files, with a person who can be directed and a clock of ours. */
export const MINUTE = 60_000
export const START = Date.UTC(2026, 10, 2, 9)
export const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) }
const of16 = <Id extends string>() => randomBytes(16).toString('base64url') as Id
export const newEntry = () => of16<EntryId>()
export const newAccount = () => of16<AccountId>()
export const newConversation = () => randomBytes(32).toString('base64url') as ConversationId
export const newLink = (): CaseLink => ({
  conversation: newConversation(),
  channel: 'telegram',
  look: 'telegram',
  address: `chat ${randomBytes(8).toString('hex')}`,
})
export const newCase = () => String(Math.floor(Math.random() * 1e8)).padStart(8, '0') as CaseId

export const REQUEST: CaseRequest = {
  language: 'es',
  area: 'XV01',
  need: 'health',
  urgency: 'usual',
  young: false,
  aidConduct: false,
  nudge: true,
  checkPhrase: null,
}

export interface Person extends ToPerson {
  /** What reached her conversation, in order: `claimed`, `wrote hello`, `card svc-1`, `ended closed`. */
  heard: string[]
  /** The ids under which it came. */
  ids: string[]
  answer: (what: string) => Delivery | Promise<Delivery>
}

export function aPerson(): Person {
  async function take(what: string, id: EntryId): Promise<Delivery> {
    person.heard.push(what)
    person.ids.push(id)
    return person.answer(what)
  }
  const person: Person = {
    heard: [],
    ids: [],
    answer: () => 'shown',
    claimed: async (_link, _id, notice) => void (await take('claimed', notice)),
    wrote: (_link, _id, entry, text) => take(`wrote ${text}`, entry),
    card: (_link, _id, entry, service) => take(`card ${service}`, entry),
    ended: async (_link, _id, why, notice) => void (await take(`ended ${why}`, notice)),
  }
  return person
}

export interface House extends Handoff {
  folder: string
  cases: Cases
  vault: Vault
  person: Person
  clock: { now(): number; pass(ms: number): void }
  alarms: string[]
  changed: [CaseId, Changed][]
  /** Opens a case of a new person. */
  asked(more?: Partial<CaseRequest>, link?: CaseLink): Promise<CaseId>
  /** She writes. */
  says(id: CaseId, text: string, item?: EntryId): Promise<void>
  is(id: CaseId, presence: 'here' | 'left'): Promise<void>
  /** The thread as one line an entry: `person hello`, `caseworker hi (waiting)`, `claimed`. */
  lines(id: CaseId, by: AccountId): Promise<string[] | undefined>
  /** A second process on the same files. */
  beside(more?: Partial<HandoffParts>): Handoff
}

export interface Options {
  wrapCases?: (cases: Cases) => Cases
  wrapVault?: (vault: Vault) => Vault
}

export function openHandoff({ wrapCases, wrapVault }: Options = {}): House {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-handoff-'))
  const root = rootKey(join(folder, 'root.key'), random)
  if (root.kind === 'refused') throw new Error(root.problem)
  const realCases = openSqliteCases(join(folder, 'data'))
  const realVault = openSqliteVault(join(folder, 'vault'), root.key)
  const cases = wrapCases?.(realCases) ?? realCases
  const vault = wrapVault?.(realVault) ?? realVault
  onTestFinished(async () => {
    await realCases.close()
    await realVault.close()
    rmSync(folder, { recursive: true })
  })
  let now = START
  const clock = { now: () => now, pass: (ms: number) => void (now += ms) }
  const person = aPerson()
  const alarms: string[] = []
  const parts: HandoffParts = {
    cases,
    vault,
    clock,
    random,
    log: silentLog,
    toPerson: person,
    alarm: (id, why) => void alarms.push(`${id} ${why}`),
    titleOf: (service) => `Title of ${service}`,
  }
  const handoff = createHandoff(parts)
  const changed: [CaseId, Changed][] = []
  handoff.changes((id, what) => void changed.push([id, what]))
  return {
    ...handoff,
    folder,
    cases,
    vault,
    person,
    clock,
    alarms,
    changed,
    async asked(more = {}, link = newLink()) {
      const request = { ...REQUEST, ...more }
      const opened = await handoff.opened({
        id: newEntry(),
        case: newCase(),
        link,
        request,
        at: now,
      })
      if (opened.kind !== 'opened') throw new Error(`the case was not opened: ${opened.kind}`)
      return opened.case
    },
    says: (id, text, item = newEntry()) =>
      handoff.personWrote({ id: item, case: id, text: sensitive(text), at: now }),
    is: (id, presence) => handoff.presence({ id: newEntry(), case: id, presence, at: now }),
    lines: async (id, by) => (await handoff.thread(id, by, 0))?.map(lineOf),
    beside: (more = {}) => createHandoff({ ...parts, ...more }),
  }
}

function lineOf(entry: Entry): string {
  switch (entry.kind) {
    case 'person':
    case 'note':
      return `${entry.kind} ${entry.text}`
    case 'caseworker':
      return `caseworker ${entry.text} (${entry.delivery})`
    case 'card':
      return `card ${entry.title} (${entry.delivery})`
    case 'happened':
      return entry.what
  }
}
