import type { KeyObject } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Environment, Instant } from '../../operations/environment.ts'
import type { Log } from '../../operations/log.ts'
import type { Accounts } from '../../storage/accounts.ts'
import { createAudit } from './audit.ts'
import { createLimits } from './auth/limits.ts'
import { createPasskeys } from './auth/passkeys.ts'
import { createPasswords } from './auth/passwords.ts'
import { createQuestions } from './auth/questions.ts'
import { createSessions } from './auth/sessions.ts'
import { createCaseRoom } from './case-room.ts'
import type { Desk, Ports } from './desk.ts'
import { createDirectoryWatch } from './directory/directory-watch.ts'
import { createEvents } from './events.ts'
import { createEverywhere } from './everywhere.ts'
import { createGiveBack } from './give-back.ts'
import { createGlass } from './glass.ts'
import { baseOf, createOriginOf } from './http/origin.ts'
import { type RegisteredRoute, serveDesk } from './http/registrar.ts'
import { deskKeys } from './keys.ts'
import { accountRoutes } from './routes/accounts.ts'
import { auditRoutes } from './routes/audit.ts'
import { caseRoutes } from './routes/cases.ts'
import { directoryChangeRoutes } from './routes/directory-changes.ts'
import { directoryRoutes } from './routes/directory.ts'
import { inviteRoutes } from './routes/invite.ts'
import { meRoutes } from './routes/me.ts'
import { ownAccessRoutes } from './routes/own-access.ts'
import { type DeskFiles, pageRoutes } from './routes/page.ts'
import { queueRoutes } from './routes/queue.ts'
import { signInRoutes } from './routes/sign-in.ts'
import { createStaff, inviteLink, type Member } from './staff.ts'
import { createTripwire } from './tripwire.ts'
import { AUDIT_KEPT_DAYS, createUpkeep } from './upkeep.ts'

/** Makes the caseworkers' web desk: everything under /desk/, denied unless a route says who may. */
export interface DeskParts extends Environment, Ports {
  accounts: Accounts
  /** The root key; the desk derives its own from it and forgets it. */
  root: KeyObject
  /** PUBLIC_URL. Without it the desk answers on this machine alone. */
  publicUrl: string | undefined
  /** Asked for at each load of the page, so that a bundle may still be under way at the start. */
  page(): Promise<DeskFiles>
  log: Log
  /** Languages of the chat that are served though nobody has reviewed them; each colleague is told. */
  unreviewed?: readonly string[]
  /**
   * This server stands behind a proxy of ours, and Fastify's `trustProxy` names it, so that limits
   * by address count people and not the proxy. false: what a header says of an address is not read.
   */
  trustProxy?: boolean
  /** Audit lines leave after so many days. 365. */
  auditKeptDays?: number
  /** For tests that count how often a password is worked on. */
  derive?: Parameters<typeof createPasswords>[1]
}

export interface RunningDesk {
  /** Before any other route of this server is added. Closing the server ends the open streams. */
  routes(server: FastifyInstance): RegisteredRoute[]
  /**
   * The link for the first administrator, while there is no account: the same in every process and at each start for a day.
   * `address`: where this server listens, for a desk without PUBLIC_URL.
   */
  firstInvite(address: string): Promise<string | undefined>
  /** For whoever watches the clock: a case that waits too long, or that came back. Heard at the pages of every process. */
  alarm(id: string, why: 'unanswered' | 'released'): void
  /** Every few seconds: open pages hear of a directory that was changed elsewhere, or that a new day made another one. */
  lookAtDirectory(): Promise<void>
  /** Every minute or so: old audit lines leave, and accounts that the command line disabled give their cases back. */
  upkeep(now?: Instant): Promise<void>
  stop(): void
}

const FIRST_NAME = 'Administrator'

export function createDesk(parts: DeskParts): RunningDesk {
  const { clock, random, accounts, root, publicUrl, log, cases, phrases, services, days, months, directory } =
    parts
  const environment = { clock, random }
  const keys = deskKeys(root)
  const staff = createStaff(accounts, keys, environment)
  const questions = createQuestions(accounts, keys.questions, environment)
  const audit = createAudit(accounts, keys.audit, clock)
  // Ids of another run or process are never taken for ours: they begin anywhere.
  const events = createEvents(Buffer.from(random.bytes(6)).readUIntBE(0, 6), clock)
  const everywhere = createEverywhere({
    accounts,
    events,
    random,
    log,
    async nameOf(account) {
      const stored = await accounts.account(account)
      return stored === undefined ? '?' : staff.read(stored).name
    },
    withdrawn: (id) => caseRoom.withdrawn(id),
  })
  const glass = createGlass(accounts, clock)
  const giveBack = createGiveBack(cases, audit)
  const caseRoom = createCaseRoom({
    cases,
    giveBack,
    accounts,
    events,
    everywhere,
    glass,
    audit,
    tripwire: createTripwire(accounts, clock),
    clock,
    log,
  })
  const desk: Desk = {
    ...environment,
    ports: { cases, phrases, services, days, months, directory },
    accounts,
    staff,
    sessions: createSessions(accounts, environment),
    passkeys: createPasskeys(accounts, questions),
    passwords: createPasswords(random, parts.derive),
    questions,
    limits: createLimits(clock, accounts, parts.trustProxy ?? false),
    audit,
    events,
    everywhere,
    glass,
    caseRoom,
    giveBack,
    directoryWatch: createDirectoryWatch(directory, events, clock),
    log,
    unreviewed: parts.unreviewed ?? [],
  }
  const { auditKeptDays = AUDIT_KEPT_DAYS } = parts
  const upkeep = createUpkeep({ accounts, audit, cases, giveBack, clock, auditKeptDays })
  const build = () =>
    parts.page().then(
      (files) => files.build,
      () => undefined,
    )

  return {
    routes(server) {
      server.addHook('preClose', async () => events.close())
      const { sessions, limits } = desk
      const originOf = createOriginOf(publicUrl)
      const forbidden = (me: Member, path: string) =>
        audit.note({ actor: me.id, verb: 'forbidden', subject: path, outcome: 'refused' })
      return serveDesk(server, { sessions, staff, limits, originOf, forbidden, log, build }, (registrar) => {
        pageRoutes(registrar, desk, parts.page)
        signInRoutes(registrar, desk)
        inviteRoutes(registrar, desk)
        meRoutes(registrar, desk)
        ownAccessRoutes(registrar, desk)
        queueRoutes(registrar, desk)
        caseRoutes(registrar, desk)
        directoryRoutes(registrar, desk)
        directoryChangeRoutes(registrar, desk)
        accountRoutes(registrar, desk)
        auditRoutes(registrar, desk)
      })
    },

    async firstInvite(address) {
      if ((await accounts.list()).length > 0) return undefined
      const { id, token, isNew } = await staff.inviteFirst(FIRST_NAME)
      if (isNew) await audit.note({ actor: 'operator', verb: 'invite.make', subject: id })
      return inviteLink(baseOf(publicUrl, address), token)
    },

    alarm: (id, why) => everywhere.tell({ kind: 'alarm', id, why }, { roles: ['caseworker', 'supervisor'] }),

    lookAtDirectory: () => desk.directoryWatch.look(),

    upkeep,

    stop() {
      caseRoom.stop()
      events.close()
    },
  }
}
