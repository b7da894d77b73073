import type { Delivery, Entry, Outcome, QueueEntry } from '../handoff/handoff.ts'

/**
 * What the desk's page and its server say to each other: JSON under `/desk/api/`, private to the two. Times are
 * milliseconds since 1970. Every POST carries `content-type: application/json` and comes from the page itself; an answer
 * that is not 2xx has the body `{ "refused": Refused }` and nothing else.
 */
export type Role = 'caseworker' | 'supervisor' | 'administrator' | 'auditor'
export const ROLES = ['caseworker', 'supervisor', 'administrator', 'auditor'] as const satisfies Role[]

/**
 * signIn: no session, or it ended. again: this needs a fresh touch of the passkey or code. forbidden: another role.
 * gone: no such thing for you. taken: someone was faster. full: more than the capacity. invalid: not of the published
 * form. tooMany: later. stale: the page is older than the server, load it anew.
 */
export type Refused =
  | 'signIn'
  | 'again'
  | 'forbidden'
  | 'gone'
  | 'taken'
  | 'notYours'
  | 'full'
  | 'invalid'
  | 'tooMany'
  | 'stale'
  | 'unavailable'

/** GET /desk/api/me */
export interface Me {
  id: string
  name: string
  role: Role
  language: string
  onShift: boolean
  capacity: number
  /** The session ends at; and after so much idleness, whichever comes first. */
  until: number
  idleMs: number
  passkeys: number
  hasPassword: boolean
  /** Cases that this supervisor may read for a stated reason, and until when. */
  glass: { id: string; until: number }[]
  /** Languages in which people are served though nobody has reviewed the words. */
  unreviewed: string[]
}

/**
 * Every call but the stream of events carries the hash of the page that makes it in this header. When the server gives out
 * another page by now, it answers `stale` to all but sign-out, me, write and note, so that typed words still arrive.
 */
export const PAGE_HEADER = 'x-desk-page'

/** POST /desk/api/sign-in/passkey/options {} -> { options } ; POST .../passkey { response } -> Me */
/** POST /desk/api/sign-in/password { name, password, code } -> Me */
/** POST /desk/api/sign-out {} -> {} */
/** POST /desk/api/again/passkey/options, /again/passkey, /again/password { password, code }: a fresh touch, 5 minutes */
/**
 * POST /desk/api/invite { token } -> { name, role }: the token never stands in an address. Then either
 * .../invite/accept/passkey/options { token } -> { options } and .../passkey { token, response, language? } -> Me, or
 * .../invite/accept/password/options { token } -> PasswordSetup and .../password { token, setup, password, code, language? } -> Me.
 * The same in a session, after a fresh touch: me/passkey/options, me/passkey, me/password/options, me/password, without token.
 */
export interface PasswordSetup {
  /** Comes back with the password. */
  setup: string
  /** For typing into the app for codes, and the same as an otpauth: address for a picture. */
  secret: string
  address: string
}
/**
 * GET /desk/api/me/access -> OwnAccess ; POST .../me/passkey/remove { id } -> Me, after a fresh touch: `forbidden` for the
 * last way in ; .../me/session/end { id } -> {} ; .../me/session/end-all {} -> {}, and this one is over too. A passkey that
 * is removed and a password that is set end the other sessions.
 */
export interface OwnAccess {
  /** `transports`: internal, hybrid, usb, nfc, ble and so on; may be empty. */
  passkeys: { id: string; transports: string[] }[]
  hasPassword: boolean
  sessions: { id: string; began: number; lastSeen: number; isThis: boolean }[]
}
/** POST /desk/api/me { language?, onShift?, capacity? } -> Me. A POST is a sign of life of the session, a GET is none. */

/** GET /desk/api/queue -> { queue, accounts } */
export interface QueueAnswer {
  queue: readonly QueueEntry[]
  /** Names of colleagues by id: who has a case, to whom it can be offered. */
  accounts: Colleague[]
}
export interface Colleague {
  id: string
  name: string
  onShift: boolean
  /** Cases that they have. */
  load: number
  capacity: number
}

/** GET /desk/api/cases/:id?after=SEQ */
export interface CaseAnswer {
  case: QueueEntry
  entries: Entry[]
}
/**
 * POST /desk/api/cases/:id/claim {} ; /release {} ; /offer { to } ; /accept {} ; /reject {} ;
 * /write { entry, text } ; /card { entry, service } ; /note { entry, text } ; /close { outcome }
 * each -> CaseAnswer of what is new (after: the page's last seq in `after`)
 */
