import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type {
  Acceptance,
  AccountChange,
  AccountRole,
  Accounts,
  AuditAnchor,
  AuditHead,
  Credential,
  InvitePurpose,
  Passkey,
  Password,
  SessionStart,
  StoredAccount,
  StoredAuditLine,
  StoredInvite,
  StoredSession,
} from '../accounts.ts'
import type { AccountId } from '../cases.ts'
import { ADDED_LATER, DESK_FILE, type DeskStatements, deskStatements } from './accounts-schema.ts'
import { bytesIn, idIn, numberIn, type Row, toBytes } from './columns.ts'
import { openFile } from './file.ts'
import { groupCommit } from './group-commit.ts'

/** The desk's accounts in one SQLite file, `desk.db`. Nothing is cached, so that what the command line wrote holds at once. */
export function openSqliteAccounts(folder: string): Accounts {
  return accountsIn(openFile(join(folder, 'desk.db'), DESK_FILE))
}

/** The same tables without a file; for tests. */
export function memoryAccounts(): Accounts {
  const db = new DatabaseSync(':memory:')
  db.exec(DESK_FILE.schema)
  return accountsIn(db)
}

function accountsIn(db: DatabaseSync): Accounts {
  db.exec(ADDED_LATER)
  const run = deskStatements(db)
  const group = groupCommit(db)
  const one = <T>(row: Row | undefined, read: (row: Row) => T) =>
    Promise.resolve(row === undefined ? undefined : read(row))

  return {
    account: (id) => one(run.account.get(toBytes(id)), accountOf),
    byName: (nameTag) => one(run.byName.get(nameTag), accountOf),
    list: () => Promise.resolve(run.list.all().map(accountOf)),
    change: (id, change) => group.run(() => changeAccount(run, id, change)),

    passkey: (id) => one(run.passkey.get(toBytes(id)), passkeyOf),
    passkeys: (account) => Promise.resolve(run.passkeys.all(toBytes(account)).map(passkeyOf)),
    password: (account) => one(run.password.get(toBytes(account)), passwordOf),
    addCredential: (credential) => group.run(() => addCredential(run, credential)),
    usedPasskey: (id, counter) => group.run(() => void run.usedPasskey.run(counter, toBytes(id), counter)),
    removePasskey: (account, id) => group.run(() => removePasskey(run, account, id)),
    takeStep: (account, step) =>
      group.run(() => Number(run.takeStep.run(step, toBytes(account), step).changes) === 1),

    invite: (invite) => group.run(() => addInvite(run, invite)),
    findInvite: (token) => one(run.invite.get(token), inviteOf),
    invites: (now) => Promise.resolve(run.invites.all(now).map(inviteOf)),
    accept: (acceptance) => group.run(() => accept(run, acceptance)),

    startSession: (start) => group.run(() => startSession(run, start)),
    session: (secret) => one(run.session.get(secret), sessionOf),
    sessions: (account) => Promise.resolve(run.sessions.all(toBytes(account)).map(sessionOf)),
    seen: (secret, at) => group.run(() => void run.seen.run(at, secret)),
    endSession: (secret) => group.run(() => void run.endSession.run(secret)),
    endSessions: (account) => group.run(() => void run.endSessions.run(toBytes(account))),
    prune: ({ idleBefore, createdBefore, now }) =>
      group.run(() => {
        run.pruneSessions.run(idleBefore, createdBefore)
        run.pruneInvites.run(now)
      }),

    appendAudit: (next) =>
      group.run(() => {
        const last = run.lastAudit.get()
        const { line, head } = next(last === undefined ? undefined : auditLineOf(last))
        run.addAudit.run(line.seq, line.hour, line.actor, line.verb, line.subject, line.outcome, line.mac)
        run.setHead.run(head.seq, head.mac)
        return line.seq
      }),
    auditFrom: (from, limit) => Promise.resolve(run.auditFrom.all(from, limit).map(auditLineOf)),
    auditBefore: (seq, limit) => Promise.resolve(run.auditBefore.all(seq, limit).map(auditLineOf)),
    auditHead: () => one(run.head.get(), headOf),
    pruneAudit: (before, anchorAt) => group.run(() => pruneAudit(run, before, anchorAt)),
    auditAnchor: () => one(run.anchor.get(), anchorOf),
    close() {
      group.flush()
      if (db.isOpen) db.close()
      return Promise.resolve()
    },
  }
}

