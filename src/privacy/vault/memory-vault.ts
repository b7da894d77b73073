import { randomBytes } from 'node:crypto'
import type { Departure } from '../departure.ts'
import type { Epoch, Key, KeyId, RotatingVault } from './vault.ts'
import { freshKey } from './wrap.ts'

/**
 * A vault that keeps its keys in memory only, with real random keys: for `lantern talk`, the bench and tests. What was
 * in it is gone with the process.
 */
export function memoryVault(): RotatingVault {
  const keys = new Map<KeyId, Key>()
  const departures = new Map<string, Departure>()
  let peppers = [freshKey()]
  const kek: Epoch = { epoch: 1, madeAt: 0 }
  let pepper: Epoch = { epoch: 1, madeAt: 0 }
  return {
    async create() {
      const key: Key = { id: randomBytes(16).toString('base64url') as KeyId, secret: freshKey() }
      keys.set(key.id, key)
      return key
    },
    open: async (id) => keys.get(id),
    async destroy(id, departure) {
      keys.delete(id)
      if (departure !== undefined) departures.set(departure.token.toString('hex'), departure)
    },
    async depart(departure) {
      departures.set(departure.token.toString('hex'), departure)
    },
    async departure(token, now) {
      const found = departures.get(token.toString('hex'))
      return found !== undefined && found.until > now ? found : undefined
    },
    async dropDepartures(now) {
      for (const [token, { until }] of departures) if (until <= now) departures.delete(token)
    },
    async rotate() {},
    async rotatePepper({ at = 0 } = {}) {
      peppers = [freshKey(), ...peppers.slice(0, 1)]
      pepper = { epoch: pepper.epoch + 1, madeAt: at }
    },
    async dropOlderPeppers() {
      peppers = peppers.slice(0, 1)
    },
    epochs: async () => ({ kek, pepper }),
    peppers: async () => peppers,
    async *ids() {
      yield* keys.keys()
    },
    async close() {
      keys.clear()
      departures.clear()
    },
  }
}
