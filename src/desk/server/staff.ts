import { createHash, createHmac } from 'node:crypto'
import type { Environment, Instant } from '../../operations/environment.ts'
import { framed } from '../../privacy/sealing/framed.ts'
import { open, seal } from '../../privacy/sealing/seal.ts'
import type {
  AccountRole,
  Accounts,
  Credential,
  InvitePurpose,
  StoredAccount,
  StoredInvite,
} from '../../storage/accounts.ts'
import type { AccountId } from '../../storage/cases.ts'
import type { DeskKeys } from './keys.ts'

/**
 * The people of the desk, with their names opened, and the links by which they come in. A name is unique whatever its
 * case and spacing. A token is seen once, by whoever made the link; the store has its hash.
 */
export interface Member extends Omit<StoredAccount, 'sealed' | 'nameTag'> {
  name: string
}

export interface Staff {
  read(stored: StoredAccount): Member
  list(): Promise<Member[]>
  byName(name: string): Promise<StoredAccount | undefined>
  /** Keyed hash of a name, as text: under this it is counted and found. */
  tag(name: string): string
  invite(wish: InviteWish): Promise<MadeInvite>
  /**
   * The first administrator's, the same in every process and at each start for as long as it lives: who lost the line finds
   * it in another. Its token follows from its id under a key of the desk. `isNew`: made by this very call.
   */
  inviteFirst(name: string): Promise<MadeInvite & { isNew: boolean }>
  /** Undefined for a token that is unknown, used or too old. */
  invited(token: string): Promise<{ invite: StoredInvite; name: string } | undefined>
  invites(): Promise<{ id: string; name: string; role: AccountRole; until: Instant }[]>
  /** Uses the token up. `account` is the one that `ownerOf` named. */
  accept(
    token: string,
    account: AccountId,
    credential: Credential,
    language: string,
  ): Promise<'accepted' | 'gone' | 'nameTaken'>
  newAccountId(): AccountId
  sealTotp(account: AccountId, secret: Uint8Array): Uint8Array
  openTotp(account: AccountId, sealed: Uint8Array): Uint8Array | undefined
}

export interface InviteWish {
  purpose: InvitePurpose
  role: AccountRole
  name: string
  account?: AccountId
}
export interface MadeInvite {
  id: string
  token: string
  until: Instant
}

export const INVITE_MS = 24 * 3_600_000
/** A first invitation with less time than this is made anew. */
const LEAST_LEFT_MS = 3_600_000
const CAPACITY = 5
const TOKEN = /^[\w-]{43}$/u

/** The link by which an invitation is accepted: the token stays behind the #, which no browser sends anywhere. */
export function inviteLink(base: string, token: string): string {
  return `${base.replace(/\/+$/u, '')}/desk/#invite=${token}`
}

export function sha256(text: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(text).digest())
}

