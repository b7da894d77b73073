import type { Context } from '../../../flows/context.ts'
import type { Place } from '../../../flows/facts.ts'
import type { Directory, Hotline } from '../../directory/directory.ts'
import { cardText, dayName } from './card.ts'
import { listedServices } from './lists.ts'
import { filtersShown } from './reasons.ts'
import type { Words } from './phrases.ts'

/** What a page's placeholders stand for, each worked out only when the page asks for it. */
export interface Sources {
  words: Words
  taught: { exit: string; wipe: string; comeBack: string }
  directory: Directory
  context: Context
  now: number
  /** What the caseworker wrote. */
  reply: string
  kept: Kept
  /** The place shared in this very turn. */
  near?: Place | undefined
}

/** For how long something is kept, as the pages on privacy say it. */
export interface Kept {
  idleHours: number
  caseDays: number
  /** What is said to a caseworker is kept in a system that is not ours. */
  talkElsewhere: boolean
}

export const VALUES: Readonly<Record<string, (sources: Sources) => string>> = {
  exitWord: ({ taught }) => taught.exit,
  wipeWord: ({ taught }) => taught.wipe,
  comeBack: ({ taught }) => taught.comeBack,
  idleHours: ({ words, kept }) => words('phrases.keptHours', { count: kept.idleHours }),
  caseDays: ({ words, kept }) => words('phrases.keptDays', { count: kept.caseDays }),
  talkKept: ({ words, kept }) => words(kept.talkElsewhere ? 'phrases.talkKeptElsewhere' : 'phrases.talkKept'),
  platform: ({ context }) => (context.look === 'telegram' ? 'Telegram' : 'WhatsApp'),
  hotlines: (sources) => lines(sources, { young: sources.context.young }),
  youngLines: (sources) => lines(sources, { young: true }),
  traffickingLines: (sources) => lines(sources, { trafficking: true, young: sources.context.young }),
  urgentLines: (sources) => `${emergency(sources)}\n${lines(sources, { young: sources.context.young })}`,
  whenBack: (sources) => whenBack(sources),
  filters: (sources) => filtersShown(sources),
  services: (sources) => listedServices(sources),
  card: (sources) => cardText(sources),
  reply: ({ reply }) => reply,
  local: (sources) => local(sources),
}

function emergency({ words, directory, context }: Sources): string {
  const number = directory.emergency(context.pack, context.language)
  return number === undefined ? words('phrases.emergencyNone') : words('phrases.emergency', { number })
}

/** When the people of the desk are back, where that is sure, and that a request can wait for them. */
function whenBack({ words, directory, context, now }: Sources): string {
  const opens = directory.desk(context.pack, now)?.opens
  if (opens === undefined) return words('phrases.deskBack')
  const time = opens.opensAt
  if (opens.today) return words('phrases.deskBackToday', { time })
  if (opens.tomorrow) return words('phrases.deskBackTomorrow', { time })
  return words('phrases.deskBackOn', { day: dayName(opens.opensDay, context.language), time })
}

function lines(
  { words, directory, context, now }: Sources,
  wish?: { young?: boolean; trafficking?: boolean },
): string {
  const found: readonly Hotline[] = directory.hotlines(context.pack, context.language, now, {
    ...wish,
    area: context.area,
  })
  if (found.length === 0) return words('phrases.lineNone')
  return found
    .map(({ name, number, hours }) =>
      hours === ''
        ? words('phrases.line', { name, number })
        : words('phrases.lineHours', { name, number, hours }),
    )
    .join('\n')
}

/** The pack's own words on a rights page, '' where the general text stands. */
export function local({ directory, context }: Pick<Sources, 'directory' | 'context'>, key?: string): string {
  const topic = key === undefined ? undefined : RIGHTS_TOPIC[key]
  return topic === undefined ? '' : (directory.rights(context.pack, topic, context.language) ?? '')
}

export const RIGHTS_TOPIC: Readonly<Record<string, string>> = {
  'rights.residence': 'residence',
  'rights.residenceEurope': 'residence',
  'rights.rest': 'trafficking',
  'rights.restEurope': 'trafficking',
  'rights.documents': 'documents',
  'rights.family': 'family',
  'rights.home': 'work',
}
