import type { Clock, Instant } from '../../operations/environment.ts'
import type { CaseId, Cases, EntryId } from '../../storage/cases.ts'
import type { CaseBook } from '../case-book.ts'
import type { Delivering } from '../delivering.ts'
import type { Reading } from './reading.ts'
import { CHATWOOT } from './line.ts'
import { isRemains } from './remains.ts'
import type { Relaying } from './relaying.ts'
import { entryIdAbout } from './replies.ts'

/**
 * Brings one case, or all open ones, to the same state here and at Chatwoot, whatever got lost between: webhooks that
 * came while we were away, and messages that were written here while Chatwoot was. Also takes closed cases back when
 * their days are over, there as well as here.
 */
export interface CatchingUp {
  /** What happened at Chatwoot, into the case and to her. false: it could not be read now. */
  bring(id: CaseId, from?: number): Promise<boolean>
  /** All open cases; stops at the first sign that Chatwoot cannot be reached. Never rejects. */
  all(): Promise<void>
  /** Closed before this, or open and nobody has seen her since. */
  retire(before: Instant): Promise<void>
  /** Tells the agents something about an entry; now, or with the next sweep. */
  note(id: CaseId, about: EntryId, text: string): Promise<void>
}

interface Parts {
  cases: Pick<Cases, 'open' | 'ended'>
  clock: Clock
}
interface Tools {
  book: CaseBook
  delivering: Delivering
  relaying: Relaying
  reading: Reading
  withdraw(id: CaseId): Promise<void>
}

const MOST_OPEN = 500
const AT_ONCE = 100

export function createCatchingUp({ cases, clock }: Parts, tools: Tools): CatchingUp {
  const { book, delivering, relaying, reading, withdraw } = tools

  async function bring(id: CaseId, from?: number): Promise<boolean> {
    const outcome = await reading.read(id, from)
    if (outcome === 'unread') return false
    await delivering.deliver(id)
    // A note that cannot be told now is told with the next sweep.
    if (outcome === 'noted') await relaying.relay(id).catch(() => {})
    return true
  }

  async function isInStep(id: CaseId): Promise<boolean> {
    try {
      await relaying.relay(id)
      return await bring(id)
    } catch {
      return false
    }
  }

  return {
    bring,
    async all() {
      let failed = 0
      for (const { id } of await cases.open(MOST_OPEN)) {
        failed = (await isInStep(id)) ? 0 : failed + 1
        // One case may have a fault of its own; several in a row have Chatwoot's.
        if (failed === PATIENCE) return
      }
    },
    async retire(before) {
      const unseen = (await book.openAll(await cases.open(MOST_OPEN)))
        .filter(({ record }) => record.presenceAt < before)
        .map(({ row }) => row.id)
      const ended = (await cases.ended(before, AT_ONCE)).map(({ id }) => id).filter((id) => !isRemains(id))
      for (const id of [...unseen, ...ended]) await withdraw(id).catch(() => {})
    },
    async note(id, about, text) {
      const at = clock.now()
      const entry = { id: entryIdAbout(about), at, body: { kind: 'note' as const, by: CHATWOOT, text } }
      await book.change(id, () => ({ answer: undefined, entries: [entry] }))
      // Not waited for: a turn of hers may wait for whoever called this.
      relaying.relay(id).catch(() => {})
    },
  }
}

const PATIENCE = 3
