import { createHmac } from 'node:crypto'
import type { Clock, Random } from '../../operations/environment.ts'
import { open, seal } from '../../privacy/sealing/seal.ts'
import type { Vault } from '../../privacy/vault/vault.ts'
import type { CaseId, Cases } from '../../storage/cases.ts'
import type { CaseRecord } from '../case-record.ts'
import type { CaseLink, CasePerson } from '../handoff.ts'
import { type Line, lineOf } from './line.ts'

/**
 * What has yet to be deleted at Chatwoot of cases whose own key is gone: two numbers of Chatwoot's and two salted hashes,
 * sealed under a key of their own, in a row beside the cases. It goes when Chatwoot has nothing left. Without it, a
 * process that ends between the two deletions would not know any more what to ask for; without the hashes, a wipe that
 * she asks for again would find nothing of hers and be called done too early.
 */
export interface Remains {
  /** Durable; of a case that is in Chatwoot, or may be. */
  keep(id: CaseId, record: CaseRecord): Promise<void>
  load(id: CaseId): Promise<Kept | undefined>
  drop(id: CaseId): Promise<void>
  /** Cleans what that left in files; tried again until no reader is in the way. */
  clean(): Promise<void>
  /** Cases whose remains are still there. */
  all(): Promise<CaseId[]>
  /** Of these, the ones of this person. */
  of(person: CasePerson): Promise<CaseId[]>
}
export type Kept = Pick<Line, 'contact' | 'conversation'>
interface Sealed extends Kept {
  salt: string
  /** Her conversation and her address. */
  whose: readonly string[]
}

interface Parts {
  cases: Pick<Cases, 'load' | 'keyIds' | 'commit' | 'erase' | 'compact'>
  vault: Pick<Vault, 'create' | 'open' | 'destroy'>
  clock: Clock
  random: Random
}

const PREFIX = 'gone/'
const TYPE = 'chatwoot'
const LAST_RANK = 9

const rowOf = (id: CaseId) => `${PREFIX}${id}` as CaseId
/** Such a row is no case: whoever goes through the cases leaves it out. */
export const isRemains = (row: string) => row.startsWith(PREFIX)

export function createRemains({ cases, vault, clock, random }: Parts): Remains {
  let unclean = false

  async function all(): Promise<CaseId[]> {
    const found: CaseId[] = []
    for await (const { id } of cases.keyIds())
      if (isRemains(id)) found.push(id.slice(PREFIX.length) as CaseId)
    return found
  }

  /** `{}`: unreadable, but there; what the search finds is deleted all the same. */
  async function load(id: CaseId): Promise<Partial<Sealed> | undefined> {
    const row = await cases.load(rowOf(id))
    if (row === undefined) return undefined
    const key = await vault.open(row.keyId)
    const opened = key && open(key, { type: TYPE, id: row.id, revision: 1 }, row.sealed)
    return opened?.kind === 'opened' ? (JSON.parse(Buffer.from(opened.plaintext).toString()) as Sealed) : {}
  }

  return {
    async keep(id, record) {
      const row = rowOf(id)
      if ((await cases.load(row)) !== undefined) return
      const salt = Buffer.from(random.bytes(16)).toString('base64url')
      const key = await vault.create()
      const bytes = Buffer.from(JSON.stringify(sealedOf(record, salt)))
      const sealed = seal(key, { type: TYPE, id: row, revision: 1 }, bytes)
      if (sealed.kind === 'spent') throw new Error('a new key was spent')
      await cases.commit({
        id: row,
        expected: 0,
        keyId: key.id,
        state: 'withdrawn',
        holder: undefined,
        offeredTo: undefined,
        rank: LAST_RANK,
        at: clock.now(),
        sealed: sealed.bytes,
        entries: [],
      })
    },
    load,
    async drop(id) {
      const row = await cases.load(rowOf(id))
      if (row === undefined) return
      await vault.destroy(row.keyId)
      unclean = true
      await cases.erase(row.id)
    },
    async clean() {
      if (unclean) unclean = !(await cases.compact().catch(() => false))
    },
    all,
    async of({ conversations, from }) {
      const hers: CaseId[] = []
      for (const id of await all()) {
        const { salt, whose = [] } = (await load(id)) ?? {}
        if (salt === undefined) continue
        const names = [
          ...conversations,
          ...(from === undefined
            ? []
            : [addressIn({ channel: from.channel, address: from.address.reveal() })]),
        ].map((name) => hashed(salt, name))
        if (names.some((name) => whose.includes(name))) hers.push(id)
      }
      return hers
    },
  }
}

function sealedOf(record: CaseRecord, salt: string): Sealed {
  const { contact, conversation } = lineOf(record)
  const { link } = record
  return {
    ...(contact === undefined ? {} : { contact }),
    ...(conversation === undefined ? {} : { conversation }),
    salt,
    whose: [hashed(salt, link.conversation), hashed(salt, addressIn(link))],
  }
}

const addressIn = ({ channel, address }: Pick<CaseLink, 'channel' | 'address'>) => `${channel}/${address}`
const hashed = (salt: string, name: string) => createHmac('sha256', salt).update(name).digest('base64url')