function changeAccount(run: DeskStatements, id: AccountId, change: AccountChange): boolean {
  const row = run.account.get(toBytes(id))
  if (row === undefined) return false
  const before = accountOf(row)
  const after = { ...before, ...change }
  run.change.run(
    after.role,
    Number(after.disabled),
    after.language,
    after.capacity,
    Number(after.onShift),
    after.lastDay,
    toBytes(id),
  )
  if (after.role !== before.role || after.disabled) run.endSessions.run(toBytes(id))
  return true
}

function addCredential(run: DeskStatements, credential: Credential): boolean {
  if (credential.kind === 'passkey') {
    const { id, account, publicKey, counter, transports } = credential.passkey
    const added = run.addPasskey.run(toBytes(id), toBytes(account), publicKey, counter, transports.join(','))
    return Number(added.changes) === 1
  }
  const { account, phc, sealedTotp, lastStep } = credential.password
  run.setPassword.run(toBytes(account), phc, sealedTotp, lastStep)
  return true
}

function removePasskey(run: DeskStatements, account: AccountId, id: string): 'removed' | 'last' | 'gone' {
  const [owner, passkey] = [toBytes(account), toBytes(id)]
  const known = run.passkeys.all(owner).map(passkeyOf)
  if (!known.some((one) => one.id === id)) return 'gone'
  if (known.length === 1 && run.password.get(owner) === undefined) return 'last'
  run.dropPasskey.run(owner, passkey)
  return 'removed'
}

function pruneAudit(
  run: DeskStatements,
  before: string,
  anchorAt: (last: StoredAuditLine) => AuditAnchor,
): number {
  const row = run.lastOfOld.get(before)
  if (row === undefined) return 0
  const { seq, mac, seal } = anchorAt(auditLineOf(row))
  run.setAnchor.run(seq, mac, seal)
  return Number(run.dropAudit.run(seq).changes)
}

function addInvite(run: DeskStatements, invite: StoredInvite): void {
  const account = invite.account === undefined ? null : toBytes(invite.account)
  if (invite.purpose === 'first') run.dropFirst.run()
  if (invite.purpose === 'recover' && account !== null) {
    run.dropRecovery.run(account)
    run.dropPasskeys.run(account)
    run.dropPassword.run(account)
    run.endSessions.run(account)
  }
  const { token, id, purpose, role, until, sealed } = invite
  run.addInvite.run(token, toBytes(id), purpose, role, account, until, sealed)
}

function accept(
  run: DeskStatements,
  { token, now, account, credential }: Acceptance,
): 'accepted' | 'gone' | 'nameTaken' {
  const row = run.invite.get(token)
  const invite = row === undefined ? undefined : inviteOf(row)
  if (invite === undefined || invite.until <= now) return 'gone'
  const isKnown =
    credential.kind === 'passkey' && run.passkey.get(toBytes(credential.passkey.id)) !== undefined
  if (isKnown) return 'gone'
  const owner = credential.kind === 'passkey' ? credential.passkey.account : credential.password.account
  if (invite.purpose === 'recover') {
    const found = run.account.get(toBytes(owner))
    if (invite.account !== owner || found === undefined || accountOf(found).disabled) return 'gone'
  } else {
    if (account === undefined || account.id !== owner || account.role !== invite.role) return 'gone'
    if (invite.purpose === 'first' && run.list.get() !== undefined) return 'gone'
    if (run.byName.get(account.nameTag) !== undefined) return 'nameTaken'
    run.addAccount.run(
      toBytes(account.id),
      account.nameTag,
      account.role,
      Number(account.disabled),
      account.language,
      account.capacity,
      Number(account.onShift),
      account.lastDay,
      account.sealed,
    )
  }
  addCredential(run, credential)
  run.dropInvite.run(token)
  return 'accepted'
}

