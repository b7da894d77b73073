import { type Context, emptyContext } from '../../../flows/context.ts'
import type { Conversation } from '../../conversation/conversation.ts'

/**
 * A conversation as it is sealed: without what is still as it was in the beginning. Most of a context is, and the record
 * of an ordinary conversation then fits into the smallest size that records are padded to (`privacy/sealing/padding.ts`).
 */
export type Slim = Omit<Conversation, 'context'> & {
  context: Partial<Context> & Pick<Context, 'look' | 'language'>
}

export function slimmed({ context, ...rest }: Conversation): Slim {
  const base = emptyContext(context.look, context.language)
  const slim: Slim['context'] = { look: context.look, language: context.language }
  for (const [field, value] of Object.entries(context))
    if (!isSame(base[field as keyof Context], value)) Object.assign(slim, { [field]: value })
  return { ...rest, context: slim }
}

/** Also one that was sealed whole. */
export function filled({ context, ...rest }: Slim): Conversation {
  return { ...rest, context: { ...emptyContext(context.look, context.language), ...context } }
}

function isSame(first: unknown, value: unknown): boolean {
  return (
    value === first ||
    (Array.isArray(value) && Array.isArray(first) && value.length === 0 && first.length === 0)
  )
}
