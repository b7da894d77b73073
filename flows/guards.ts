import type { Context, Topic } from './context.ts'
import type { ConversationEvent } from './events.ts'
import type { HeldBack } from './facts.ts'
import { filtersOn } from './filters.ts'

interface Asked {
  context: Context
  event: ConversationEvent
}

const isAbout =
  (...topics: Topic[]) =>
  ({ context }: Asked) =>
    topics.some((topic) => topic === context.topic)

const PHRASE_AFTER_MINUTES = 6 * 60
/** WhatsApp's 24 hours, less a little for the way. */
const WINDOW_MINUTES = 24 * 60 - 5

function minutesSince(minute: number, event: ConversationEvent): number {
  return Math.floor(event.facts.now / 60_000) - minute
}

/** After so long a pause somebody else may hold the phone. */
function phraseDue(context: Context, event: ConversationEvent): boolean {
  if (context.checkPhrase === null || context.caseMinute === 0) return false
  return minutesSince(context.caseMinute, event) >= PHRASE_AFTER_MINUTES
}

/** The event's time span is known and at most this long; the last hour of a window counts as inside it. */
const withinHours =
  (limit: number) =>
  ({ event }: Asked) =>
    event.type === 'elapsed' && event.hours <= limit

const isHeldBack =
  (why: HeldBack) =>
  ({ context, event }: Asked) =>
    event.facts.heldBack(context.service, context) === why

/** So many areas stand beside "another area", "anywhere" and the exit. */
export const AREAS_AT_ONCE = 7

/** Questions that a flow may ask before it chooses the next page. */
export const guards = {
  languageMissing: ({ context, event }: Asked) => !context.languageChosen && event.facts.languages.length > 1,
  packMissing: ({ context, event }: Asked) =>
    event.facts.packs.length > 1 && !event.facts.packs.includes(context.pack),
  severalLanguages: ({ event }: Asked) => event.facts.languages.length > 1,
  severalPacks: ({ event }: Asked) => event.facts.packs.length > 1,
  speaksHers: ({ context, event }: Asked) => event.facts.speaks?.(context.language) === true,
  hasOwnWord: ({ context }: Asked) => context.ownWord !== null,
  taught: ({ context }: Asked) => context.taught,
  areaMissing: ({ context, event }: Asked) =>
    context.area === '' && event.facts.areas(context.pack).length > 1,
  severalAreas: ({ context, event }: Asked) => event.facts.areas(context.pack).length > 1,
  /** More than one page holds beside what the page itself offers: WhatsApp's list has ten rows. */
  manyAreas: ({ context, event }: Asked) => event.facts.areas(context.pack).length > AREAS_AT_ONCE + 1,
  placeOutside: ({ context, event }: Asked) =>
    event.type === 'place' && event.facts.areaNear(context.pack, event.place) === undefined,
  needMissing: ({ context }: Asked) => context.need === '',
  nothingFound: ({ context }: Asked) => context.results.length === 0,
  narrowed: ({ context }: Asked) => filtersOn(context.filters).length > 0,
  nothingNarrowed: ({ context }: Asked) =>
    context.results.length === 0 && filtersOn(context.filters).length > 0,
  policeUntold: isHeldBack('police'),
  aidUntold: isHeldBack('aidConduct'),
  notForHer: isHeldBack('young'),
  aidNeed: ({ context }: Asked) => context.need === 'aidConduct',
  moreResults: ({ context }: Asked) => context.offset + 3 < context.results.length,
  deskNone: ({ event }: Asked) => event.facts.desk === 'none',
  /** Nobody is on shift, or it is not the hour of her own pack's desk. */
  deskClosed: ({ context, event }: Asked) =>
    event.facts.desk === 'closed' || event.facts.inDeskHours?.(context.pack) === false,
  caseWaiting: ({ context }: Asked) => context.caseState === 'waiting',
  caseActive: ({ context }: Asked) => context.caseState === 'active',
  /** She wrote within the last ten minutes. */
  isHere: ({ context, event }: Asked) => minutesSince(context.lastMinute, event) <= 10,
  phraseDue: ({ context, event }: Asked) => phraseDue(context, event),
  /** She is here, the case is hers, and nothing has to be asked first. */
  mayRead: ({ context, event }: Asked) =>
    context.caseState === 'active' &&
    minutesSince(context.lastMinute, event) <= 10 &&
    !phraseDue(context, event),
  closed: ({ event }: Asked) => event.type === 'caseEnded' && event.why === 'closed',
  released: ({ event }: Asked) => event.type === 'caseEnded' && event.why === 'released',
  closedWhileHere: ({ context, event }: Asked) =>
    event.type === 'caseEnded' && event.why === 'closed' && minutesSince(context.lastMinute, event) <= 10,
  releasedWhileHere: ({ context, event }: Asked) =>
    event.type === 'caseEnded' && event.why === 'released' && minutesSince(context.lastMinute, event) <= 10,
  answerWaits: ({ context }: Asked) => context.caseState === 'active' && context.answerWaits,
  /** Once, and never when WhatsApp takes nothing more from us. */
  mayNudge: ({ context, event }: Asked) =>
    context.nudge &&
    !context.nudged &&
    (context.look === 'telegram' || minutesSince(context.lastMinute, event) < WINDOW_MINUTES),
  young: ({ context }: Asked) => context.young,
  aidConduct: ({ context }: Asked) => context.aidConduct,
  careWithoutPolice: ({ context, event }: Asked) =>
    event.facts.states(context.pack, 'policeReportNotRequired'),
  councilOfEurope: ({ context, event }: Asked) => event.facts.states(context.pack, 'councilOfEurope'),
  softWords: ({ event }: Asked) => event.type === 'disclosure' && event.tier === 3,
  aboutOther: ({ event }: Asked) => event.type === 'disclosure' && event.aboutOther,
  unclearBefore: ({ context }: Asked) => context.unclear > 0,
  onSuicide: isAbout('suicide'),
  onNeck: isAbout('strangulation'),
  onSexual: isAbout('sexual'),
  onTrafficking: isAbout('trafficking'),
  onAidworker: isAbout('aidworker'),
  onYoung: isAbout('young'),
  onControl: isAbout('control'),
  onPartner: isAbout('partner'),
  saysSuicide: ({ event }: Asked) => event.type === 'danger' && event.topic === 'suicide',
  saysNeck: ({ event }: Asked) => event.type === 'danger' && event.topic === 'strangulation',
  underOneDay: ({ event }: Asked) => event.type === 'elapsed' && event.hours < 24,
  within72h: withinHours(72),
  within120h: withinHours(120),
}
export type GuardName = keyof typeof guards