function startSession(run: DeskStatements, { session, replaces, rotates, most }: SessionStart): boolean {
  const account = run.account.get(toBytes(session.account))
  if (account === undefined || accountOf(account).disabled) return false
  if (replaces !== undefined) {
    const ended = Number(run.endSession.run(replaces).changes) === 1
    if (rotates && !ended) return false
  }
  const { secret, created, lastSeen, freshUntil } = session
  run.addSession.run(secret, toBytes(session.account), created, lastSeen, freshUntil)
  run.makeRoom.run(toBytes(session.account), most)
  return true
}

const textIn = (row: Row, column: string) => String(row[column])
const isSet = (row: Row, column: string) => numberIn(row, column) !== 0

/** A reader of rows from what stands in which column, and how. */
type Columns<T> = {
  [Field in keyof T]: readonly [column: string, read: (row: Row, column: string) => T[Field]]
}

function reader<T>(columns: Columns<T>): (row: Row) => T {
  const fields = Object.entries<Columns<T>[keyof T]>(columns)
  return (row) =>
    Object.fromEntries(fields.map(([field, [column, read]]) => [field, read(row, column)])) as unknown as T
}

const roleIn = (row: Row, column: string) => textIn(row, column) as AccountRole

const accountOf = reader<StoredAccount>({
  id: ['id', idIn],
  nameTag: ['name_tag', bytesIn],
  role: ['role', roleIn],
  disabled: ['disabled', isSet],
  language: ['language', textIn],
  capacity: ['capacity', numberIn],
  onShift: ['on_shift', isSet],
  lastDay: ['last_day', textIn],
  sealed: ['sealed', bytesIn],
})

const passkeyOf = reader<Passkey>({
  id: ['id', idIn],
  account: ['account', idIn],
  publicKey: ['public_key', (row, column) => new Uint8Array(bytesIn(row, column))],
  counter: ['counter', numberIn],
  transports: ['transports', (row, column) => textIn(row, column).split(',').filter(Boolean)],
})

const passwordOf = reader<Password>({
  account: ['account', idIn],
  phc: ['phc', textIn],
  sealedTotp: ['totp', bytesIn],
  lastStep: ['last_step', numberIn],
})

const inviteOf = reader<StoredInvite>({
  id: ['id', idIn],
  token: ['token', bytesIn],
  purpose: ['purpose', (row, column) => textIn(row, column) as InvitePurpose],
  role: ['role', roleIn],
  account: ['account', (row, column) => (row[column] === null ? undefined : idIn(row, column))],
  until: ['until', numberIn],
  sealed: ['sealed', bytesIn],
})

const sessionOf = reader<StoredSession>({
  secret: ['secret', bytesIn],
  account: ['account', idIn],
  created: ['created', numberIn],
  lastSeen: ['last_seen', numberIn],
  freshUntil: ['fresh_until', numberIn],
})

const auditLineOf = reader<StoredAuditLine>({
  seq: ['seq', numberIn],
  hour: ['hour', textIn],
  actor: ['actor', textIn],
  verb: ['verb', textIn],
  subject: ['subject', textIn],
  outcome: ['outcome', textIn],
  mac: ['mac', bytesIn],
})

const headOf = reader<AuditHead>({ seq: ['seq', numberIn], mac: ['mac', bytesIn] })
const anchorOf = reader<AuditAnchor>({
  seq: ['seq', numberIn],
  mac: ['mac', bytesIn],
  seal: ['seal', bytesIn],
})
