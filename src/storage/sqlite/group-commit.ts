import type { DatabaseSync } from 'node:sqlite'

/**
 * Everything that is asked for together is written in one transaction with one fsync, and each promise resolves after
 * that fsync. A group is closed at the first turn of the event loop that brings no company, so that a quiet service
 * writes at once and a busy one writes many with one fsync. When a group fails (a full disk, one impossible value) every member is tried again by itself, so
 * that a bad neighbour costs nobody their commit. The work may therefore run twice and must only touch the database.
 */
export interface GroupCommit {
  /** `unhurried`: rides along with the next group, or is written after some milliseconds. */
  run<T>(work: () => T, unhurried?: boolean): Promise<T>
  /** Writes what waits now, synchronously. */
  flush(): void
}

interface Waiting {
  work: () => unknown
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

/** So long does unhurried work wait for company. */
const RIDE_ALONG_MS = 15
/** So many turns of the event loop does the first of a group wait at most while every one of them brings another. */
const MOST_LOOKS = 16

/** beforeRetry: called once between the failure of a group and the single tries, to make room on the disk; may throw. */
export function groupCommit(db: DatabaseSync, beforeRetry: () => void = () => {}): GroupCommit {
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  let waiting: Waiting[] = []
  let isDue = false
  let later: NodeJS.Timeout | undefined

  function transaction(members: readonly Waiting[]): unknown[] {
    begin.run()
    try {
      const values: unknown[] = []
      for (const member of members) values.push(member.work())
      commit.run()
      return values
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  }

  function alone(member: Waiting): void {
    try {
      member.resolve(transaction([member])[0])
    } catch (error) {
      member.reject(error)
    }
  }

  /** Whether it helped shows in the single tries; nobody is there to catch what it throws. */
  function makeRoom(): void {
    try {
      beforeRetry()
    } catch {
      // A disk that can be written no more refuses this too.
    }
  }

  function flush(): void {
    clearTimeout(later)
    later = undefined
    isDue = false
    const members = waiting
    if (members.length === 0) return
    waiting = []
    try {
      const values = transaction(members)
      members.forEach((member, at) => member.resolve(values[at]))
    } catch {
      makeRoom()
      members.forEach(alone)
    }
  }

  /** Nothing is left to look at when somebody asked for the flush meanwhile. */
  function look(before: number, looks: number): void {
    if (waiting.length > before && looks < MOST_LOOKS) setImmediate(look, waiting.length, looks + 1)
    else flush()
  }

  return {
    run: <T>(work: () => T, unhurried = false) =>
      new Promise<T>((resolve, reject) => {
        waiting.push({ work, resolve: resolve as (value: unknown) => void, reject })
        if (isDue) return
        if (unhurried) {
          later ??= setTimeout(flush, RIDE_ALONG_MS)
          return
        }
        isDue = true
        setImmediate(look, 0, 1)
      }),
    flush,
  }
}
