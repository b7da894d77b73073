import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Instant } from '../../operations/environment.ts'
import type {
  Acceptance,
  AccountChange,
  Accounts,
  AuditAnchor,
  CaseForAWhile,
  Credential,
  Opening,
  SessionStart,
  StoredAuditLine,
  StoredInvite,
  WayIn,
} from '../accounts.ts'
import type { AccountId } from '../cases.ts'
import { ADDED_LATER, DESK_FILE, type DeskStatements, deskStatements } from './accounts-schema.ts'
import {
  accountOf,
  anchorOf,
  auditLineOf,
  glassOf,
  headOf,
  inviteOf,
  passkeyOf,
  passwordOf,
  sessionOf,
} from './accounts-rows.ts'
import { bytesIn, numberIn, type Row, toBytes } from './columns.ts'
import { openFile } from './file.ts'
import { groupCommit } from './group-commit.ts'
import { triesHere } from './tries.ts'

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
    change: (id, change, by) => group.run(() => isAdministrator(run, by) && changeAccount(run, id, change)),

    passkey: (id) => one(run.passkey.get(toBytes(id)), passkeyOf),
    passkeys: (account) => Promise.resolve(run.passkeys.all(toBytes(account)).map(passkeyOf)),
    password: (account) => one(run.password.get(toBytes(account)), passwordOf),
    addCredential: (credential, within) =>
      group.run(
        () =>
          (within === undefined || run.session.get(within) !== undefined) && addCredential(run, credential),
      ),
    usedPasskey: (id, counter) => group.run(() => void run.usedPasskey.run(counter, toBytes(id), counter)),
    removePasskey: (account, id) => group.run(() => removePasskey(run, account, id)),
    takeStep: (account, step) =>
      group.run(() => Number(run.takeStep.run(step, toBytes(account), step).changes) === 1),

    invite: (invite) => group.run(() => addInvite(run, invite)),
    inviteFirst: (invite, now, keeps) =>
      group.run(() => {
        const row = run.first.get(now)
        const before = row === undefined ? undefined : inviteOf(row)
        if (before !== undefined && keeps(before)) return before
        addInvite(run, invite)
        return invite
      }),
    findInvite: (token) => one(run.invite.get(token), inviteOf),
    invites: (now) => Promise.resolve(run.invites.all(now).map(inviteOf)),
    accept: (acceptance) => group.run(() => accept(run, acceptance)),

    startSession: (start) => group.run(() => startSession(run, start)),
    session: (secret) => one(run.session.get(secret), sessionOf),
    sessions: (account) => Promise.resolve(run.sessions.all(toBytes(account)).map(sessionOf)),
    seen: (secret, at) => group.run(() => void run.seen.run(at, secret)),
    endSession: (secret) => group.run(() => void run.endSession.run(secret)),
    endSessions: (account) => group.run(() => void run.endSessions.run(toBytes(account))),
    endOtherSessions: (account, keep) =>
      group.run(() => run.endOthers.all(toBytes(account), keep).map((row) => bytesIn(row, 'secret'))),
    takeOnce: (mark, until, now) =>
      group.run(() => until > now && Number(run.takeOnce.run(mark, until).changes) === 1),
    breakGlass: ({ account, id, until }) =>
      group.run(() => void run.breakGlass.run(toBytes(account), id, until)),
    glass: (now) => Promise.resolve(run.glass.all(now).map(glassOf)),
    noteOpening: (opening, now, most) => group.run(() => noteOpening(run, opening, now, most)),
    takeTry: triesHere(),
    prune: ({ idleBefore, createdBefore, now }) =>
      group.run(() => {
        run.pruneSessions.run(idleBefore, createdBefore)
        run.pruneInvites.run(now)
        run.pruneTaken.run(now)
        run.pruneGlass.run(now)
        run.pruneOpenings.run(now)
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

/** `by` undefined: the account itself, or the command line. */
function isAdministrator(run: DeskStatements, by: AccountId | undefined): boolean {
  if (by === undefined) return true
  const row = run.account.get(toBytes(by))
  const asker = row === undefined ? undefined : accountOf(row)
  return asker?.role === 'administrator' && !asker.disabled
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
  if (after.role !== before.role || after.disabled) {
    run.endSessions.run(toBytes(id))
    run.closeGlass.run(toBytes(id))
  }
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

function noteOpening(
  run: DeskStatements,
  { account, id, until }: CaseForAWhile,
  now: Instant,
  most: number,
): Opening {
  const owner = toBytes(account)
  const known = run.opening.get(owner, id)
  if (known !== undefined && numberIn(known, 'until') > now) return 'known'
  run.dropOldOpenings.run(owner, now)
  if (numberIn(run.countOpenings.get(owner) ?? {}, 'count') >= most) {
    run.dropOpenings.run(owner)
    return 'tripped'
  }
  run.addOpening.run(owner, id, until)
  return 'first'
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

function startSession(run: DeskStatements, { session, way, replaces, rotates, most }: SessionStart): boolean {
  const account = run.account.get(toBytes(session.account))
  if (account === undefined || accountOf(account).disabled) return false
  if (way !== undefined && !isThere(run, session.account, way)) return false
  if (replaces !== undefined) {
    const ended = Number(run.endSession.run(replaces).changes) === 1
    if (rotates && !ended) return false
  }
  const { secret, created, lastSeen, freshUntil } = session
  run.addSession.run(secret, toBytes(session.account), created, lastSeen, freshUntil)
  run.makeRoom.run(toBytes(session.account), most)
  return true
}

function isThere(run: DeskStatements, account: AccountId, way: WayIn): boolean {
  if ('passkey' in way) {
    const row = run.passkey.get(toBytes(way.passkey))
    return row !== undefined && passkeyOf(row).account === account
  }
  const row = run.password.get(toBytes(account))
  return row !== undefined && passwordOf(row).phc === way.phc
}
