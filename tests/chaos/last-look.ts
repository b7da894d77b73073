import { openRedisVault } from '../../src/privacy/vault/redis/redis-vault.ts'
import { pseudonym } from '../../src/privacy/pseudonym.ts'
import { rootKey } from '../../src/privacy/vault/root-key.ts'
import { open } from '../../src/privacy/sealing/seal.ts'
import { sensitive } from '../../src/privacy/sensitive.ts'
import type { KeyId, RotatingVault } from '../../src/privacy/vault/vault.ts'
import type { CaseId } from '../../src/storage/cases.ts'
import type { Stored } from '../../src/storage/conversations.ts'
import { openRedisCases } from '../../src/storage/redis/desk/redis-cases.ts'
import { openRedisConversations } from '../../src/storage/redis/conversations/redis-conversations.ts'
import { openData, openVaultServer } from '../../src/storage/redis/link/server-mark.ts'
import type { History } from './history.ts'
import { nameOf, type Person } from './platforms.ts'

/**
 * What the servers hold, past all processes and lines: what a person had before she erased all, and in the end whether it
 * is gone, which cases wait at the desk, and whether anything still waits to be sent.
 */
export interface LastLook {
  beforeWipe(person: Person): Promise<void>
  /** Whether something is due and was not sent. */
  isWaiting(): Promise<boolean>
  note(history: History, people: { everybody: readonly Person[]; gone: readonly Person[] }): Promise<void>
  close(): Promise<void>
}

interface Had {
  person: Person
  keyId: KeyId
  case: string
}

const TRIES = 200
const AGAIN_MS = 300

export async function openLastLook(urls: {
  data: string
  keys: string
  rootFile: string
}): Promise<LastLook> {
  const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) }
  const root = rootKey(urls.rootFile, random)
  if (root.kind === 'refused') throw new Error(root.problem)
  const link = await openData(urls.data)
  const lent = { ...link, close: () => Promise.resolve() }
  const conversations = openRedisConversations(lent)
  const cases = openRedisCases(lent, 'desk')
  const vault: RotatingVault = await openRedisVault(await openVaultServer(urls.keys), root.key)
  const had: Had[] = []

  const find = (person: Person) =>
    untilItWorks(async () => {
      const [pepper] = await vault.peppers()
      if (pepper === undefined) throw new Error('the vault has no pepper')
      return conversations.load(pseudonym(pepper, person.channel, sensitive(nameOf(person))))
    })

  async function caseOf({ id, keyId, revision, sealed }: Stored): Promise<string> {
    const key = await untilItWorks(() => vault.open(keyId))
    const opened = key && open(key, { type: 'conversation', id, revision }, sealed)
    if (opened?.kind !== 'opened') return ''
    const { context } = JSON.parse(Buffer.from(opened.plaintext).toString()) as { context: { case: string } }
    return context.case
  }

  async function* remains(
    gone: readonly Person[],
  ): AsyncIterable<{ person: Person; what: 'record' | 'key' | 'case' }> {
    for (const { person, keyId, case: named } of had) {
      const now = await find(person)
      const isDone = gone.includes(person)
      if (isDone && now !== undefined) yield { person, what: 'record' }
      if (isDone && (await vault.open(keyId)) !== undefined) yield { person, what: 'key' }
      if (isDone && named !== '' && (await cases.load(named as CaseId))?.state === 'waiting')
        yield { person, what: 'case' }
    }
  }

  return {
    async beforeWipe(person) {
      const stored = await find(person)
      if (stored !== undefined) had.push({ person, keyId: stored.keyId, case: await caseOf(stored) })
    },
    async isWaiting() {
      const due = await untilItWorks(() => conversations.nextDue())
      return due !== undefined && due <= Date.now()
    },
    async note(history, { everybody, gone }) {
      for await (const { person, what } of remains(gone))
        history.note({ kind: 'remains', person: person.name, what })
      const named = new Map<string, string>()
      const seen = new Set<string>()
      for (const person of everybody) {
        const stored = await find(person)
        if (stored !== undefined) seen.add(person.channel)
        const number = stored === undefined ? '' : await caseOf(stored)
        if (number !== '') named.set(number, person.name)
      }
      if (everybody.some(({ channel }) => !seen.has(channel))) throw new Error('the last look is blind')
      for (const { id } of await cases.open(10_000)) {
        const person = named.get(id)
        history.note(
          person === undefined ? { kind: 'strayCase', case: id } : { kind: 'case', person, case: id },
        )
      }
    },
    async close() {
      await conversations.close()
      await cases.close()
      await vault.close()
      await link.close()
    },
  }
}

/** The servers may be away at this moment. */
async function untilItWorks<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1)
    try {
      return await work()
    } catch (error) {
      if (attempt === TRIES) throw error
      await new Promise((resolve) => void setTimeout(resolve, AGAIN_MS))
    }
}
