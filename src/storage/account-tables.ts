import type {
  Acceptance,
  AccountChange,
  BrokenGlass,
  Credential,
  Passkey,
  Password,
  SessionStart,
  StoredAccount,
  StoredInvite,
  StoredSession,
  WayIn,
} from './accounts.ts'
import type { AccountId } from './cases.ts'

/**
 * What a store of accounts decides, over tables that are read whole and written by row: for stores that have no queries of
 * their own. Rows are given out in the order in which they were made. A row is replaced, never changed.
 */
export interface Table<Row> {
  get(key: string): Row | undefined
  all(): Row[]
  set(key: string, row: Row): void
  delete(key: string): boolean
}

export interface Tables {
  accounts: Table<StoredAccount>
  passkeys: Table<Passkey>
  passwords: Table<Password>
  invites: Table<StoredInvite>
  sessions: Table<StoredSession>
  glass: Table<BrokenGlass>
}

export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
const isSame = (a: Uint8Array, b: Uint8Array) => textOf(a) === textOf(b)

export const accountByName = ({ accounts }: Tables, nameTag: Uint8Array) =>
  accounts.all().find((one) => isSame(one.nameTag, nameTag))
export const passkeysOf = ({ passkeys }: Tables, account: AccountId) =>
  passkeys.all().filter((one) => one.account === account)
export const sessionsOf = ({ sessions }: Tables, account: AccountId) =>
  sessions.all().filter((one) => one.account === account)

export function endSessions(tables: Tables, account: AccountId, keep?: Uint8Array): Uint8Array[] {
  const ended = sessionsOf(tables, account)
    .map(({ secret }) => secret)
    .filter((secret) => keep === undefined || !isSame(secret, keep))
  for (const secret of ended) tables.sessions.delete(textOf(secret))
  return ended
}

/** `by` undefined: the account itself, or the command line. */
export function changeAccount(tables: Tables, id: AccountId, change: AccountChange, by?: AccountId): boolean {
  const asker = by === undefined ? undefined : tables.accounts.get(by)
  if (by !== undefined && (asker?.role !== 'administrator' || asker.disabled)) return false
  const before = tables.accounts.get(id)
  if (before === undefined) return false
  const after = { ...before, ...change }
  tables.accounts.set(id, after)
  if (after.role !== before.role || after.disabled) {
    endSessions(tables, id)
    for (const one of tables.glass.all()) if (one.account === id) tables.glass.delete(glassKey(one))
  }
  return true
}

const glassKey = ({ account, id }: BrokenGlass) => `${account} ${id}`

export function breakGlass({ glass }: Tables, one: BrokenGlass): void {
  glass.set(glassKey(one), one)
}

export function openGlass({ glass }: Tables, now: number): BrokenGlass[] {
  const orderOf = (one: BrokenGlass) => `${String(one.until).padStart(16, '0')} ${glassKey(one)}`
  const living = glass.all().filter(({ until }) => until > now)
  return living.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
}

export function addCredential(tables: Tables, credential: Credential, within?: Uint8Array): boolean {
  if (within !== undefined && tables.sessions.get(textOf(within)) === undefined) return false
  if (credential.kind === 'password') {
    tables.passwords.set(credential.password.account, credential.password)
    return true
  }
  const { passkey } = credential
  if (tables.passkeys.get(passkey.id) !== undefined) return false
  tables.passkeys.set(passkey.id, passkey)
  return true
}

export function usedPasskey({ passkeys }: Tables, id: string, counter: number): void {
  const passkey = passkeys.get(id)
  if (passkey !== undefined && passkey.counter <= counter) passkeys.set(id, { ...passkey, counter })
}

export function removePasskey(tables: Tables, account: AccountId, id: string): 'removed' | 'last' | 'gone' {
  const known = passkeysOf(tables, account)
  if (!known.some((one) => one.id === id)) return 'gone'
  if (known.length === 1 && tables.passwords.get(account) === undefined) return 'last'
  tables.passkeys.delete(id)
  return 'removed'
}

