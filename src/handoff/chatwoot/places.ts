import type { CaseId, Cases } from '../../storage/cases.ts'
import type { CaseBook } from '../case-book.ts'
import { lineOf } from './line.ts'
import { isRemains } from './remains.ts'

/** Which case stands in which conversation of Chatwoot's: in memory, because on the disk it is sealed with the case. */
export interface Places {
  put(conversation: number, id: CaseId): void
  find(conversation: number): CaseId | undefined
  drop(id: CaseId): void
  /** Every case that is known here; reads those of an earlier process. */
  load(): Promise<CaseId[]>
}

export function createPlaces(cases: Pick<Cases, 'keyIds'>, book: CaseBook): Places {
  const held = new Map<number, CaseId>()
  return {
    put: (conversation, id) => void held.set(conversation, id),
    find: (conversation) => held.get(conversation),
    drop(id) {
      for (const [conversation, one] of held) if (one === id) held.delete(conversation)
    },
    async load() {
      const all: CaseId[] = []
      for await (const { id } of cases.keyIds()) if (!isRemains(id)) all.push(id)
      for (const id of all) {
        const found = await book.read(id).catch(() => undefined)
        const conversation = found === undefined ? undefined : lineOf(found.record).conversation
        if (conversation !== undefined) held.set(conversation, id)
      }
      return all
    },
  }
}
