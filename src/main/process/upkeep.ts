import type { Config } from '../../config.ts'
import { weekOf } from '../../conversation/effects.ts'
import type { Log } from '../../operations/log.ts'
import { KEPT_FOR } from '../../privacy/kept-for.ts'
import { createRetention } from '../../privacy/retention.ts'
import { createSharedOrphans } from '../../privacy/shared-orphans.ts'
import { createSweepClock } from '../../privacy/sweep-clock.ts'
import { renewKeys } from '../../privacy/vault/key-upkeep.ts'
import { monthOf } from '../../statistics/months.ts'
import type { Turns } from '../../turns/turns.ts'
import { sweepUnserved } from '../desk/case-files.ts'
import type { CaseHouse } from '../desk/serve-cases.ts'
import type { ServedEditions } from '../publishing.ts'
import type { Stores } from '../stores/stores.ts'
import { rotateIfAsked } from './asked-rotation.ts'
import type { Timers } from './timers.ts'

/**
 * What is done again and again while the service runs: it erases what nobody comes back to, drops what was kept for long
 * enough, renews keys, and takes up what was published. Of all processes that share the stores, one does what erases and
 * renews.
 */
export interface UpkeepParts {
  config: Config
  stores: Stores
  owned: Parameters<typeof createSharedOrphans>[0]
  editions: Pick<ServedEditions, 'look'>
  cases: Pick<CaseHouse, 'upkeep'> | undefined
  eraseIdle: Turns['eraseIdle']
  compactLater(): void
  every: Timers
  log: Log
}

const SWEEP_MS = KEPT_FOR.conversation.sweptEveryMs
const ASKED_MS = 1_000
const CASES_MS = 60_000
const ORPHANS_MS = 3_600_000

export async function startUpkeep(parts: UpkeepParts): Promise<void> {
  const { config, stores, owned, editions, cases, every, log } = parts
  const { vault, conversations, clock } = stores
  const alone = (everyMs: number, duty: string, task: () => Promise<void>) => async () => {
    if (await stores.isMine(duty, 2 * everyMs)) await task()
  }
  const told = (event: 'sweep.erased' | 'sweep.orphans', count: number) => {
    if (count > 0) log.event(event, { count })
  }

  const sweep = await createRetention(
    { ...parts, conversations, idleMs: config.idleHours * 3_600_000 },
    SWEEP_MS,
  )
  const sweeping = async () => {
    const count = await sweep(clock.now())
    await conversations.pruneCounts({
      week: weekOf(clock.now() - KEPT_FOR.counter.ms),
      month: monthOf(clock.now() - KEPT_FOR.statistic.ms),
    })
    told('sweep.erased', count)
  }
  every.run(SWEEP_MS, alone(SWEEP_MS, 'sweep', sweeping))

  every.run(ASKED_MS, () => editions.look())
  every.runNow(
    SWEEP_MS,
    alone(SWEEP_MS, 'keys', () => renewKeys({ vault, conversations }, clock.now())),
  )
  if (stores.shared) {
    const look = createSharedOrphans(owned)
    const removing = async () => told('sweep.orphans', await look())
    every.run(ORPHANS_MS, alone(ORPHANS_MS, 'orphans', removing))
  } else every.run(ASKED_MS, () => rotateIfAsked(config.vaultDir, { vault, clock }))

  const caseMs = config.caseDays * 24 * 3_600_000
  const unservedClock = createSweepClock(await conversations.lastTouched(), SWEEP_MS)
  const unserved = async () => {
    const before = unservedClock.at(clock.now()) - caseMs
    told('sweep.erased', await sweepUnserved(config, stores.casesThere, vault, before))
  }
  every.run(SWEEP_MS, alone(SWEEP_MS, 'unserved', unserved))

  const caseClock = createSweepClock(await conversations.lastTouched(), CASES_MS)
  if (cases !== undefined) {
    const upkeep = () => cases.upkeep(caseClock.at(clock.now()))
    every.run(CASES_MS, alone(CASES_MS, 'cases', upkeep))
  }
}
