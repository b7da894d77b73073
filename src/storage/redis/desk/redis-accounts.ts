import {
  accept,
  accountByName,
  addCredential,
  addInvite,
  breakGlass,
  changeAccount,
  endSessions,
  inviteFirst,
  openGlass,
  passkeysOf,
  prune,
  removePasskey,
  sessionsOf,
  startSession,
  takeStep,
  textOf,
  usedPasskey,
} from '../../account-tables.ts'
import type { Accounts } from '../../accounts.ts'
import { accountRows } from './account-rows.ts'
import { auditLines } from './audit-lines.ts'
import type { RedisLink } from '../link/link.ts'
import { openings } from './openings.ts'
import { tries } from './tries.ts'
import { rewriting } from '../link/rewriting.ts'

/**
 * The desk's accounts in Redis or Valkey, for any number of processes and the command line at once. There are some hundred
 * of them at most, so each look reads them all and nothing is cached.
 */
/** On which the desks of all processes tell each other what their pages are to hear. */
export const CHANNEL = 'lantern:desk:told'
const REWRITE_MS = 30_000

/** Forgotten by the server itself when its time is over. */
async function takeOnce(link: RedisLink, mark: Uint8Array, forMs: number): Promise<boolean> {
  if (forMs <= 0) return false
  const key = Buffer.from(`{desk}:taken:${textOf(mark)}`)
  return (await link.at(key, ['SET', key, '', 'NX', 'PX', String(forMs)])) !== null
}

export function openRedisAccounts(link: RedisLink): Accounts {
  const { read, write } = accountRows(link)
  const log = rewriting(link, REWRITE_MS)
  return {
    account: async (id) => (await read()).accounts.get(id),
    byName: async (nameTag) => accountByName(await read(), nameTag),
    list: async () => (await read()).accounts.all(),
    change: (id, change, by) => write((tables) => changeAccount(tables, id, change, by)),

    passkey: async (id) => (await read()).passkeys.get(id),
    passkeys: async (account) => passkeysOf(await read(), account),
    password: async (account) => (await read()).passwords.get(account),
    addCredential: (credential, within) => write((tables) => addCredential(tables, credential, within)),
    usedPasskey: (id, counter) => write((tables) => usedPasskey(tables, id, counter)),
    removePasskey: (account, id) => write((tables) => removePasskey(tables, account, id)),
    takeStep: (account, step) => write((tables) => takeStep(tables, account, step)),

    invite: (invite) => write((tables) => addInvite(tables, invite)),
    inviteFirst: (invite, now, keeps) => write((tables) => inviteFirst(tables, invite, now, keeps)),
    findInvite: async (token) => (await read()).invites.get(textOf(token)),
    async invites(now) {
      const living = (await read()).invites.all().filter(({ until }) => until > now)
      return living.toSorted((a, b) => a.until - b.until || (a.id < b.id ? -1 : 1))
    },
    accept: (acceptance) => write((tables) => accept(tables, acceptance)),

    startSession: (start) => write((tables) => startSession(tables, start)),
    session: async (secret) => (await read()).sessions.get(textOf(secret)),
    sessions: async (account) => sessionsOf(await read(), account),
    seen: (secret, at) =>
      write(({ sessions }) => {
        const session = sessions.get(textOf(secret))
        if (session !== undefined && session.lastSeen < at)
          sessions.set(textOf(secret), { ...session, lastSeen: at })
      }),
    endSession: (secret) => write(({ sessions }) => void sessions.delete(textOf(secret))),
    endSessions: (account) => write((tables) => void endSessions(tables, account)),
    endOtherSessions: (account, keep) => write((tables) => endSessions(tables, account, keep)),
    takeOnce: (mark, until, now) => takeOnce(link, mark, until - now),
    breakGlass: (glass) => write((tables) => breakGlass(tables, glass)),
    glass: async (now) => openGlass(await read(), now),
    async prune(times) {
      await write((tables) => prune(tables, times))
      log.soon()
    },
    ...openings(link),
    ...tries(link),
    ...auditLines(link),
    tellOthers: (text) => link.publish(CHANNEL, text),
    hearOthers(listener) {
      // A server that is away for now is heard again when it is back: the client subscribes anew by itself.
      void link.subscribe(CHANNEL, listener).catch(() => {})
    },
    async close() {
      log.close()
      await link.close()
    },
  }
}
