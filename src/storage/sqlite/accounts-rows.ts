import type {
  AccountRole,
  AuditAnchor,
  AuditHead,
  BrokenGlass,
  InvitePurpose,
  Passkey,
  Password,
  StoredAccount,
  StoredAuditLine,
  StoredInvite,
  StoredSession,
} from '../accounts.ts'
import type { CaseId } from '../cases.ts'
import { bytesIn, idIn, numberIn, type Row } from './columns.ts'

/** The rows of desk.db as the store hands them out. */
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

export const accountOf = reader<StoredAccount>({
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

export const passkeyOf = reader<Passkey>({
  id: ['id', idIn],
  account: ['account', idIn],
  publicKey: ['public_key', (row, column) => new Uint8Array(bytesIn(row, column))],
  counter: ['counter', numberIn],
  transports: ['transports', (row, column) => textIn(row, column).split(',').filter(Boolean)],
})

export const passwordOf = reader<Password>({
  account: ['account', idIn],
  phc: ['phc', textIn],
  sealedTotp: ['totp', bytesIn],
  lastStep: ['last_step', numberIn],
})

export const inviteOf = reader<StoredInvite>({
  id: ['id', idIn],
  token: ['token', bytesIn],
  purpose: ['purpose', (row, column) => textIn(row, column) as InvitePurpose],
  role: ['role', roleIn],
  account: ['account', (row, column) => (row[column] === null ? undefined : idIn(row, column))],
  until: ['until', numberIn],
  sealed: ['sealed', bytesIn],
})

export const sessionOf = reader<StoredSession>({
  secret: ['secret', bytesIn],
  account: ['account', idIn],
  created: ['created', numberIn],
  lastSeen: ['last_seen', numberIn],
  freshUntil: ['fresh_until', numberIn],
})

export const glassOf = reader<BrokenGlass>({
  account: ['account', idIn],
  id: ['case_id', (row, column) => textIn(row, column) as CaseId],
  until: ['until', numberIn],
})

export const auditLineOf = reader<StoredAuditLine>({
  seq: ['seq', numberIn],
  hour: ['hour', textIn],
  actor: ['actor', textIn],
  verb: ['verb', textIn],
  subject: ['subject', textIn],
  outcome: ['outcome', textIn],
  mac: ['mac', bytesIn],
})

export const headOf = reader<AuditHead>({ seq: ['seq', numberIn], mac: ['mac', bytesIn] })
export const anchorOf = reader<AuditAnchor>({
  seq: ['seq', numberIn],
  mac: ['mac', bytesIn],
  seal: ['seal', bytesIn],
})
