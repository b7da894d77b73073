import { createSecretKey, randomBytes } from 'node:crypto'
import { createAudit } from '../../src/desk/server/audit.ts'
import { type CasesOfDesk, createCaseRoom } from '../../src/desk/server/case-room.ts'
import type { Events } from '../../src/desk/server/events.ts'
import { createGiveBack } from '../../src/desk/server/give-back.ts'
import { createGlass } from '../../src/desk/server/glass.ts'
import type { Member } from '../../src/desk/server/staff.ts'
import { createTripwire } from '../../src/desk/server/tripwire.ts'
import type { Role } from '../../src/desk/wire.ts'
import { createLog } from '../../src/operations/log.ts'
import { memoryAccounts } from '../../src/storage/sqlite/sqlite-accounts.ts'
import { addAccount } from './add-account.ts'
import { type StubCases, stubCases } from './stub-cases.ts'

/** A room of cases over the real tables, with a list of what it told in place of open pages. */
export type Room = ReturnType<typeof startRoom>

export function startRoom(otherwise: (cases: StubCases) => Partial<CasesOfDesk> = () => ({})) {
  let time = Date.UTC(2030, 0, 15, 12)
  const clock = { now: () => time }
  const accounts = memoryAccounts()
  const cases = stubCases(clock.now)
  const asked: CasesOfDesk = { ...cases, ...otherwise(cases) }
  const audit = createAudit(accounts, createSecretKey(randomBytes(32)), clock)
  const glass = createGlass(accounts, clock)
  const told: object[] = []
  const lines: string[] = []
  const unasked = () => {
    throw new Error('the room of cases has no pages')
  }
  const events: Events = {
    tell: (event, { roles, accounts: to }) =>
      void told.push({
        ...event,
        ...(roles === undefined ? {} : { roles }),
        ...(to === undefined ? {} : { to: [...to] }),
      }),
    ended: (account, secret) => void told.push({ ended: account, secret }),
    open: unasked,
    look: unasked,
    renewed: unasked,
    close: unasked,
  }
  const room = createCaseRoom({
    cases: asked,
    giveBack: createGiveBack(asked, audit),
    accounts,
    events,
    everywhere: { ...events, withdrawn: () => {} },
    glass,
    audit,
    tripwire: createTripwire(accounts, clock),
    log: createLog({ write: (line: string) => void lines.push(line) }),
    clock,
  })

  return {
    room,
    cases,
    glass,
    accounts,
    told,
    clock,
    pass: (ms: number) => void (time += ms),
    async member(role: Role, name: string = role): Promise<Member> {
      const { id } = await addAccount(accounts, role)
      return { id, name, role, disabled: false, language: 'en', capacity: 5, onShift: false, lastDay: '' }
    },
    /** What was told since the last time, once nothing of it is under way any more. */
    async heard(): Promise<object[]> {
      await moment()
      return told.splice(0)
    },
    /** The audit log since the last time, as actor, verb, subject and outcome. */
    audited: (() => {
      let from = 1
      return async () => {
        const rows = await accounts.auditFrom(from, 1_000)
        from += rows.length
        return rows.map(({ actor, verb, subject, outcome }) => [actor, verb, subject, outcome].join(' '))
      }
    })(),
    logged: () => lines.map((line) => JSON.parse(line) as { event: string; error?: { class: string } }),
    async stop() {
      room.stop()
      await accounts.close()
    },
  }
}

/** Lets everything run that does not wait for anything. */
export const moment = () => new Promise<void>((resolve) => void setImmediate(resolve))
