import type { Log } from '../../operations/log.ts'
import type { KeyId } from '../../privacy/vault/vault.ts'
import type { CaseId, Cases } from '../../storage/cases.ts'
import { createChains } from '../../turns/chain.ts'
import type { CaseBook } from '../case-book.ts'
import type { CasePerson } from '../handoff.ts'
import type { ChatwootApi } from './chatwoot-api.ts'
import type { Answer } from './http.ts'
import { hasLine, lineOf } from './line.ts'
import type { Relaying } from './relaying.ts'
import type { Kept, Remains } from './remains.ts'
import { ChatwootNotReached } from './trouble.ts'

/**
 * Takes a case back: its own key first, so that nothing of it can be read here whatever becomes of Chatwoot; then its
 * conversations and its contact there. It is done only when Chatwoot itself says that they are gone, since it deletes
 * conversations after it answered (services/conversations/delete_service.rb), and when the account proved to be ours:
 * for a wrong one everything is "not found".
 */
export interface Erasing {
  /** Rejects when it is not certain. Idempotent; it waits for no turn. */
  withdraw(id: CaseId, key?: KeyId): Promise<void>
  /** Every case of one person, and what is left of those that were withdrawn before: all keys first, then Chatwoot. */
  withdrawAll(person: CasePerson): Promise<void>
  /** What could not be deleted is tried again. */
  again(): Promise<void>
}

interface Parts {
  cases: Pick<Cases, 'load'>
  log: Log
  pause(ms: number): Promise<void>
  /** Nothing that comes from Chatwoot finds this case any more. */
  displaced(id: CaseId): void
}

/** How often Chatwoot is asked whether it has deleted by now, and how long is waited between. */
const LOOKS = 6
const PAUSE_MS = 500

export function createErasing(
  { cases, log, pause, displaced }: Parts,
  book: CaseBook,
  api: ChatwootApi,
  relaying: Relaying,
  remains: Remains,
): Erasing {
  const chains = createChains()
  /** Where the disk would not take the remains. */
  const unkept = new Map<CaseId, Kept>()

  async function forget(id: CaseId, key: KeyId | undefined): Promise<void> {
    const found = await book.read(id).catch(() => undefined)
    if (found !== undefined && hasLine(found.record)) {
      const { record } = found
      await remains.keep(id, record).catch(() => unkept.set(id, lineOf(record)))
    }
    await book.withdraw(id, key)
  }

  async function eraseInTurn(id: CaseId): Promise<void> {
    const kept = (await remains.load(id)) ?? unkept.get(id)
    if (kept === undefined) return
    await eraseThere(id, kept)
    await remains.drop(id)
    await remains.clean()
    unkept.delete(id)
  }

  async function eraseThere(id: CaseId, { contact, conversation }: Kept): Promise<void> {
    if (conversation !== undefined) deleted(await api.deleteConversation(conversation))
    const found = asked(await api.find(id))
    // The number may be another person's by now; then only what we know to be hers is deleted.
    const others = (await cases.load(id)) === undefined ? found : []
    const contacts = new Set([...(contact === undefined ? [] : [contact]), ...others])
    for (const one of contacts) await eraseContact(one)
    if (conversation !== undefined) await untilGone(() => api.conversation(conversation))
    for (const one of contacts) await untilGone(() => api.contact(one))
  }

  /** Its conversations first: those that a contact leaves behind are deleted some time later, and cannot be named then. */
  async function eraseContact(contact: number): Promise<void> {
    const conversations = await api.conversationsWith(contact)
    if (!conversations.ok && conversations.trouble === 'gone') return
    for (const one of asked(conversations)) {
      deleted(await api.deleteConversation(one))
      await untilGone(() => api.conversation(one))
    }
    deleted(await api.deleteContact(contact))
  }

  async function untilGone(look: () => Promise<Answer<unknown>>): Promise<void> {
    for (let looks = 1; ; looks += 1) {
      const answer = await look()
      if (!answer.ok && answer.trouble === 'gone') return
      asked(answer)
      if (looks === LOOKS) throw new ChatwootNotReached('unreachable')
      await pause(PAUSE_MS)
    }
  }

  async function erase(id: CaseId): Promise<void> {
    try {
      await chains.run(id, () => eraseInTurn(id))
    } catch (error) {
      log.event('chatwoot.wipeWaiting')
      throw error
    }
  }

  async function withdrawEach(ids: readonly CaseId[], key?: KeyId): Promise<void> {
    for (const id of ids) displaced(id)
    const outcomes = [
      ...(await Promise.allSettled(ids.map((id) => relaying.leave(id, () => forget(id, key))))),
      ...(await Promise.allSettled(ids.map((id) => erase(id)))),
    ]
    const failed = outcomes.find((one) => one.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }

  return {
    withdraw: (id, key) => withdrawEach([id], key),
    async withdrawAll(person) {
      const { conversations, from, case: named } = person
      const hers = await book.where(
        ({ link }) =>
          conversations.includes(link.conversation) ||
          (link.channel === from?.channel && link.address === from.address.reveal()),
      )
      const all = [...hers, ...(await remains.of(person)), ...(named === '' ? [] : [named as CaseId])]
      await withdrawEach(Array.from(new Set(all)), person.key)
    },
    async again() {
      for (const id of await remains.all()) await erase(id).catch(() => {})
      for (const id of Array.from(unkept.keys())) await erase(id).catch(() => {})
      await remains.clean()
    },
  }
}

function asked<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new ChatwootNotReached(answer.trouble)
  return answer.value
}

function deleted(answer: Answer<unknown>): void {
  if (!answer.ok && answer.trouble !== 'gone') throw new ChatwootNotReached(answer.trouble)
}
