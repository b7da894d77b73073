import { bytesOf, type RedisLink } from '../../../storage/redis/link/link.ts'
import type { Departure } from '../../departure.ts'
import { KEPT_FOR } from '../../kept-for.ts'
import type { RotatingVault } from '../vault.ts'
import { DEPART, DEPARTED } from './scripts.ts'
import { EPOCHS } from './vault-state.ts'

/** Who departed lately, each under a key that the server forgets by itself. */
export interface Departures {
  methods: Pick<RotatingVault, 'depart' | 'departure' | 'dropDepartures'>
  /** What a script takes of one. */
  wordsOf(departure: Departure): (string | Buffer)[]
}

export function departuresOn(
  link: RedisLink,
  {
    open,
    synced,
    keptMs = KEPT_FOR.departure.ms,
  }: { open(): void; synced(): Promise<void>; keptMs?: number | undefined },
): Departures {
  /** How long it is kept goes by the server's clock, which may differ from that of `until`. */
  const wordsOf = (departure: Departure) => [
    bytesOfDeparture(departure),
    String(keptMs),
    String(departure.until),
  ]

  return {
    wordsOf,
    methods: {
      async depart(departure) {
        open()
        await link.run(DEPART, [EPOCHS, departureKey(departure.token)], wordsOf(departure))
        await synced()
      },
      async departure(token, now) {
        open()
        const key = departureKey(token)
        const found = await link.at(key, ['GET', key])
        const departure = found === null ? undefined : departureIn(token, bytesOf(found))
        return departure !== undefined && departure.until > now ? departure : undefined
      },
      async dropDepartures(now) {
        open()
        // They expire by themselves; the server's log of writes does not.
        await link.run(DEPARTED, [EPOCHS], [String(now)])
      },
    },
  }
}

/** Event 16, at 6, until 6, 1 where all is erased. */
const DEPARTURE = 29

export const departureKey = (token: Uint8Array) => Buffer.concat([Buffer.from('{vault}d'), token])

function bytesOfDeparture({ event, at, until, isErased }: Departure): Buffer {
  const bytes = Buffer.alloc(DEPARTURE)
  bytes.set(event)
  bytes.writeUIntBE(at, 16, 6)
  bytes.writeUIntBE(until, 22, 6)
  bytes[28] = isErased ? 1 : 0
  return bytes
}

function departureIn(token: Buffer, bytes: Buffer): Departure | undefined {
  if (bytes.length !== DEPARTURE) return undefined
  return {
    token,
    event: bytes.subarray(0, 16),
    at: bytes.readUIntBE(16, 6),
    until: bytes.readUIntBE(22, 6),
    isErased: bytes[28] === 1,
  }
}
