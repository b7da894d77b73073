import { emptyContext, type Context } from '../../flows/context.ts'
import { machine } from '../../flows/machine.ts'
import type { Conversation } from './conversation.ts'
import { COVER, FIRST, HOME, pages } from './pages.ts'

/**
 * Makes a stored conversation fit the flows of today. A page that no longer exists falls back to its flow's first page,
 * then to the menu; who was never told how to leave begins at the beginning. What an older record lacks gets its
 * default, so no record is ever refused.
 */
export function restore(stored: Conversation): { path: string; context: Context } {
  const base = emptyContext(stored.context.look, stored.context.language)
  const context = isOfToday(base, stored.context)
    ? stored.context
    : { ...base, ...known(base, stored.context) }
  return { path: livingPath(stored.state, context), context }
}

export function livingPath(path: string, context: Context): string {
  if (path === COVER || pages.has(path)) return path
  const flow = machine.root.states[path.split('.')[0] ?? '']
  const first = flow?.config.initial
  const opening = `${flow?.key ?? ''}.${typeof first === 'string' ? first : ''}`
  if (context.taught && pages.has(opening)) return opening
  return context.taught ? HOME : FIRST
}

/** Nothing is missing, nothing is left over, nothing is of another kind: the usual case. */
function isOfToday(base: Context, stored: Context): boolean {
  let fields = 0
  for (const field in stored) {
    if (!(field in base) || !fits(base[field as keyof Context], stored[field as keyof Context])) return false
    fields += 1
  }
  return fields === FIELDS.length
}

/** The fields of today, each only when it still has the kind of value that it had. */
function known(base: Context, stored: Partial<Context>): Partial<Context> {
  const fitting: Record<string, unknown> = {}
  for (const field of FIELDS) {
    const value = stored[field]
    if (value !== undefined && fits(base[field], value)) fitting[field] = value
  }
  return fitting
}

const FIELDS = Object.keys(emptyContext('whatsapp', '')) as (keyof Context)[]

function fits(model: unknown, value: unknown): boolean {
  if (model === null) return typeof value === 'object'
  return Array.isArray(model) ? Array.isArray(value) : typeof value === typeof model
}
