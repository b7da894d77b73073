import type { Format } from './foreign.ts'

/** Every foreign format that an import reads, the most particular first. */
export const FORMATS: readonly Format[] = []
