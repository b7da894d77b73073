import type { Context } from '../../flows/context.ts'
import { type Happening, isFromDesk } from '../../flows/events.ts'
import type { Facts } from '../../flows/facts.ts'
import { FLOW_VERSION } from '../../flows/machine.ts'
import type { Conversation, Effect } from './conversation.ts'
import { countFromDesk, countTurn } from './counting.ts'
import { effectsOf } from './effects.ts'
import { move, type Moved } from './machine-step.ts'
import { COVER, ERASED, HOME, pages } from './pages.ts'
import { livingPath, restore } from './restore.ts'

/**
 * One step of a conversation, pure. Everything goes through the machine except the four ways that return to a page by
 * name: back, carry on, a near page that was offered, and a button of an earlier message.
 */
export interface Stepped {
  conversation: Conversation
  path: string
  effects: readonly Effect[]
  /** The screen stays as it is: she is talking to a caseworker, or may not see now what came from one. */
  silent: boolean
}

export const SILENCE_MINUTES = 30
const LONGEST_TRAIL = 8

export function step(stored: Conversation, happening: Happening, facts: Facts): Stepped {
  const { path, context: found } = restore(stored)
  if (isFromDesk(happening)) return stepFromDesk(path, found, happening, facts)
  const minute = Math.floor(facts.now / 60_000)
  const heard = afterSilence(path, found, minute, happening)
  const before = { ...withPack(found, facts), lastMinute: minute, ...attention(path, found, heard) }
  const moved = go(path, before, heard, facts)
  const wanted = effectsOf(moved.wants, { before, after: moved.context }, heard, facts.now)
  // To the caseworker too: it may be the one sentence that matters.
  if (heard.type === 'danger' && TALKING.has(path)) wanted.push({ kind: 'tellDesk', case: before.case })
  if (moved.path === ERASED)
    return { conversation: at(path, before), path: ERASED, effects: wanted, silent: false }
  const tells = wanted.some(({ kind }) => kind === 'tellDesk' || kind === 'presence' || kind === 'openCase')
  const isSign = !tells && isSignOfHer(moved, minute)
  if (isSign) wanted.push({ kind: 'presence', case: moved.context.case, presence: 'here' })
  const context = {
    ...(TALKING.has(moved.path) ? read(moved.context, minute) : moved.context),
    trail: trail(path, moved, heard),
    nudged: moved.path === COVER && moved.context.nudged,
    ...(tells || isSign ? { hereMinute: minute } : {}),
  }
  const { counted, effects: counts } = countTurn(
    moved.path,
    context,
    facts,
    context.language !== before.language,
  )
  const silent = moved.wants.includes('tellDesk')
  return {
    conversation: at(moved.path, { ...context, counted }),
    path: moved.path,
    effects: [...wanted, ...counts],
    silent,
  }
}

const TELL_AGAIN_MINUTES = 5
const SETTLING = /^(?:welcome\.|talk\.phraseAgain$)/u

/** The desk is told now and then that she is here, and at once when an answer waits; not before she has settled. */
function isSignOfHer({ path, context }: Moved, minute: number): boolean {
  if (context.case === '' || path === COVER || SETTLING.test(path)) return false
  return context.answerWaits || minute - context.hereMinute >= TELL_AGAIN_MINUTES
}

/** Not her doing: it neither counts as a sign of her nor begins the conversation again. */
function stepFromDesk(path: string, found: Context, happening: Happening, facts: Facts): Stepped {
  const context = withPack(found, facts)
  const moved = move(path, context, { ...happening, facts })
  const effects = effectsOf(moved.wants, { before: context, after: moved.context }, happening, facts.now)
  const silent = !moved.wants.includes('show')
  const isRead = !silent && TALKING.has(moved.path)
  const after = isRead ? read(moved.context, Math.floor(facts.now / 60_000)) : moved.context
  const { counted, effects: counts } = countFromDesk(happening, after, facts)
  return {
    conversation: at(moved.path, { ...after, counted }),
    path: moved.path,
    effects: [...effects, ...counts],
    silent,
  }
}

/** Pages on which what she types goes to the caseworker. */
export const TALKING = new Set(['talk.active', 'talk.reply'])

/** Something of the case is on her screen now. */
function read(context: Context, minute: number): Context {
  return { ...context, caseMinute: minute, answerWaits: false }
}

