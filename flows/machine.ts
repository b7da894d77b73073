import { aidworkers } from './aidworkers.ts'
import { emptyContext, NO_CASE } from './context.ts'
import { danger } from './danger.ts'
import { feelings } from './feelings.ts'
import { friend } from './friend.ts'
import { health } from './health.ts'
import { heard } from './heard.ts'
import { livelihood } from './livelihood.ts'
import { menu } from './menu.ts'
import { conversation, type Go, type Target, transitions } from './page.ts'
import { privacy } from './privacy.ts'
import { rights } from './rights.ts'
import { safety } from './safety.ts'
import { services } from './services.ts'
import { settings } from './settings.ts'
import { talk } from './talk.ts'
import { understand } from './understand.ts'
import { welcome } from './welcome.ts'
import { young } from './young.ts'

/** A closed case is over; one that was given back, or that nobody took, goes on waiting. */
function caseEnds(...shown: readonly Go[]): readonly Go[] {
  const waits = { caseState: 'waiting' } as const
  return [
    ...shown.map((go): Go => ({ ...go, want: 'show', set: go.when === 'closedWhileHere' ? NO_CASE : waits })),
    { when: 'closed', set: NO_CASE },
    { set: waits },
  ]
}

/** Raised whenever a state is renamed, moved or removed; tests/flows/versions holds records of every earlier one. */
export const FLOW_VERSION = '1'

/** What means the same everywhere, unless a flow says otherwise. */
const everywhere: Record<string, Target> = {
  hello: '#welcome',
  returned: { target: '#welcome', run: 'forget' },
  exit: { target: '#cover', run: 'forget', want: 'leave' },
  blocked: { target: '#erased', want: 'wipe' },
  wipe: '#privacy.wipeConfirm',
  menu: '#menu',
  help: '#danger',
  comeBack: '#danger',
  talk: '#talk',
  language: '#settings.language',
  danger: { target: '#danger.read', run: 'noteTopic' },
  disclosure: [
    { when: 'aboutOther', target: '#heard.other', run: 'noteTopic' },
    { when: 'softWords', target: '#heard.soft', run: 'noteTopic' },
    { target: '#heard.clear', run: 'noteTopic' },
  ],
  place: { target: '#services.placed', run: 'pickArea' },
  found: { target: '#heard.offers', run: 'noteOffers' },
  unclear: [
    { when: 'unclearBefore', target: '#menu.withPerson', run: 'noteUnclear' },
    { target: '#heard.unclear', run: 'noteUnclear' },
  ],
  unsupported: '#heard.unsupported',
  caseIs: { run: 'renameCase' },
  caseClaimed: [
    { when: 'isHere', target: '#talk.active', set: { caseState: 'active' }, want: 'show' },
    { set: { caseState: 'active', answerWaits: true } },
  ],
  caseworkerWrote: [
    { when: 'mayRead', target: '#talk.reply', set: { answerWaits: false }, want: 'show' },
    { when: 'mayNudge', set: { answerWaits: true, nudged: true }, want: 'nudge' },
    { set: { answerWaits: true } },
  ],
  caseEnded: caseEnds(
    { when: 'closedWhileHere', target: '#talk.ended' },
    { when: 'releasedWhileHere', target: '#talk.released' },
    { when: 'isHere', target: '#talk.unanswered' },
  ),
}

/** Where nothing of a case may come between: it is noted, and shown when she goes on. */
const noted: Record<string, Target> = {
  caseIs: { run: 'renameCase' },
  caseClaimed: { set: { caseState: 'active', answerWaits: true } },
  caseworkerWrote: { set: { answerWaits: true } },
  caseEnded: caseEnds(),
}

/** While the bot must look ordinary: only the word back, leaving again (nothing changes) and erasing mean anything. */
const underCover = {
  comeBack: transitions('#welcome'),
  wipe: transitions({ target: '#erased', want: 'wipe' }),
  blocked: transitions({ target: '#erased', want: 'wipe' }),
  exit: transitions({ want: 'leave' }),
  ...Object.fromEntries(Object.entries(noted).map(([event, target]) => [event, transitions(target)])),
  '*': transitions({}),
}

export const machine = conversation.createMachine({
  id: 'lantern',
  initial: 'welcome',
  context: ({ input }) => input?.context ?? emptyContext('whatsapp', 'en'),
  on: Object.fromEntries(
    Object.entries(everywhere).map(([event, target]) => [event, transitions(target)]),
  ) as never,
  states: {
    welcome,
    menu,
    danger,
    health,
    feelings,
    services,
    rights,
    aidworkers,
    safety,
    livelihood,
    friend,
    understand,
    young,
    talk,
    privacy,
    settings,
    heard,
    cover: { id: 'cover', on: underCover as never },
    /** Nothing is shown and nothing follows: the wipe itself answers, or the record stays and says that it failed. */
    erased: { id: 'erased' },
  },
})
