import type { Environment } from '../../../operations/environment.ts'

/**
 * What was asked and is not answered yet: challenges of passkeys, secrets of codes that are being set up. In memory,
 * each answered once, within five minutes, for the purpose that it was made for; bounded, the oldest goes first.
 */
export interface Pending<T> {
  put(purpose: string, value: T): Uint8Array<ArrayBuffer>
  /** Gone afterwards, whatever the answer. */
  take(purpose: string, key: string): T | undefined
  /** The same, and it stays. */
  look(purpose: string, key: string): T | undefined
}

const LIFE_MS = 5 * 60_000
const MOST = 2_000

export function createPending<T>({ clock, random }: Environment): Pending<T> {
  const held = new Map<string, { purpose: string; value: T; until: number }>()
  const look = (purpose: string, key: string) => {
    const found = held.get(key)
    return found?.purpose === purpose && found.until > clock.now() ? found.value : undefined
  }
  return {
    put(purpose, value) {
      const key = random.bytes(32)
      held.set(Buffer.from(key).toString('base64url'), { purpose, value, until: clock.now() + LIFE_MS })
      const [oldest] = held.keys()
      if (held.size > MOST && oldest !== undefined) held.delete(oldest)
      return key
    },
    take(purpose, key) {
      const found = look(purpose, key)
      held.delete(key)
      return found
    },
    look,
  }
}