export interface CasePost {
  after: number
  entry?: string
  text?: string
  service?: string
  to?: string
  outcome?: Outcome
}
/** With the line in front of it, it fits into one message of WhatsApp's. */
export const LONGEST_TEXT = 900

/** GET /desk/api/phrases?language=xx -> { phrases } : what may be sent with one click, reviewed in her language. */
export interface Phrase {
  id: string
  group: string
  /** In the person's language: this is what is sent. */
  text: string
  /** In the caseworker's language. */
  meaning: string
}

/** GET /desk/api/services?id=&pack=&area=&need=&text=&language= -> { services } */
export interface ServiceRow {
  id: string
  name: string
  kind: string
  area: string
  /** As she would see the card. */
  card: string
  verifiedOn: string
}

/** GET /desk/api/events (text/event-stream, Last-Event-ID): content-free, says only what to fetch anew. */
export type DeskEvent =
  | { kind: 'queue' }
  | { kind: 'case'; id: string }
  /** Nothing of it may stay on the screen. */
  | { kind: 'withdrawn'; id: string }
  /** It is there for others: given back, handed over, closed, or the time for reading it is over. */
  | { kind: 'lost'; id: string }
  | { kind: 'me' }
  /** To all but auditors: services, proposals or what is to be dialled. */
  | { kind: 'directory' }
  | { kind: 'alarm'; id: string; why: 'unanswered' | 'released' }
  /** To the holder, the supervisors and the auditors: a colleague reads this case for a stated reason. */
  | { kind: 'glass'; id: string; by: string; name: string; until: number }
  /** To supervisors and administrators: this account opened very many cases and was disabled. */
  | { kind: 'tripwire'; id: string; name: string }

/** GET /desk/api/board (supervisor) */
export interface Board {
  waiting: number
  active: number
  oldestWaitingMs: number
  colleagues: Colleague[]
  /** One for each of the last 30 days; medians in milliseconds, undefined where fewer than 3 cases. */
  days: { day: string; opened: number; closed: number; medianToClaimMs?: number; medianToCloseMs?: number }[]
}

/**
 * GET /desk/api/months?month=2026-09 (supervisor, administrator): the statistics of a month, the latest that may be shown
 * where none is named. Null: withheld.
 */
export interface Months {
  /** Those that may be shown, the latest first. */
  months: string[]
  /** Undefined while there is none. */
  month?: string
  tables: MonthTable[]
  /** How many contacts each of them had, the earliest first. */
  contacts: { month: string; total: number | null }[]
}
export interface MonthTable {
  measure: 'contact' | 'topic' | 'gap' | 'answered'
  /** Ids: languages, topics, needs or waits. */
  rows: string[]
  /** Names; '' for those who told none. Empty where nothing is counted by area. */
  areas: string[]
  /** By row, then by area. */
  cells: (number | null)[][]
  rowTotals: (number | null)[]
  /** Undefined where one contact may stand in several rows. */
  sums?: { all: number | null; areas: (number | null)[] }
}

/** GET /desk/api/accounts (administrator) -> { accounts, invites } */
export interface Account {
  id: string
  name: string
  role: Role
  disabled: boolean
  passkeys: number
  hasPassword: boolean
  lastDay: string
}
export interface Invite {
  id: string
  name: string
  role: Role
  until: number
}
/** POST /desk/api/accounts/invite { name, role } -> { link, until } ; /accounts/:id/disable {} ; /enable {} ; /role { role } ; /recover {} -> { link } */

/**
 * POST /desk/api/cases/:id/break-glass { reason } (supervisor, after a fresh touch) -> { until }: from then on, and for 30
 * minutes, GET /desk/api/cases/:id answers this supervisor too. It reads and does nothing else.
 */
export const GLASS_REASONS = ['danger', 'unanswered', 'complaint', 'absence', 'quality'] as const
export type GlassReason = (typeof GLASS_REASONS)[number]

/** GET /desk/api/audit?before=SEQ (auditor, administrator) */
export interface AuditAnswer {
  lines: AuditLine[]
  intact: boolean
  /** The oldest line that is still kept, once anything has left. */
  first: number
}
/** POST /desk/api/audit/export { from? }, after a fresh touch: ids and whole macs, at most 2,000 lines from `from`. */
export interface AuditExport {
  lines: (Omit<AuditLine, 'seal'> & { mac: string })[]
  /** To go on from. */
  next: number
  isLast: boolean
}
export interface AuditLine {
  seq: number
  /** To the hour. */
  hour: string
  actor: string
  verb: string
  subject: string
  outcome: string
  /** To be written down elsewhere: another line can never have it. */
  seal: string
}
export type { Delivery }
