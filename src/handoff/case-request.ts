import { z } from 'zod'
import { NEEDS } from '../../flows/context.ts'
import type { CaseRequest } from '../conversation/conversation.ts'

/**
 * Consent as a validation on the record: what she agreed to share is exactly these fields, so a request that lacks
 * language, need or urgency, or that carries anything else (an address, a name, a text), is refused as a whole. Ids
 * and tags have closed forms, so that no sentence fits into them.
 */
const secret = z.strictObject({
  salt: z.string().regex(/^[\w-]{22}$/u),
  hash: z.string().regex(/^[\w-]{43}$/u),
})

const caseRequest = z.strictObject({
  language: z.string().regex(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}$/u),
  area: z.string().regex(/^[A-Z0-9]{0,12}$/u),
  need: z.enum(NEEDS),
  urgency: z.enum(['now', 'within72h', 'within120h', 'young', 'usual']),
  young: z.boolean(),
  aidConduct: z.boolean(),
  nudge: z.boolean(),
  checkPhrase: z.union([secret, z.null()]),
})

/** undefined when consent does not cover it. */
export function consented(request: unknown): CaseRequest | undefined {
  const read = caseRequest.safeParse(request)
  return read.success ? read.data : undefined
}

const RANKS = { now: 0, within72h: 1, within120h: 2, young: 3, usual: 4 } as const

/** Place in the queue, 0 first. A young person's case is never behind the usual ones. */
export function rankOf({ urgency, young }: Pick<CaseRequest, 'urgency' | 'young'>): number {
  return young ? Math.min(RANKS[urgency], RANKS.young) : RANKS[urgency]
}
