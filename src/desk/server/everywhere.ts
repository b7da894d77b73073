import { z } from 'zod'
import type { Random } from '../../operations/environment.ts'
import { type Log, shapeOf } from '../../operations/log.ts'
import type { Accounts } from '../../storage/accounts.ts'
import type { AccountId, CaseId } from '../../storage/cases.ts'
import { type DeskEvent, ROLES } from '../wire.ts'
import type { Audience, Events } from './events.ts'

/**
 * What has to be heard at every open page, whichever process holds its line: here at once, and in the others through the
 * store that they share. On the way there are kinds, numbers and ids, and no name: who hears it looks that up. A process
 * of another version drops what it does not know.
 */
export interface Everywhere {
  tell(event: DeskEvent, to: Audience): void
  /** Sessions of this account ended. `secret`: only that one; other processes look for themselves which. */
  ended(account: AccountId, secret?: Uint8Array): void
  /** The others tell it to whoever has the case from them. */
  withdrawn(id: CaseId): void
}

export interface EverywhereParts {
  accounts: Pick<Accounts, 'tellOthers' | 'hearOthers'>
  events: Pick<Events, 'tell' | 'ended' | 'look'>
  random: Random
  log: Log
  /** '?' for one that is unknown. */
  nameOf(account: AccountId): Promise<string>
  /** Another process withdrew it. */
  withdrawn(id: CaseId): void
}

const id = z
  .string()
  .regex(/^\d{8}$/u)
  .transform((text) => text as CaseId)
const account = z
  .string()
  .regex(/^[\w-]{22}$/u)
  .transform((text) => text as AccountId)
const why = z.enum(['unanswered', 'released'])
const event = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('queue') }),
  z.strictObject({ kind: z.literal('alarm'), id, why }),
  z.strictObject({ kind: z.enum(['lost', 'withdrawn']), id }),
  z.strictObject({ kind: z.literal('glass'), id, by: account, until: z.number().int() }),
  z.strictObject({ kind: z.literal('tripwire'), id: account }),
])
const audience = z.strictObject({
  roles: z.array(z.enum(ROLES)).optional(),
  accounts: z.array(account).optional(),
})
const from = z.string()
const message = z.union([
  z.strictObject({ from, event, to: audience }),
  z.strictObject({ from, ended: account }),
  z.strictObject({ from, withdrawn: id }),
])

export function createEverywhere(parts: EverywhereParts): Everywhere {
  const { accounts, events, random, log } = parts
  const me = Buffer.from(random.bytes(16)).toString('base64url')

  function publish(said: object): void {
    const failed = (error: unknown) => log.event('desk.failed', { error: shapeOf(error) })
    accounts.tellOthers?.(JSON.stringify({ from: me, ...said })).catch(failed)
  }

  async function named(heard: z.output<typeof event>): Promise<DeskEvent> {
    if (heard.kind === 'glass') return { ...heard, name: await parts.nameOf(heard.by) }
    if (heard.kind === 'tripwire') return { ...heard, name: await parts.nameOf(heard.id) }
    return heard
  }

  async function hear(text: string): Promise<void> {
    const { data: heard } = message.safeParse(JSON.parse(text))
    if (heard === undefined || heard.from === me) return
    if ('withdrawn' in heard) parts.withdrawn(heard.withdrawn)
    else if ('ended' in heard) events.look(heard.ended)
    else events.tell(await named(heard.event), audienceIn(heard.to))
  }

  // In the order in which they came, though names are looked up.
  let hearing = Promise.resolve()
  accounts.hearOthers?.((text) => {
    hearing = hearing
      .then(() => hear(text))
      .catch((error: unknown) => log.event('desk.failed', { error: shapeOf(error) }))
  })

  return {
    tell(said, to) {
      events.tell(said, to)
      publish({ event: withoutName(said), to: { ...to, ...(to.accounts && { accounts: [...to.accounts] }) } })
    },
    ended(whose, secret) {
      events.ended(whose, secret)
      publish({ ended: whose })
    },
    withdrawn: (gone) => publish({ withdrawn: gone }),
  }
}

function withoutName(said: DeskEvent): object {
  if (said.kind !== 'glass' && said.kind !== 'tripwire') return said
  const { name: _name, ...rest } = said
  return rest
}

function audienceIn({ roles, accounts }: z.output<typeof audience>): Audience {
  return {
    ...(roles === undefined ? {} : { roles }),
    ...(accounts === undefined ? {} : { accounts: new Set<string>(accounts) }),
  }
}
