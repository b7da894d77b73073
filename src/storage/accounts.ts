import type { BucketSize } from '../operations/buckets.ts'
import type { Instant } from '../operations/environment.ts'
import type { AccountId, CaseId } from './cases.ts'

/**
 * Where the desk's accounts, their credentials, sessions and the audit lines are kept. Names and one-time-code secrets
 * come sealed, tokens and session secrets as SHA-256 only: whoever reads the file alone learns how many people work at
 * the desk and when, and can sign in as none of them. Every method is atomic; what resolves is on the disk.
 */
export type AccountRole = 'caseworker' | 'supervisor' | 'administrator' | 'auditor'

export interface StoredAccount {
  id: AccountId
  /** Keyed hash of the name, so that a sign-in finds it and two people never share one. */
  nameTag: Uint8Array
  role: AccountRole
  disabled: boolean
  language: string
  /** How many cases at once. */
  capacity: number
  onShift: boolean
  /** Day of the last sign-in as 2026-11-26; empty when there was none. */
  lastDay: string
  /** The name. */
  sealed: Uint8Array
}

export interface Passkey {
  /** The authenticator's own credential id, base64url. */
  id: string
  account: AccountId
  publicKey: Uint8Array<ArrayBuffer>
  counter: number
  transports: readonly string[]
}

export interface Password {
  account: AccountId
  /** argon2id in PHC form. */
  phc: string
  /** The secret of the one-time codes. */
  sealedTotp: Uint8Array
  /** The last time step whose code was taken: none up to it is taken again. */
  lastStep: number
}

/** first: makes the first administrator, and nobody once there is an account. recover: new credentials for an account. */
export type InvitePurpose = 'first' | 'invite' | 'recover'

export interface StoredInvite {
  /** base64url of 16 random bytes; names the invite without being the token. */
  id: string
  /** SHA-256 of the token. */
  token: Uint8Array
  purpose: InvitePurpose
  role: AccountRole
  /** Whose credentials are made anew; only with `recover`. */
  account: AccountId | undefined
  until: Instant
  /** The name. */
  sealed: Uint8Array
}

export interface StoredSession {
  /** SHA-256 of the secret in the cookie. */
  secret: Uint8Array
  account: AccountId
  created: Instant
  lastSeen: Instant
  /** Until then the last touch of the passkey or code counts as fresh. */
  freshUntil: Instant
}

export interface StoredAuditLine {
  seq: number
  hour: string
  actor: string
  verb: string
  subject: string
  outcome: string
  mac: Uint8Array
}
/** The last line's number under a mac of its own, so that lines missing at the end are noticed too. */
export interface AuditHead {
  seq: number
  mac: Uint8Array
}

/** The last line that left when its time was over: what follows hangs on its mac. `seal` is the desk's own word for it. */
export interface AuditAnchor {
  seq: number
  mac: Uint8Array
  seal: Uint8Array
}

/** Something of an account and a case that is over at that time. */
export interface CaseForAWhile {
  account: AccountId
  id: CaseId
  until: Instant
}
/** The account may read the case until then though it is not theirs. */
export type BrokenGlass = CaseForAWhile
/** known: noted before, and not over. tripped: one more than the most, and all of this account's are forgotten. */
export type Opening = 'first' | 'known' | 'tripped'

export type Credential = { kind: 'passkey'; passkey: Passkey } | { kind: 'password'; password: Password }

export interface Acceptance {
  token: Uint8Array
  now: Instant
  /** The account to make; undefined for a recovery, which has one. */
  account: StoredAccount | undefined
  credential: Credential
}

/** What somebody came in with. */
export type WayIn = { passkey: string } | { phc: string }

export interface SessionStart {
  session: StoredSession
  /** Only while the account has it still: what is removed while a sign-in is under way opens nothing. */
  way: WayIn | undefined
  /** The session that this one takes the place of. */
  replaces: Uint8Array | undefined
  /** Only when `replaces` is still there: a rotation does not revive a session that has ended. */
  rotates: boolean
  /** So many sessions of one account; the oldest make room. */
  most: number
}

export type AccountChange = Partial<
  Pick<StoredAccount, 'role' | 'disabled' | 'language' | 'capacity' | 'onShift' | 'lastDay'>
>

export interface Accounts {
  account(id: AccountId): Promise<StoredAccount | undefined>
  byName(nameTag: Uint8Array): Promise<StoredAccount | undefined>
  /** Oldest first. */
  list(): Promise<StoredAccount[]>
  /**
   * Resolves false when there is no such account, or when `by` is an administrator no more: of two who disable each other
   * at once, one stays. Another role, or disabling, ends its sessions and closes its glass in the same write.
   */
  change(id: AccountId, change: AccountChange, by?: AccountId): Promise<boolean>

