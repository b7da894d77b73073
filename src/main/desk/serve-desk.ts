import type { KeyObject } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../../config.ts'
import type { Engine, Moment } from '../../conversation/engine.ts'
import { buildDeskPage } from '../../desk/page.ts'
import { phrasesFor } from '../../desk/phrase-book.ts'
import { createDesk } from '../../desk/server/create-desk.ts'
import type { DirectoryOfDesk } from '../../desk/server/directory/directory-of-desk.ts'
import type { Directory } from '../../directory/directory.ts'
import type { Pack } from '../../directory/pack/pack.ts'
import { createHandoff, type Handoff } from '../../handoff/create-handoff.ts'
import type { AlarmReason, QueueEntry, ToPerson } from '../../handoff/handoff.ts'
import { createTimes } from '../../handoff/times.ts'
import type { Environment, Instant } from '../../operations/environment.ts'
import type { Log } from '../../operations/log.ts'
import type { Vault } from '../../privacy/vault/vault.ts'
import type { CaseId } from '../../storage/cases.ts'
import { deskMonths } from './desk-months.ts'
import { proxiesOf } from '../process/listen.ts'
import { gridOf } from './statistics-grid.ts'
import type { Stores } from '../stores/stores.ts'
import { areaName, findServices, packAndService } from './desk-ports.ts'

/** The caseworkers' side of the house: cases, accounts, and the desk that serves both. */
export interface DeskHouse {
  handoff: Handoff
  /** What the flows are told: whether a caseworker answers now. */
  now(): Moment['desk']
  firstInvite(address: string): Promise<string | undefined>
  /** For cases that are answered elsewhere. */
  alarm(id: CaseId, why: AlarmReason): void
  /** Every minute. `believed`: the time for what erases; alarms go by the clock. */
  upkeep(believed: Instant): Promise<void>
  stop(): Promise<void>
}

export interface DeskHouseParts {
  config: Config
  environment: Environment
  server: FastifyInstance
  engine: Engine
  /** Languages that are served though nobody has reviewed them. */
  unreviewed: readonly string[]
  directory: Directory
  deskDirectory: DirectoryOfDesk
  stores: Pick<Stores, 'cases' | 'accounts' | 'times' | 'conversations'>
  packs: readonly Pack[]
  vault: Vault
  root: KeyObject
  log: Log
  toPerson: ToPerson
}

export async function serveDeskHouse(parts: DeskHouseParts): Promise<DeskHouse> {
  const { config, environment, server, engine, directory, stores, vault, root, log, toPerson, unreviewed } =
    parts
  const { clock } = environment
  const cases = stores.cases('desk')
  const accounts = stores.accounts()
  const waits = stores.times()
  const times = createTimes({ store: waits, log })
  const titleOf = (service: string) => {
    const { pack, service: id } = packAndService(service)
    return directory.card(pack, id, engine.firstLanguage, clock.now())?.name ?? service
  }
  const withAreaName = (entry: QueueEntry): QueueEntry => ({
    ...entry,
    area: areaName({ engine, directory }, entry.area, clock.now()),
  })
  const handoff = createHandoff({
    ...environment,
    cases,
    vault,
    log,
    toPerson,
    titleOf,
    times,
    retentionMs: config.caseDays * 24 * 3_600_000,
    alarm: (id, why) => desk.alarm(id, why),
  })
  // Built while the rest starts; nobody waits for it but the first who opens the page.
  const page = buildDeskPage()
  page.catch(() => {})
  const desk = createDesk({
    ...environment,
    accounts,
    root,
    publicUrl: config.publicUrl,
    trustProxy: proxiesOf(config).length > 0,
    page: () => page,
    unreviewed,
    log,
    cases: {
      ...handoff,
      queue: async () => (await handoff.queue()).map(withAreaName),
      async find(id) {
        const entry = await handoff.find(id)
        return entry && withAreaName(entry)
      },
    },
    phrases: ({ language, reader }) => Promise.resolve(phrasesFor(language, reader)),
    services: (wish) => Promise.resolve(findServices({ engine, directory }, wish, clock.now())),
    days: () => times.days(clock.now()),
    months: deskMonths({
      counts: () => stores.conversations.counts(),
      grid: gridOf(config, parts.packs),
      clock,
      areaName: (area) => areaName({ engine, directory }, area.split('/')[1] ?? '', clock.now()),
    }),
    directory: parts.deskDirectory,
  })
  desk.routes(server)
  let state: Moment['desk'] = 'none'
  async function look(): Promise<void> {
    const working = (await accounts.list()).filter(({ role, disabled }) => role === 'caseworker' && !disabled)
    state = working.length === 0 ? 'none' : working.some(({ onShift }) => onShift) ? 'open' : 'closed'
  }
  await look()
  await desk.lookAtDirectory()
  const looking = setInterval(() => {
    void look().catch(() => {})
    void desk.lookAtDirectory().catch(() => {})
  }, LOOK_MS)
  looking.unref()
  return {
    handoff,
    now: () => state,
    firstInvite: (address) => desk.firstInvite(address),
    alarm: (id, why) => desk.alarm(id, why),
    async upkeep(believed) {
      try {
        await handoff.sweep(clock.now(), believed)
      } finally {
        await desk.upkeep(believed)
      }
    },
    async stop() {
      clearInterval(looking)
      desk.stop()
      await cases.close()
      await accounts.close()
      await waits.close()
    },
  }
}

/** A shift that begins or ends is known to the flows after so long, and what the command line published to the pages. */
const LOOK_MS = 3_000
