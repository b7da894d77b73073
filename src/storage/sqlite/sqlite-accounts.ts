import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type {
  Acceptance,
  AccountChange,
  AccountRole,
  Accounts,
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
import { DESK_FILE, type DeskStatements, deskStatements } from './accounts-schema.ts'
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
    takeStep: (account, step) =>
      group.run(() => Number(run.takeStep.run(step, toBytes(account), step).changes) === 1),

    invite: (invite) => group.run(() => addInvite(run, invite)),
    findInvite: (token) => one(run.invite.get(token), inviteOf),
    invites: (now) => Promise.resolve(run.invites.all(now).map(inviteOf)),
    accept: (acceptance) => group.run(() => accept(run, acceptance)),

    startSession: (start) => group.run(() => startSession(run, start)),
    session: (secret) => one(run.session.get(secret), sessionOf),
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
    auditHead: () => one(run.head.get(), (row) => ({ seq: numberIn(row, 'seq'), mac: bytesIn(row, 'mac') })),
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

function accountOf(row: Row): StoredAccount {
  return {
    id: idIn(row, 'id'),
    nameTag: bytesIn(row, 'name_tag'),
    role: textIn(row, 'role') as AccountRole,
    disabled: numberIn(row, 'disabled') !== 0,
    language: textIn(row, 'language'),
    capacity: numberIn(row, 'capacity'),
    onShift: numberIn(row, 'on_shift') !== 0,
    lastDay: textIn(row, 'last_day'),
    sealed: bytesIn(row, 'sealed'),
  }
}

function passkeyOf(row: Row): Passkey {
  return {
    id: idIn(row, 'id'),
    account: idIn(row, 'account'),
    publicKey: new Uint8Array(bytesIn(row, 'public_key')),
    counter: numberIn(row, 'counter'),
    transports: textIn(row, 'transports').split(',').filter(Boolean),
  }
}

function passwordOf(row: Row): Password {
  return {
    account: idIn(row, 'account'),
    phc: textIn(row, 'phc'),
    sealedTotp: bytesIn(row, 'totp'),
    lastStep: numberIn(row, 'last_step'),
  }
}

function inviteOf(row: Row): StoredInvite {
  return {
    id: idIn(row, 'id'),
    token: bytesIn(row, 'token'),
    purpose: textIn(row, 'purpose') as InvitePurpose,
    role: textIn(row, 'role') as AccountRole,
    account: row['account'] === null ? undefined : idIn(row, 'account'),
    until: numberIn(row, 'until'),
    sealed: bytesIn(row, 'sealed'),
  }
}

function sessionOf(row: Row): StoredSession {
  return {
    secret: bytesIn(row, 'secret'),
    account: idIn(row, 'account'),
    created: numberIn(row, 'created'),
    lastSeen: numberIn(row, 'last_seen'),
    freshUntil: numberIn(row, 'fresh_until'),
  }
}

function auditLineOf(row: Row): StoredAuditLine {
  return {
    seq: numberIn(row, 'seq'),
    hour: textIn(row, 'hour'),
    actor: textIn(row, 'actor'),
    verb: textIn(row, 'verb'),
    subject: textIn(row, 'subject'),
    outcome: textIn(row, 'outcome'),
    mac: bytesIn(row, 'mac'),
  }
}