  passkey(id: string): Promise<Passkey | undefined>
  passkeys(account: AccountId): Promise<Passkey[]>
  password(account: AccountId): Promise<Password | undefined>
  /**
   * Adds a passkey, or sets the password in place of the old one. Resolves false when this passkey is known already, or
   * when the session with the secret `within` has ended: a recovery leaves nothing to whoever was in.
   */
  addCredential(credential: Credential, within?: Uint8Array): Promise<boolean>
  usedPasskey(id: string, counter: number): Promise<void>
  /** last: without it there would be no way in, so it stays. gone: this account has no such passkey. */
  removePasskey(account: AccountId, id: string): Promise<'removed' | 'last' | 'gone'>
  /** Resolves true once for each step, and never for one before the last that was taken. */
  takeStep(account: AccountId, step: number): Promise<boolean>

  /** A first or recovering invite takes the place of an earlier one; a recovering one also ends credentials and sessions. */
  invite(invite: StoredInvite): Promise<void>
  /**
   * Makes it unless a first one is there that is not over and of which `keeps` answers true; resolves to the one that stands
   * then. `keeps` may be asked twice and must not touch anything.
   */
  inviteFirst(
    invite: StoredInvite,
    now: Instant,
    keeps: (living: StoredInvite) => boolean,
  ): Promise<StoredInvite>
  findInvite(token: Uint8Array): Promise<StoredInvite | undefined>
  invites(now: Instant): Promise<StoredInvite[]>
  /** Uses the invite up and makes the account and its credential, all or nothing. */
  accept(acceptance: Acceptance): Promise<'accepted' | 'gone' | 'nameTaken'>

  /** Resolves false, and writes nothing, for an account that is disabled, a way in that is gone, a rotation of an ended session. */
  startSession(start: SessionStart): Promise<boolean>
  session(secret: Uint8Array): Promise<StoredSession | undefined>
  seen(secret: Uint8Array, at: Instant): Promise<void>
  endSession(secret: Uint8Array): Promise<void>
  endSessions(account: AccountId): Promise<void>
  /** All of the account but the one with the secret `keep`. Resolves to the secrets of those that ended. */
  endOtherSessions(account: AccountId, keep: Uint8Array): Promise<Uint8Array[]>
  /** Oldest first, those too whose time is over and that nobody has asked for since. */
  sessions(account: AccountId): Promise<StoredSession[]>
  /** Resolves true the first time for these bytes, in whichever process, and remembers them until then; false once that is past. */
  takeOnce(mark: Uint8Array, until: Instant, now: Instant): Promise<boolean>
  /** In place of what was open for this account and case before. */
  breakGlass(glass: BrokenGlass): Promise<void>
  /** What is open at this time, what closes first in front. */
  glass(now: Instant): Promise<BrokenGlass[]>
  /** That an account opened a case; of one that is known the time stays as it is. */
  noteOpening(opening: CaseForAWhile, now: Instant, most: number): Promise<Opening>
  /** Whether one more try counts under this name, of all that were made in any process. */
  takeTry(name: string, size: BucketSize, now: Instant): Promise<boolean>
  /** Drops sessions not seen since `idleBefore` or begun before `createdBefore`, and whatever else was over at `now`. */
  prune(times: { idleBefore: Instant; createdBefore: Instant; now: Instant }): Promise<void>

  /** `next` makes the line that follows the last one. It may be asked twice and must not touch anything. */
  appendAudit(
    next: (last: StoredAuditLine | undefined) => { line: StoredAuditLine; head: AuditHead },
  ): Promise<number>
  /** Lines with a seq of at least `from`, in order. */
  auditFrom(from: number, limit: number): Promise<StoredAuditLine[]>
  /** Lines before `seq`, newest first. */
  auditBefore(seq: number, limit: number): Promise<StoredAuditLine[]>
  auditHead(): Promise<AuditHead | undefined>
  /**
   * Takes out the lines at the beginning whose hour is before `before`, and keeps what `anchorAt` says of the last of
   * them. The newest line always stays. Resolves to how many left.
   */
  pruneAudit(before: string, anchorAt: (last: StoredAuditLine) => AuditAnchor): Promise<number>
  /** undefined: nothing has left yet. */
  auditAnchor(): Promise<AuditAnchor | undefined>
  /**
   * Where several processes share the store: what one of them tells, all that listen at that moment hear, also itself. Kinds
   * and ids, never content. Listening ends with `close`.
   */
  tellOthers?(text: string): Promise<void>
  hearOthers?(listener: (text: string) => void): void
  close(): Promise<void>
}
