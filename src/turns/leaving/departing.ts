import type { Inbound } from '../../channels/channel.ts'
import type { Clock } from '../../operations/environment.ts'
import { departureOf, departureToken, isFromBefore, isItself, saidBy } from '../../privacy/departure.ts'
import type { Vault } from '../../privacy/vault/vault.ts'
import type { Ids } from '../names.ts'

/** What a person wrote before she erased all, or left unknown, begins nothing when it comes later, in any process. */
export interface Departing {
  /** before: she said it before she departed. itself: by it she erased all. */
  placeOf(inbound: Inbound, ids: Ids): Promise<'before' | 'itself' | 'after'>
  /** Of somebody of whom nothing is kept. */
  note(inbound: Inbound, ids: Ids): Promise<void>
}

export function createDeparting({
  vault,
  clock,
}: {
  vault: Pick<Vault, 'depart' | 'departure'>
  clock: Clock
}): Departing {
  return {
    async placeOf(inbound, ids) {
      for (const id of ids) {
        const departure = await vault.departure(departureToken(id), clock.now())
        if (departure === undefined) continue
        const said = saidBy(id, inbound)
        if (isItself(departure, said)) return 'itself'
        if (isFromBefore(departure, said)) return 'before'
      }
      return 'after'
    },
    note: (inbound, [id]) =>
      vault.depart(departureOf(id, saidBy(id, inbound), { isErased: false, now: clock.now() })),
  }
}