function at(state: string, context: Context): Conversation {
  return { flowVersion: FLOW_VERSION, state, context }
}

/** Leaving, erasing and danger are obeyed at any hour; everything else begins again after a long silence. */
function afterSilence(path: string, context: Context, minute: number, happening: Happening): Happening {
  const silent = context.lastMinute > 0 && minute - context.lastMinute > SILENCE_MINUTES
  if (!silent || path === COVER || AT_ANY_HOUR.has(happening.type)) return happening
  return { type: 'returned' }
}
const AT_ANY_HOUR = new Set<string>(['exit', 'wipe', 'blocked', 'danger', 'help'])

/** With one pack served there is nothing to choose; a pack that is no longer live is let go. */
function withPack(context: Context, facts: Facts): Context {
  const [first, second] = facts.packs
  const pack = second === undefined ? (first ?? '') : facts.packs.includes(context.pack) ? context.pack : ''
  return pack === context.pack ? context : { ...context, pack, area: '', results: [], service: '' }
}

/** Where an interruption returns to, and how often in a row a person was not understood. */
function attention(path: string, context: Context, happening: Happening): Partial<Context> {
  const unclear = happening.type === 'unclear' || happening.type === 'found' ? context.unclear : 0
  if (!INTERRUPTS.has(happening.type) || ASIDE.has(path)) return { unclear }
  return { unclear, resume: path }
}
const INTERRUPTS = new Set<string>([
  'danger',
  'disclosure',
  'found',
  'unclear',
  'unsupported',
  'wipe',
  'help',
  'place',
])
const ASIDE = new Set<string>([
  COVER,
  'heard.clear',
  'heard.other',
  'heard.soft',
  'heard.offers',
  'heard.unclear',
  'heard.unsupported',
  'danger.heard',
  'danger.low',
  'privacy.wipeConfirm',
  'menu.withPerson',
])

function go(path: string, context: Context, happening: Happening, facts: Facts): Moved {
  if (path === COVER) return move(path, context, { ...happening, facts })
  switch (happening.type) {
    case 'back':
    case 'choose.back':
      return path.startsWith('welcome.') ? stay(path, context) : goBack(context)
    case 'choose.carryOn':
      return stay(livingPath(context.resume === '' ? HOME : context.resume, context), {
        ...context,
        resume: '',
      })
    case 'earlier':
      return goEarlier(path, context, happening, facts)
    case 'picked':
      if (pages.get(path)?.list === 'offers') return takeOffer(context, happening.item, facts)
      break
    default:
  }
  return move(path, context, { ...happening, facts })
}

function stay(path: string, context: Context): Moved {
  return { path, context, wants: [] }
}

function goBack(context: Context): Moved {
  const previous = context.trail.at(-1)
  if (previous === undefined) return stay(HOME, context)
  return stay(livingPath(previous, context), { ...context, trail: context.trail.slice(0, -1) })
}

/** A button further up in the chat works as it did, unless it would erase or consent, or the person is not settled. */
function goEarlier(
  path: string,
  context: Context,
  { page, choice }: { page: string; choice: string },
  facts: Facts,
): Moved {
  const meta = pages.get(page)
  if (meta === undefined || meta.onlyHere || path.startsWith('welcome.') || page.startsWith('welcome.'))
    return stay(path, context)
  const event: Happening = choice.startsWith('=')
    ? { type: 'picked', item: choice.slice(1) }
    : { type: `choose.${choice}` }
  return go(page, context, event, facts)
}

/** A service goes the way of every list, so that what has to be read before it is read. */
function takeOffer(context: Context, offer: string, facts: Facts): Moved {
  if (offer.startsWith('service:'))
    return move(
      'services.results',
      { ...context, resume: '' },
      { type: 'picked', item: offer.slice('service:'.length), facts },
    )
  return stay(livingPath(offer, context), { ...context, resume: '' })
}

/** The pages that `back` returns to. Interruptions and the opening are not places to return to. */
function trail(path: string, moved: Moved, happening: Happening): string[] {
  const known = moved.context.trail
  const isBack = happening.type === 'back' || happening.type === 'choose.back'
  if (isBack || moved.path === path || ASIDE.has(path) || !pages.has(path) || path.startsWith('welcome.'))
    return known
  if (moved.path === COVER || moved.path.startsWith('welcome.')) return []
  return [...known, path].slice(-LONGEST_TRAIL)
}
