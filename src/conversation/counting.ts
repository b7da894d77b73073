import { type Context, NEEDS } from '../../flows/context.ts'
import { MARK_ANSWERED, MARK_OVER, readCounted, writeCounted } from '../../flows/counted.ts'
import type { Happening } from '../../flows/events.ts'
import type { Facts } from '../../flows/facts.ts'
import { type Measure, nameOf, TOPIC_CLASSES, type TopicClass, waitOf } from '../statistics/counter-names.ts'
import { monthOf } from '../statistics/months.ts'
import type { Effect } from './conversation.ts'
import { COVER, ERASED } from './pages.ts'

/**
 * What a turn adds to the statistics. One conversation adds at most one to each number in a month, and nothing is taken
 * back: whoever erases has been counted like anybody else, and no number tells that she did. A counter holds no word, no
 * person and no time but the month.
 */
export interface Counting {
  effects: readonly Effect[]
  /** Of the conversation after it. */
  counted: string
}

/** Bits after those of `flows/counted.ts`: two, then one for each class of pages, then one for each need. */
const CONTACT = 1 << 2
const PLACED = 1 << 3
const FIRST_TOPIC = 4
const FIRST_GAP = FIRST_TOPIC + TOPIC_CLASSES.length
/** She reads in another language than she was counted in. */
const MOVED = 1 << (FIRST_GAP + NEEDS.length)

const TOPIC_OF: Readonly<Record<string, TopicClass>> = {
  danger: 'safety',
  safety: 'safety',
  health: 'health',
  feelings: 'feelings',
  services: 'services',
  rights: 'rights',
  livelihood: 'livelihood',
  aidworkers: 'aidworkers',
  understand: 'learning',
  friend: 'learning',
}
/** What is about the conduct of aid workers: a place is as good as a name there. */
const NEVER_PLACED = new Set<string>(['aidworkers', 'aidConduct'])
const NOT_A_PAGE = new Set([COVER, ERASED])

/**
 * Of a turn of hers that ends on the page `path`, in another language than before where `hasMoved`; the opening, which
 * everybody sees, is not counted.
 */
export function countTurn(path: string, context: Context, facts: Facts, hasMoved = false): Counting {
  const tally = tallyOf(context, facts)
  const isOther = hasMoved && tally.has(CONTACT) && tally.mark(MOVED)
  if (NOT_A_PAGE.has(path) || path.startsWith('welcome.') || tally.has(MARK_OVER))
    return isOther ? tally.done() : { effects: [], counted: context.counted }
  tally.once(CONTACT, 'contact', context.language)
  const topic = TOPIC_OF[path.split('.')[0] ?? '']
  const isNewTopic =
    topic !== undefined && tally.once(bitOf(TOPIC_CLASSES, topic, FIRST_TOPIC), 'topic', topic)
  if (facts.countsAreas === true && context.area !== '') {
    const isFirstPlace = tally.mark(PLACED)
    // An area is a part of what is counted without one: one contact is not in two languages.
    if (isFirstPlace && !tally.has(MOVED)) tally.place('contact', context.language, context.area)
    // What she read before she told where she is belongs there too.
    for (const one of isFirstPlace ? tally.topics() : isNewTopic ? [topic] : [])
      tally.place('topic', one, context.area)
  }
  if (path === 'services.nothing' && context.need !== '') {
    const isNew = tally.once(bitOf(NEEDS, context.need, FIRST_GAP), 'gap', context.need)
    if (isNew) tally.place('gap', context.need, context.area)
  }
  return tally.done()
}

/** Of a turn that the desk asks for: that a caseworker took her case, and how long that took. */
export function countFromDesk(happening: Happening, context: Context, facts: Facts): Counting {
  const tally = tallyOf(context, facts)
  if (happening.type !== 'caseClaimed' || happening.waited === undefined)
    return { effects: [], counted: context.counted }
  const wait = waitOf(happening.waited)
  if (tally.once(MARK_ANSWERED, 'answered', wait)) tally.place('answered', wait, happening.area ?? '')
  return tally.done()
}

function tallyOf({ counted, pack }: Context, { now, countsAreas = false }: Facts) {
  const month = monthOf(now)
  const effects: Effect[] = []
  const known = readCounted(counted)
  let marks = known?.month === month ? known.marks : 0
  const has = (bit: number) => (marks & bit) !== 0
  const count = (measure: Measure, row: string, area?: string) =>
    effects.push({
      kind: 'count',
      name: nameOf({ measure, row, month, ...(area === undefined ? {} : { area: `${pack}/${area}` }) }),
    })
  const mark = (bit: number) => {
    const isNew = !has(bit)
    marks |= bit
    return isNew
  }
  return {
    has,
    /** Whether it was not marked before. */
    mark,
    /** Adds one unless that was done already. */
    once(bit: number, measure: Measure, row: string): boolean {
      const isNew = mark(bit)
      if (isNew) count(measure, row)
      return isNew
    },
    place(measure: Measure, row: string, area: string): void {
      if (countsAreas && area !== '' && pack !== '' && !NEVER_PLACED.has(row)) count(measure, row, area)
    },
    topics: () => TOPIC_CLASSES.filter((topic) => has(bitOf(TOPIC_CLASSES, topic, FIRST_TOPIC))),
    done: (): Counting => ({ effects, counted: writeCounted({ month, marks }) }),
  }
}

function bitOf<T>(all: readonly T[], one: T, first: number): number {
  return 1 << (first + all.indexOf(one))
}
