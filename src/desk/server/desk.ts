import type { Environment } from '../../operations/environment.ts'
import type { Log } from '../../operations/log.ts'
import type { Accounts } from '../../storage/accounts.ts'
import type { Board, Months, Phrase, ServiceRow } from '../wire.ts'
import type { Audit } from './audit.ts'
import type { Limits } from './auth/limits.ts'
import type { Passkeys } from './auth/passkeys.ts'
import type { Passwords } from './auth/passwords.ts'
import type { Questions } from './auth/questions.ts'
import type { Sessions } from './auth/sessions.ts'
import type { CaseRoom, CasesOfDesk } from './case-room.ts'
import type { DirectoryOfDesk } from './directory/directory-of-desk.ts'
import type { DirectoryWatch } from './directory/directory-watch.ts'
import type { Events } from './events.ts'
import type { Everywhere } from './everywhere.ts'
import type { GiveBack } from './give-back.ts'
import type { Glass } from './glass.ts'
import type { Staff } from './staff.ts'

/** What others plug in. */
export interface Ports {
  cases: CasesOfDesk
  /** Reviewed lines in her language, with their meaning in the reader's. */
  phrases(wish: { language: string; reader: string }): Promise<Phrase[]>
  services(wish: ServiceWish): Promise<ServiceRow[]>
  directory: DirectoryOfDesk
  /** The last 30 days, for the board. */
  days(): Promise<Board['days']>
  /** What may be shown of a month that is over for so long; undefined for another one. */
  months(month: string | undefined): Promise<Months | undefined>
}
export interface ServiceWish {
  /** `demo/clinic-1`: this one alone. */
  id?: string | undefined
  pack?: string | undefined
  area?: string | undefined
  need?: string | undefined
  text?: string | undefined
  language?: string | undefined
}

/** The parts of the desk, as its routes use them. */
export interface Desk extends Environment {
  ports: Ports
  accounts: Accounts
  staff: Staff
  sessions: Sessions
  passkeys: Passkeys
  passwords: Passwords
  questions: Questions
  limits: Limits
  audit: Audit
  events: Events
  everywhere: Everywhere
  glass: Glass
  caseRoom: CaseRoom
  giveBack: GiveBack
  directoryWatch: DirectoryWatch
  log: Log
  unreviewed: readonly string[]
}
