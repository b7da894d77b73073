import type { Context, Topic } from './context.ts'
import type { ConversationEvent } from './events.ts'

interface Asked {
  context: Context
  event: ConversationEvent
}

const isAbout =
  (...topics: Topic[]) =>
  ({ context }: Asked) =>
    topics.some((topic) => topic === context.topic)

/** The event's time span is known and at most this long; the last hour of a window counts as inside it. */
const withinHours =
  (limit: number) =>
  ({ event }: Asked) =>
    event.type === 'elapsed' && event.hours <= limit

/** Questions that a flow may ask before it chooses the next page. */
export const guards = {
  languageMissing: ({ context, event }: Asked) => !context.languageChosen && event.facts.languages.length > 1,
  packMissing: ({ context, event }: Asked) =>
    event.facts.packs.length > 1 && !event.facts.packs.includes(context.pack),
  severalLanguages: ({ event }: Asked) => event.facts.languages.length > 1,
  severalPacks: ({ event }: Asked) => event.facts.packs.length > 1,
  hasOwnWord: ({ context }: Asked) => context.ownWord !== null,
  taught: ({ context }: Asked) => context.taught,
  areaMissing: ({ context, event }: Asked) =>
    context.area === '' && event.facts.areas(context.pack).length > 1,
  severalAreas: ({ context, event }: Asked) => event.facts.areas(context.pack).length > 1,
  placeOutside: ({ context, event }: Asked) =>
    event.type === 'place' && event.facts.areaNear(context.pack, event.place) === undefined,
  needMissing: ({ context }: Asked) => context.need === '',
  nothingFound: ({ context }: Asked) => context.results.length === 0,
  moreResults: ({ context }: Asked) => context.offset + 3 < context.results.length,
  deskNone: ({ event }: Asked) => event.facts.desk === 'none',
  deskClosed: ({ event }: Asked) => event.facts.desk === 'closed',
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