export function createStaff(
  accounts: Accounts,
  { records, names, firstInvites }: DeskKeys,
  { clock, random }: Environment,
): Staff {
  const id = () => Buffer.from(random.bytes(16)).toString('base64url')
  const tagOf = (name: string) => new Uint8Array(createHmac('sha256', names).update(folded(name)).digest())

  const firstToken = (invite: string) =>
    createHmac('sha256', firstInvites)
      .update(framed(['lantern1/desk/first', invite]))
      .digest('base64url')

  function sealed(type: string, owner: string, plaintext: Uint8Array): Uint8Array {
    const outcome = seal(records, { type, id: owner, revision: 0 }, plaintext)
    if (outcome.kind === 'spent') throw new Error('the desk key has sealed as much as one key may')
    return outcome.bytes
  }
  function opened(type: string, owner: string, bytes: Uint8Array): Uint8Array | undefined {
    const outcome = open(records, { type, id: owner, revision: 0 }, bytes)
    return outcome.kind === 'opened' ? outcome.plaintext : undefined
  }
  const sealName = (type: string, owner: string, name: string) => sealed(type, owner, Buffer.from(name))
  const nameIn = (type: string, owner: string, bytes: Uint8Array) => {
    const name = opened(type, owner, bytes)
    return name === undefined ? '?' : Buffer.from(name).toString()
  }

  /** Every page asks for all colleagues again and again: a name is opened once for each way in which it was sealed. */
  const known = new Map<AccountId, { sealed: Uint8Array; name: string }>()
  function nameOf({ id: account, sealed: bytes }: StoredAccount): string {
    const before = known.get(account)
    if (before !== undefined && Buffer.from(before.sealed).equals(bytes)) return before.name
    const name = nameIn('desk.account', account, bytes)
    known.set(account, { sealed: bytes, name })
    return name
  }

  function read(stored: StoredAccount): Member {
    const { id: account, role, disabled, language, capacity, onShift, lastDay } = stored
    const name = nameOf(stored)
    return { id: account, name, role, disabled, language, capacity, onShift, lastDay }
  }

  async function invited(token: string) {
    const invite = TOKEN.test(token) ? await accounts.findInvite(sha256(token)) : undefined
    if (invite === undefined || invite.until <= clock.now()) return undefined
    return { invite, name: nameIn('desk.invite', invite.id, invite.sealed) }
  }

  return {
    read,
    list: async () => (await accounts.list()).map(read),
    byName: (name) => accounts.byName(tagOf(name)),
    tag: (name) => Buffer.from(tagOf(name)).toString('base64url'),
    async invite({ purpose, role, name, account }) {
      const invite = { id: id(), until: clock.now() + INVITE_MS }
      const token = Buffer.from(random.bytes(32)).toString('base64url')
      await accounts.invite({
        ...invite,
        token: sha256(token),
        purpose,
        role,
        account,
        sealed: sealName('desk.invite', invite.id, tidy(name)),
      })
      return { ...invite, token }
    },
    async inviteFirst(name) {
      const now = clock.now()
      const ours = { id: id(), until: now + INVITE_MS }
      const stands = await accounts.inviteFirst(
        {
          ...ours,
          token: sha256(firstToken(ours.id)),
          purpose: 'first',
          role: 'administrator',
          account: undefined,
          sealed: sealName('desk.invite', ours.id, tidy(name)),
        },
        now,
        // One of an older version has a token that nobody knows any more, and one that is nearly over helps nobody.
        (one) => one.until > now + LEAST_LEFT_MS && Buffer.from(one.token).equals(sha256(firstToken(one.id))),
      )
      const { id: standing, until } = stands
      return { id: standing, until, token: firstToken(standing), isNew: standing === ours.id }
    },
    invited,
    async invites() {
      const living = await accounts.invites(clock.now())
      return living.map(({ id: invite, role, until, sealed: bytes }) => ({
        id: invite,
        name: nameIn('desk.invite', invite, bytes),
        role,
        until,
      }))
    },
    async accept(token, account, credential, language) {
      const found = await invited(token)
      if (found === undefined) return 'gone'
      const { invite, name } = found
      const made: StoredAccount | undefined =
        invite.purpose === 'recover'
          ? undefined
          : {
              id: account,
              nameTag: tagOf(name),
              role: invite.role,
              disabled: false,
              language,
              capacity: CAPACITY,
              onShift: false,
              lastDay: '',
              sealed: sealName('desk.account', account, name),
            }
      return accounts.accept({ token: invite.token, now: clock.now(), account: made, credential })
    },
    newAccountId: () => id() as AccountId,
    sealTotp: (account, secret) => sealed('desk.totp', account, secret),
    openTotp: (account, bytes) => opened('desk.totp', account, bytes),
  }
}

/** Nothing that moves the words around it: no control, no mark of direction. Joiners stay, since Persian needs them. */
export function tidy(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, '')
    .trim()
}

/** Whether anything of it can be seen. */
export function isName(name: string): boolean {
  return folded(name) !== ''
}

/** Marks that show nothing do not tell two names apart. */
function folded(name: string): string {
  return tidy(name.slice(0, 200).replace(/\p{Default_Ignorable_Code_Point}/gu, ''))
    .toUpperCase()
    .toLowerCase()
}