export function takeStep({ passwords }: Tables, account: AccountId, step: number): boolean {
  const password = passwords.get(account)
  if (password === undefined || password.lastStep >= step) return false
  passwords.set(account, { ...password, lastStep: step })
  return true
}

export function addInvite(tables: Tables, invite: StoredInvite): void {
  const { purpose, account } = invite
  const recovers = purpose === 'recover' ? account : undefined
  for (const one of tables.invites.all()) {
    const isReplaced =
      (purpose === 'first' && one.purpose === 'first') ||
      (recovers !== undefined && one.purpose === 'recover' && one.account === recovers)
    if (isReplaced) tables.invites.delete(textOf(one.token))
  }
  if (recovers !== undefined) {
    for (const { id } of passkeysOf(tables, recovers)) tables.passkeys.delete(id)
    tables.passwords.delete(recovers)
    endSessions(tables, recovers)
  }
  tables.invites.set(textOf(invite.token), invite)
}

export function inviteFirst(
  tables: Tables,
  invite: StoredInvite,
  now: number,
  keeps: (living: StoredInvite) => boolean,
): StoredInvite {
  const before = tables.invites.all().find(({ purpose }) => purpose === 'first')
  if (before !== undefined && before.until > now && keeps(before)) return before
  addInvite(tables, invite)
  return invite
}

export function accept(
  tables: Tables,
  { token, now, account, credential }: Acceptance,
): 'accepted' | 'gone' | 'nameTaken' {
  const invite = tables.invites.get(textOf(token))
  if (invite === undefined || invite.until <= now) return 'gone'
  if (credential.kind === 'passkey' && tables.passkeys.get(credential.passkey.id) !== undefined) return 'gone'
  const owner = credential.kind === 'passkey' ? credential.passkey.account : credential.password.account
  if (invite.purpose === 'recover') {
    const found = tables.accounts.get(owner)
    if (invite.account !== owner || found === undefined || found.disabled) return 'gone'
  } else {
    if (account === undefined || account.id !== owner || account.role !== invite.role) return 'gone'
    if (invite.purpose === 'first' && tables.accounts.all().length > 0) return 'gone'
    if (accountByName(tables, account.nameTag) !== undefined) return 'nameTaken'
    tables.accounts.set(account.id, account)
  }
  addCredential(tables, credential)
  tables.invites.delete(textOf(token))
  return 'accepted'
}

export function startSession(
  tables: Tables,
  { session, way, replaces, rotates, most }: SessionStart,
): boolean {
  const account = tables.accounts.get(session.account)
  if (account === undefined || account.disabled) return false
  if (way !== undefined && !isThere(tables, session.account, way)) return false
  if (replaces !== undefined) {
    const ended = tables.sessions.delete(textOf(replaces))
    if (rotates && !ended) return false
  }
  tables.sessions.set(textOf(session.secret), session)
  const all = sessionsOf(tables, session.account)
  for (const { secret } of all.slice(0, Math.max(0, all.length - most)))
    tables.sessions.delete(textOf(secret))
  return true
}

function isThere(tables: Tables, account: AccountId, way: WayIn): boolean {
  if ('passkey' in way) return tables.passkeys.get(way.passkey)?.account === account
  return tables.passwords.get(account)?.phc === way.phc
}

export function prune(
  tables: Tables,
  { idleBefore, createdBefore, now }: { idleBefore: number; createdBefore: number; now: number },
): void {
  for (const { secret, lastSeen, created } of tables.sessions.all())
    if (lastSeen <= idleBefore || created <= createdBefore) tables.sessions.delete(textOf(secret))
  for (const one of tables.glass.all()) if (one.until <= now) tables.glass.delete(glassKey(one))
  for (const { token, until } of tables.invites.all()) if (until <= now) tables.invites.delete(textOf(token))
}
