import { infos } from '../../../storage/redis/link/info.ts'
import type { RedisLink } from '../../../storage/redis/link/link.ts'
import { CLEANED } from './scripts.ts'
import { EPOCHS, type StateReader } from './vault-state.ts'

/**
 * A key that was destroyed stands in the server's log of writes until that is written anew: some process sees to it within
 * a minute, also to what one left that died meanwhile.
 */
export interface LogCleaning {
  close(): void
}

export const CLEAN_MS = 10_000

export function logCleaning(link: RedisLink, state: StateReader, everyMs = CLEAN_MS): LogCleaning {
  /** How far the rewriting that was asked for goes. */
  let asked: number | undefined
  let isLooking = false

  async function look(): Promise<void> {
    const { dirty, clean } = await state.anew()
    if (dirty <= clean) return
    const [info] = await infos(link, 'persistence')
    if (
      info === undefined ||
      info.get('aof_rewrite_in_progress') === '1' ||
      info.get('aof_rewrite_scheduled') === '1'
    )
      return
    if (asked !== undefined && info.get('aof_last_bgrewrite_status') === 'ok')
      await link.run(CLEANED, [EPOCHS], [String(asked)])
    const isDone = asked !== undefined && asked >= dirty
    asked = undefined
    if (isDone) return
    await link.everywhere(['BGREWRITEAOF'])
    asked = dirty
  }

  const timer = setInterval(() => {
    if (isLooking) return
    isLooking = true
    void look()
      // A server that is away is asked again in its turn; what is not clean stays written down there.
      .catch(() => (asked = undefined))
      .finally(() => (isLooking = false))
  }, everyMs)
  timer.unref()
  return { close: () => clearInterval(timer) }
}
