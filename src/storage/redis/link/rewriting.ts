import type { RedisLink } from './link.ts'

/**
 * What was deleted stands in the server's log of writes until that is written anew. Asked for any number of times, it is
 * written anew once, some seconds later; a server that is busy with it already is asked again after that.
 */
export interface Rewriting {
  soon(): void
  close(): void
}

const AGAIN_MS = 5_000

export function rewriting(link: RedisLink, afterMs: number): Rewriting {
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  function later(ms: number): void {
    if (isClosed) return
    timer ??= setTimeout(() => {
      timer = undefined
      void link.everywhere(['BGREWRITEAOF']).catch(() => later(AGAIN_MS))
    }, ms).unref()
  }

  return {
    soon: () => later(afterMs),
    close() {
      isClosed = true
      clearTimeout(timer)
    },
  }
}
