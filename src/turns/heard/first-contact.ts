import type { Look } from '../../../flows/context.ts'
import type { Happening } from '../../../flows/events.ts'
import type { InboundContent } from '../../channels/channel.ts'
import type { Conversation } from '../../conversation/conversation.ts'
import type { Engine, Moment } from '../../conversation/engine.ts'

/**
 * What the first message of a person does of whom no conversation is kept. Leaving and erasing make no record; behind a
 * covered entrance only the come-back word opens one, and everyone else, known once or never, sees the same line.
 * `erases`: what the desk may still have of her goes. `leaves`: nothing that she wrote before may come after the line.
 */
export type FirstContact =
  | { kind: 'begin'; conversation: Conversation; happening: Happening }
  /** One ordinary line, and nothing is written down. */
  | { kind: 'coverLine'; erases: boolean; leaves: boolean }
  | { kind: 'nothing'; erases: boolean }

export function firstContact(
  engine: Engine,
  entrance: 'open' | 'covered',
  content: InboundContent,
  look: Look,
  moment: Moment,
): FirstContact {
  if (content.kind === 'blocked') return { kind: 'nothing', erases: true }
  const fresh = engine.fresh(look)
  const begin = (happening: Happening): FirstContact => ({ kind: 'begin', conversation: fresh, happening })
  if (content.kind === 'text') {
    const text = content.text.reveal()
    if (entrance === 'covered') {
      const heard = engine.understand(text, { ...fresh, state: 'cover' }, moment)
      return heard.type === 'comeBack' ? begin({ type: 'hello' }) : line({ erases: heard.type === 'wipe' })
    }
    const heard = engine.understand(text, fresh, moment)
    if (heard.type === 'exit' || heard.type === 'wipe')
      return line({ erases: heard.type === 'wipe', leaves: true })
    if (heard.type === 'danger' || heard.type === 'disclosure') return begin(heard)
    return begin({ type: 'hello' })
  }
  const erases = content.kind === 'choice' && ERASES.test(content.id)
  if (entrance === 'covered') return line({ erases })
  if (erases || (content.kind === 'choice' && LEAVES.test(content.id))) return line({ erases, leaves: true })
  return begin({ type: 'hello' })
}

/** Buttons to leave and to erase, on messages of a conversation that is no longer kept. */
const LEAVES = /:exit$/u
const ERASES = /^privacy\.wipeConfirm:yes$/u

const line = ({ erases, leaves = false }: { erases: boolean; leaves?: boolean }): FirstContact => ({
  kind: 'coverLine',
  erases,
  leaves,
})
