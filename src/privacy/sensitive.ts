import { inspect } from 'node:util'

/**
 * A value that must never be printed: an address, a text, a platform's message id, a key. Wherever it lands (a log line,
 * an error, JSON, a template string) it shows a mark instead of itself. Only sealing, rendering and sending may call
 * `reveal()`; tests/privacy/sensitive.test.ts lists the callers.
 */
export class Sensitive<T> {
  readonly #value: T

  constructor(value: T) {
    this.#value = value
  }

  reveal(): T {
    return this.#value
  }

  toString(): string {
    return MARK
  }

  toJSON(): string {
    return MARK
  }

  [inspect.custom](): string {
    return MARK
  }

  get [Symbol.toStringTag](): string {
    return 'Sensitive'
  }
}

const MARK = '[withheld]'

export function sensitive<T>(value: T): Sensitive<T> {
  return new Sensitive(value)
}
