import type { Context } from './context.ts'
import type { ConversationEvent } from './events.ts'

interface Asked {
  context: Context
  event: ConversationEvent
}

/** Questions that a flow may ask before it chooses the next page. */
export const guards = {
  oneLanguage: ({ event }: Asked) => event.facts.languages.length < 2,
  languageChosen: ({ context, event }: Asked) => context.languageChosen || event.facts.languages.length < 2,
  onePack: ({ event }: Asked) => event.facts.packs.length < 2,
  packChosen: ({ context, event }: Asked) => event.facts.packs.includes(context.pack),
  noPack: ({ event }: Asked) => event.facts.packs.length === 0,
  oneArea: ({ context, event }: Asked) => event.facts.areas(context.pack).length < 2,
  nothingFound: ({ context }: Asked) => context.results.length === 0,
  moreResults: ({ context }: Asked) => context.offset + 3 < context.results.length,
  areaUnknown: ({ context }: Asked) => context.area === '',
  deskOpen: ({ event }: Asked) => event.facts.desk === 'open',
  deskClosed: ({ event }: Asked) => event.facts.desk === 'closed',
  young: ({ context }: Asked) => context.young,
  aidConduct: ({ context }: Asked) => context.aidConduct,
  policeReportNotRequired: ({ context, event }: Asked) => event.facts.states(context.pack, 'policeReportNotRequired'),
  councilOfEurope: ({ context, event }: Asked) => event.facts.states(context.pack, 'councilOfEurope'),
  onTelegram: ({ context }: Asked) => context.look === 'telegram',
  hasOwnWord: ({ context }: Asked) => context.ownWord !== null,
  tier2: ({ event }: Asked) => event.type === 'disclosure' && event.tier === 2,
  aboutOther: ({ event }: Asked) => event.type === 'disclosure' && event.aboutOther,
  unclearTwice: ({ context }: Asked) => context.unclear >= 2,
  topicSexual: ({ context }: Asked) => context.topic === 'sexual',
  topicTrafficking: ({ context }: Asked) => context.topic === 'trafficking',
  topicAidworker: ({ context }: Asked) => context.topic === 'aidworker',
  topicYoung: ({ context }: Asked) => context.topic === 'young',
  topicSuicide: ({ context }: Asked) => context.topic === 'suicide',
  topicStrangulation: ({ context }: Asked) => context.topic === 'strangulation',
  topicControl: ({ context }: Asked) => context.topic === 'control',
  ready: ({ context, event }: Asked) => event.facts.packs.length === 0 || context.pack !== '',
}
export type GuardName = keyof typeof guards
