import type { Instant } from '../../operations/environment.ts'
import type { Conversations } from '../../storage/conversations.ts'
import { KEPT_FOR } from '../kept-for.ts'
import type { Epoch, RotatingVault } from './vault.ts'

/**
 * Renews the vault's own keys when their time is over: the KEK after a day, the pepper after a week. The pepper before
 * goes as soon as no conversation is known by a name of it, and until then a new one waits, so that nobody who comes
 * back in time is a stranger. A key that was made in what is now the future, by a clock that was wrong, is renewed too.
 * Departures that are over go as well.
 */
export const KEK_MS = KEPT_FOR.kek.ms
export const PEPPER_MS = KEPT_FOR.pepper.ms

export async function renewKeys(
  { vault, conversations }: { vault: RotatingVault; conversations: Pick<Conversations, 'namedBefore'> },
  now: Instant,
): Promise<void> {
  await vault.dropDepartures(now)
  const { kek, pepper } = await vault.epochs()
  if (isOver(kek, KEK_MS, now)) await vault.rotate({ at: now })
  if (await conversations.namedBefore(pepper.epoch)) return
  await vault.dropOlderPeppers()
  if (isOver(pepper, PEPPER_MS, now)) await vault.rotatePepper({ at: now })
}

function isOver({ madeAt }: Epoch, keptMs: number, now: Instant): boolean {
  return madeAt > now || now - madeAt >= keptMs
}
