import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emptyContext } from '../../flows/context.ts'
import { createAudit } from '../../src/desk/server/audit.ts'
import { deskKeys } from '../../src/desk/server/keys.ts'
import type { CaseLink } from '../../src/handoff/handoff.ts'
import { type CaseRecord, type EntryBody, sealCase, sealEntry } from '../../src/handoff/case-record.ts'
import type { Line } from '../../src/handoff/chatwoot/line.ts'
import { createRemains } from '../../src/handoff/chatwoot/remains.ts'
import { pseudonym } from '../../src/privacy/pseudonym.ts'
import { rootKey } from '../../src/privacy/vault/root-key.ts'
import { sensitive } from '../../src/privacy/sensitive.ts'
import { openSqliteVault } from '../../src/privacy/vault/sqlite-vault.ts'
import type { AccountId, CaseId, EntryId } from '../../src/storage/cases.ts'
import { openSqliteAccounts } from '../../src/storage/sqlite/sqlite-accounts.ts'
import { openSqliteCases } from '../../src/storage/sqlite/sqlite-cases.ts'
import { openSqliteConversations } from '../../src/storage/sqlite/sqlite-conversations.ts'
import {
  type DueParcel,
  sealConversation,
  sealItem,
  sealMark,
  seenToken,
} from '../../src/turns/written/records.ts'

/**
 * Stores in which a person has left everything that can be left: every field of every record has a value. The types
 * `Required` see to it that a field that is new cannot be forgotten here.
 */
const AT = Date.UTC(2026, 10, 2, 9)
const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) }
const of16 = <Id extends string>() => randomBytes(16).toString('base64url') as Id
export const CASE = '40770012' as CaseId
const ACCOUNT = of16<AccountId>()
const ENTRY = of16<EntryId>()
const SECRET = { salt: 'salt', hash: 'hash' }

export interface Person {
  channel: 'telegram' | 'whatsapp' | 'simulator'
  /** As the channel writes it, and the name that is hashed. */
  address: string
  name: string
}

export async function storesWith(person: Person) {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-held-'))
  const dataDir = join(folder, 'data')
  mkdirSync(dataDir)
  const root = rootKey(join(folder, 'root.key'), random)
  if (root.kind === 'refused') throw new Error(root.problem)
  const vault = openSqliteVault(join(folder, 'vault'), root.key)
  const conversations = openSqliteConversations(dataDir)
  const cases = openSqliteCases(dataDir)
  const accounts = openSqliteAccounts(dataDir)
  const [pepper] = await vault.peppers()
  if (pepper === undefined) throw new Error('no pepper')
  const id = pseudonym(pepper, person.channel, sensitive(person.name))
  const key = await vault.create()

  const link: Required<CaseLink> = {
    conversation: id,
    key: key.id,
    channel: person.channel,
    look: 'telegram',
    address: person.address,
  }
  const parcel: Required<DueParcel> = {
    channel: person.channel,
    look: 'telegram',
    address: person.address,
    message: { text: 'an answer that waits', choices: [], layout: 'none' },
    voice: 'en/menu.start',
    desk: { kind: 'said', case: CASE, text: 'what she said', at: AT },
    entry: { case: CASE, id: ENTRY },
    begins: { at: AT },
    urgent: true,
    due: AT,
  }
  const context = { ...emptyContext('telegram', 'en'), case: CASE, ownWord: SECRET, checkPhrase: SECRET }
  await conversations.commit({
    id,
    keyId: key.id,
    expected: 0,
    sealed: sealConversation(key, id, 1, { flowVersion: '1', state: 'health.within72h', context }),
    at: AT,
    seen: seenToken(key, person.channel, sensitive('event-1')),
    cancelWaiting: false,
    outbox: [sealItem(key, random, 'message', parcel, AT)],
    marks: [sealMark(key, sensitive('message-77'), AT)],
    counts: ['heard.tier1.en'],
  })

  const caseKey = await vault.create()
  const line: Required<Line> = {
    asked: true,
    contact: 5,
    source: 'a source',
    asking: true,
    conversation: 6,
    relayed: 1,
    sending: ENTRY,
    last: 2,
    seen: 3,
    told: 'what agents see',
  }
  const record: Required<CaseRecord> & { chatwoot: Line } = {
    chatwoot: line,
    request: {
      language: 'en',
      area: 'XV01',
      need: 'health',
      urgency: 'usual',
      young: false,
      aidConduct: false,
      nudge: false,
      checkPhrase: SECRET,
    },
    link,
    openedBy: ENTRY,
    presence: 'here',
    presenceAt: AT,
    windowUntil: AT,
    unanswered: 1,
    unansweredSince: AT,
    claimedAt: AT,
    spoke: true,
    alarmed: false,
    pending: [{ kind: 'claimed', id: ENTRY }],
    notTaken: [ENTRY],
    outcome: 'helped',
  }
  const bodies: EntryBody[] = [
    { kind: 'person', text: 'what she said' },
    { kind: 'card', by: ACCOUNT, service: 'demo/clinic', title: 'A clinic' },
    { kind: 'note', by: ACCOUNT, text: 'a note about her' },
    { kind: 'happened', what: 'claimed', by: ACCOUNT },
  ]
  await cases.commit({
    id: CASE,
    expected: 0,
    keyId: caseKey.id,
    state: 'offered',
    holder: ACCOUNT,
    offeredTo: of16<AccountId>(),
    rank: 4,
    at: AT,
    sealed: sealCase(caseKey, CASE, 1, record),
    entries: bodies.map((body) => sealEntry(caseKey, of16<EntryId>(), AT, body)),
  })
  const elsewhere = openSqliteCases(join(dataDir, 'chatwoot'))
  const remains = createRemains({ cases: elsewhere, vault, clock: { now: () => AT }, random })
  await remains.keep('40770013' as CaseId, record)
  await createAudit(accounts, deskKeys(root.key).audit, { now: () => AT }).note({
    actor: ACCOUNT,
    verb: 'case.open',
    subject: CASE,
  })
  await accounts.breakGlass({ account: ACCOUNT, id: CASE, until: AT })
  await accounts.noteOpening({ account: ACCOUNT, id: CASE, until: AT + 1 }, AT, 1)
  return {
    folder,
    vault,
    conversations,
    cases,
    remains,
    environment: {
      DATA_DIR: dataDir,
      VAULT_DIR: join(folder, 'vault'),
      ROOT_KEY_FILE: join(folder, 'root.key'),
    },
    keys: { conversation: key.id, case: caseKey.id },
    id,
    async close() {
      await Promise.all([
        vault.close(),
        conversations.close(),
        cases.close(),
        elsewhere.close(),
        accounts.close(),
      ])
      rmSync(folder, { recursive: true })
    },
  }
}
