import { TOPICS, type Topic } from '../../../flows/context.ts'
import { type Pattern, parsePattern, type Sets } from './pattern.ts'

/**
 * The shape of locales/<lang>/words.json: what people type, as patterns (the language of `pattern.ts`). A language may
 * leave out any list but `taught`. Commands mean something only as a whole message; danger and disclosure patterns
 * anywhere in one.
 */

/** Lists of commands and short answers. A message is one of them only from its first word to its last. */
export const COMMANDS = [
  'exit',
  'wipe',
  'comeBack',
  'menu',
  'back',
  'help',
  'language',
  'talk',
  'hello',
  'yes',
  'no',
] as const
export type Command = (typeof COMMANDS)[number]

/** Lists that colour what was found. */
const COLOURS = ['harmless', 'other', 'self', 'not', 'notAfter'] as const

/** Units of `elapsed`. */
const UNITS = [
  { name: 'minute', hours: 1 / 60 },
  { name: 'hour', hours: 1 },
  { name: 'day', hours: 24 },
  { name: 'week', hours: 168 },
  { name: 'month', hours: 730 },
  { name: 'year', hours: 8766 },
] as const

export type Tier = 1 | 2 | 3
type Topics = Partial<Record<Topic, readonly string[]>>

export type WordLists = Partial<Record<Command, readonly string[]>> & {
  /** What a person is taught: one word for each, also on posters. */
  taught: { exit: string; wipe: string; comeBack: string }
  sets?: Sets
  /** Words that may stand around a command ("please"). */
  polite?: readonly string[]
  /** Spelt-out numbers of choices. */
  numbers?: Partial<Record<string, readonly string[]>>
  /** Words for spans of time, for the one page that asks how long ago. */
  elapsed?: {
    /** The language puts the number behind its unit. */
    numberAfter?: boolean
    units?: Partial<Record<(typeof UNITS)[number]['name'], readonly string[]>>
    /** Whole phrases ("yesterday") by the most hours that they can mean. */
    spans?: Partial<Record<string, readonly string[]>>
  }
  tier1?: Topics
  tier2?: Topics
  tier3?: Topics
  /** Everyday phrases around an alarming word: an alarm wholly inside one is dropped. */
  harmless?: readonly string[]
  /** Words by which the person speaks of someone else. */
  other?: readonly string[]
  /** Words by which an alarm speaks of the person who types. */
  self?: readonly string[]
  /** Words that deny. They never suppress an alarm. */
  not?: readonly string[]
  /** Those of them that the language puts behind what they deny. */
  notAfter?: readonly string[]
}

export type Meaning =
  | { kind: 'command'; command: Command }
  | { kind: 'number'; number: number }
  | { kind: 'polite' }
  /** A span of time: `counted` where a number stands that multiplies it. */
  | { kind: 'span'; hours: number; counted: 'before' | 'after' | 'never' }
  | { kind: 'alarm'; tier: Tier; topic: Topic }
  /** The rarest element of a pattern whose elements stand in any order; it means nothing alone. */
  | { kind: 'near'; pattern: number }
  | { kind: (typeof COLOURS)[number] }

export interface Entry {
  meaning: Meaning
  pattern: Pattern
}

export interface Fault {
  /** Where in words.json, e.g. `tier1.danger[3]`. */
  key: string
  what: string
}

/** Every pattern of one language, and every pattern that cannot be read. */
export function entries(words: WordLists): { entries: Entry[]; faults: Fault[] } {
  const found: Entry[] = []
  const faults: Fault[] = []
  const sets = words.sets ?? {}

  function list(key: string, meaning: Meaning, patterns: readonly string[] = [], whole = false) {
    patterns.forEach((source, place) => {
      const pattern = parsePattern(source, sets)
      if (typeof pattern === 'string') faults.push({ key: `${key}[${place}]`, what: pattern })
      else found.push({ meaning, pattern: { ...pattern, whole: whole || pattern.whole } })
    })
  }

  for (const command of COMMANDS) list(command, { kind: 'command', command }, words[command], true)
  list('taught.exit', { kind: 'command', command: 'exit' }, [words.taught.exit], true)
  list('taught.wipe', { kind: 'command', command: 'wipe' }, [words.taught.wipe], true)
  list('taught.comeBack', { kind: 'command', command: 'comeBack' }, [words.taught.comeBack], true)
  list('polite', { kind: 'polite' }, words.polite, true)
  for (const [number, patterns] of Object.entries(words.numbers ?? {})) {
    list(`numbers.${number}`, { kind: 'number', number: Number(number) }, patterns, true)
    list(`numbers.${number}`, { kind: 'number', number: Number(number) }, patterns)
  }
  const counted = words.elapsed?.numberAfter === true ? 'after' : 'before'
  for (const unit of UNITS)
    list(
      `elapsed.units.${unit.name}`,
      { kind: 'span', hours: unit.hours, counted },
      words.elapsed?.units?.[unit.name],
    )
  for (const [hours, patterns] of Object.entries(words.elapsed?.spans ?? {}))
    list(`elapsed.spans.${hours}`, { kind: 'span', hours: Number(hours), counted: 'never' }, patterns)
  for (const tier of [1, 2, 3] as const)
    for (const topic of TOPICS)
      list(`tier${tier}.${topic}`, { kind: 'alarm', tier, topic }, words[`tier${tier}`]?.[topic])
  for (const colour of COLOURS) list(colour, { kind: colour }, words[colour])
  return { entries: found, faults }
}
