import type { KeyId } from '../../privacy/vault/vault.ts'
import type { ChatSide } from '../../handoff/handoff.ts'
import type { Moment } from '../../conversation/engine.ts'
import type { Instant } from '../../operations/environment.ts'
import type { Counting } from '../../operations/metrics.ts'
import type { ChatwootHouseParts } from './serve-chatwoot.ts'
import type { DeskHouse, DeskHouseParts } from './serve-desk.ts'

/**
 * Where cases are answered: at the own desk, in Chatwoot, or nowhere. With both, new ones go to Chatwoot, and what began
 * at the own desk ends there.
 */
export interface CaseHouse {
  chatSide: ChatSide
  /** What the flows are told: whether somebody answers now, as far as shifts say it; a pack's hours come on top. */
  now(): Moment['desk']
  firstInvite(address: string): Promise<string | undefined>
  keyIds(): AsyncIterable<KeyId>
  sweepOrphans(): Promise<number>
  /** After `sweepOrphans`. */
  start(): Promise<void>
  /** Every minute. `believed`: the time for what erases; alarms go by the clock. */
  upkeep(believed: Instant): Promise<void>
  stop(): Promise<void>
}

export type CaseHouseParts = DeskHouseParts & { metrics: Counting }

/** undefined: nobody answers here. */
export async function serveCases(parts: CaseHouseParts): Promise<CaseHouse | undefined> {
  const { config, environment } = parts
  const desk = config.desk ? await (await import('./serve-desk.ts')).serveDeskHouse(parts) : undefined
  if (config.chatwoot === undefined) return desk === undefined ? undefined : deskAlone(desk)
  const given: ChatwootHouseParts = { ...parts, settings: config.chatwoot }
  const { serveChatwootHouse } = await import('./serve-chatwoot.ts')
  const house = serveChatwootHouse(desk === undefined ? given : { ...given, alarm: desk.alarm })
  const { chatwoot } = house
  return {
    chatSide: desk === undefined ? chatwoot : newOnesFirst(chatwoot, desk.handoff),
    // Chatwoot's agents have no shift that we know of.
    now: () => 'open',
    firstInvite: async (address) => desk?.firstInvite(address),
    async *keyIds() {
      yield* chatwoot.keyIds()
      if (desk !== undefined) yield* desk.handoff.keyIds()
    },
    sweepOrphans: async () => (await chatwoot.sweepOrphans()) + ((await desk?.handoff.sweepOrphans()) ?? 0),
    start: () => chatwoot.start(),
    async upkeep(believed) {
      await desk?.upkeep(believed)
      await chatwoot.sweep(environment.clock.now(), believed)
    },
    async stop() {
      await house.stop()
      await desk?.stop()
    },
  }
}

function deskAlone(desk: DeskHouse): CaseHouse {
  const { handoff, now, firstInvite, upkeep, stop } = desk
  return {
    chatSide: handoff,
    now,
    firstInvite,
    keyIds: () => handoff.keyIds(),
    sweepOrphans: () => handoff.sweepOrphans(),
    start: () => Promise.resolve(),
    upkeep,
    stop,
  }
}

type Known = ChatSide & { knows(id: string): Promise<boolean> }

/** Cases open in `first`; what `first` does not know is `second`'s. */
function newOnesFirst(first: Known, second: ChatSide): ChatSide {
  const sideOf = async (id: string): Promise<ChatSide> => ((await first.knows(id)) ? first : second)
  return {
    opened: (item) => first.opened(item),
    personWrote: async (item) => (await sideOf(item.case)).personWrote(item),
    presence: async (item) => (await sideOf(item.case)).presence(item),
    delivered: async (item) => (await sideOf(item.case)).delivered(item),
    async withdraw(id, key) {
      if (!(await first.knows(id))) await second.withdraw(id, key)
      // What is late would open it there.
      await first.withdraw(id, key)
    },
    async withdrawAll(person) {
      // Ours first: nothing but our own disk can keep that from being sure.
      await second.withdrawAll(person)
      await first.withdrawAll(person)
    },
  }
}
