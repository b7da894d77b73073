/**
 * Time, randomness and identifiers come in through these three, so that a test owns them. Only the composition root
 * and the command line make the real ones.
 */

/** Milliseconds since 1970. */
export type Instant = number

export interface Clock {
  now(): Instant
}

export interface Random {
  /** Cryptographically strong bytes. */
  bytes(length: number): Uint8Array<ArrayBuffer>
}

export interface Environment {
  clock: Clock
  random: Random
}
