/**
 * When to try again: exponential with full jitter, so that many waiting conversations do not come back at once, capped,
 * and not before the platform's own word. Undefined once the message is a day old: then it would only do harm.
 */
const FIRST_MS = 1_000
const CAP_MS = 10 * 60_000
/** Attempts that take about a day at the cap. */
const MOST_ATTEMPTS = 150

export function nextTryMs(attempts: number, share: number, platformMs = 0): number | undefined {
  if (attempts >= MOST_ATTEMPTS) return undefined
  const ceiling = Math.min(CAP_MS, FIRST_MS * 2 ** Math.min(attempts, 20))
  return Math.max(platformMs, Math.round(ceiling * share), 200)
}
