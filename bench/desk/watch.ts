import type { Entry } from '../../src/handoff/handoff.ts'

/**
 * Who waits for which message to be seen, and everything that was ever seen. A text is written once, so one that shows
 * up under two entries was doubled, and one that a desk sees that does not hold its case is a leak.
 */
export interface Watch {
  /** Resolves to when the text was on a screen. Call it before the message leaves. */
  seen(text: string): Promise<number>
  show(entries: readonly Entry[]): void
}

const LOST_MS = 12_000

export function createWatch(): Watch {
  const waiting = new Map<string, (at: number) => void>()
  const entryOf = new Map<string, string>()
  return {
    seen: (text) =>
      new Promise((resolve, reject) => {
        const lost = setTimeout(
          () => reject(new Error(`"${text}" was on no screen within ${LOST_MS / 1000} s`)),
          LOST_MS,
        )
        waiting.set(text, (at) => {
          clearTimeout(lost)
          resolve(at)
        })
      }),
    show(entries) {
      const at = performance.now()
      for (const entry of entries) {
        if (entry.kind !== 'person') continue
        const known = entryOf.get(entry.text)
        if (known !== undefined && known !== entry.id) throw new Error(`"${entry.text}" came twice`)
        entryOf.set(entry.text, entry.id)
        waiting.get(entry.text)?.(at)
        waiting.delete(entry.text)
      }
    },
  }
}
