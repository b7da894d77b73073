import type { Environment, Instant } from '../../../operations/environment.ts'
import type {
  Accounts,
  SessionStart,
  StoredAccount,
  StoredSession,
  WayIn,
} from '../../../storage/accounts.ts'
import type { AccountId } from '../../../storage/cases.ts'
import { sha256 } from '../staff.ts'

/**
 * Who is signed in. The cookie holds 32 random bytes and the store their SHA-256. A session ends after 15 minutes
 * without a sign of its person (a POST; reading alone is none, since the page reads by itself), after 10 hours in any
 * case, and when its account is disabled or gets another role. It gets a new secret at each sign-in and fresh touch, so
 * that a secret from before is worth nothing.
 */
export const IDLE_MS = 15 * 60_000
export const ABSOLUTE_MS = 10 * 3_600_000
export const FRESH_MS = 5 * 60_000
const MOST = 2
/** A sign of life is written at most this often. */
const NOTE_MS = 30_000
const SECRET = /^[\w-]{43}$/u

export interface Session extends StoredSession {
  until: Instant
}
export interface SignedIn {
  session: Session
  account: StoredAccount
}
export interface NewSession {
  /** For the cookie. */
  cookie: string
  session: Session
}

export interface Sessions {
  /**
   * Undefined for an account that is disabled, and when what it came in with (`way`) was removed meanwhile. `replaces`:
   * the cookie that the browser came with.
   */
  start(account: AccountId, way: WayIn, replaces: string | undefined): Promise<NewSession | undefined>
  /** The same session under a new secret, fresh for five minutes; undefined when it has ended meanwhile. */
  refresh(session: Session): Promise<NewSession | undefined>
  /** `active`: counts as a sign of its person. */
  find(cookie: string | undefined, active: boolean): Promise<SignedIn | undefined>
  /** Whether it still lives; for streams. */
  lives(session: Session): Promise<boolean>
  end(session: Session): Promise<void>
  /** The living ones of an account, oldest first. */
  list(account: AccountId): Promise<StoredSession[]>
  isFresh(session: Session): boolean
}

export function createSessions(accounts: Accounts, { clock, random }: Environment): Sessions {
  const isOver = ({ created, lastSeen }: StoredSession) =>
    clock.now() >= lastSeen + IDLE_MS || clock.now() >= created + ABSOLUTE_MS

  async function begin(
    account: AccountId,
    created: Instant,
    more: Pick<SessionStart, 'way' | 'replaces' | 'rotates'>,
  ): Promise<NewSession | undefined> {
    const cookie = Buffer.from(random.bytes(32)).toString('base64url')
    const now = clock.now()
    const session = {
      secret: sha256(cookie),
      account,
      created,
      lastSeen: now,
      freshUntil: now + FRESH_MS,
    }
    const begun = await accounts.startSession({ session, ...more, most: MOST })
    return begun ? { cookie, session: { ...session, until: created + ABSOLUTE_MS } } : undefined
  }

  async function living(secret: Uint8Array): Promise<SignedIn | undefined> {
    const stored = await accounts.session(secret)
    if (stored === undefined) return undefined
    if (isOver(stored)) {
      await accounts.endSession(secret)
      return undefined
    }
    const account = await accounts.account(stored.account)
    if (account === undefined || account.disabled) return undefined
    return { session: { ...stored, until: stored.created + ABSOLUTE_MS }, account }
  }

  return {
    async start(account, way, replaces) {
      const now = clock.now()
      await accounts.prune({ idleBefore: now - IDLE_MS, createdBefore: now - ABSOLUTE_MS, now })
      const before = replaces === undefined ? undefined : sha256(replaces)
      return begin(account, now, { way, replaces: before, rotates: false })
    },
    refresh: ({ account, created, secret }) =>
      begin(account, created, { way: undefined, replaces: secret, rotates: true }),
    async find(cookie, active) {
      if (cookie === undefined || !SECRET.test(cookie)) return undefined
      const found = await living(sha256(cookie))
      if (found === undefined) return undefined
      const now = clock.now()
      if (!active || now - found.session.lastSeen < NOTE_MS) return found
      await accounts.seen(found.session.secret, now)
      return { ...found, session: { ...found.session, lastSeen: now } }
    },
    lives: async ({ secret }) => (await living(secret)) !== undefined,
    end: ({ secret }) => accounts.endSession(secret),
    list: async (account) => (await accounts.sessions(account)).filter((one) => !isOver(one)),
    isFresh: ({ freshUntil }) => freshUntil > clock.now(),
  }
}
