import { NO_CASE } from './context.ts'
import { flow, junction, page } from './page.ts'
import type { Go, Target } from './page.ts'

/**
 * Asking for a person. Whether anyone can answer is said first, duties to report come before anything is told, consent
 * is asked line by line, and only "yes" opens a case (reference 3.5). Saying no costs nothing. While a caseworker has the
 * case the bot is silent; when the case ends it speaks again.
 */
const urgency = (value: 'now' | 'within72h' | 'within120h' | 'usual'): Go => ({
  target: 'nudge',
  set: { urgency: value },
})
const kind = (need: 'health' | 'feelings' | 'safeSpace' | 'legal' | 'money' | 'caseManagement'): Go => ({
  target: 'soon',
  set: { need },
})

/** While a caseworker has the case, what she types goes to them, and only these two buttons and words of safety do not. */
const TALKING = {
  endTalk: { target: 'ended', want: 'endCase', set: NO_CASE },
  menu: '#menu',
} satisfies Record<string, Target>
const WRITING = { asks: 'person', onlyHere: true } as const

export const talk = flow(
  'talk',
  'start',
  {
    start: junction(
      { when: 'caseActive', target: 'resume' },
      { when: 'caseWaiting', target: 'waiting' },
      { when: 'deskNone', target: 'none' },
      { when: 'deskClosed', target: 'closed' },
      { target: 'notices' },
    ),
    none: page('talk.none', { services: '#services', menu: '#menu' }),
    closed: page('talk.closed', { leave: 'notices', menu: '#menu' }),
    notices: junction(
      { when: 'aidConduct', target: 'aidNotice' },
      { when: 'young', target: 'youngNotice' },
      { target: 'explain' },
    ),
    aidNotice: page('talk.aidNotice', {
      goOn: [{ when: 'young', target: 'youngNotice' }, { target: 'explain' }],
      anonymous: { target: '#services.chosen', set: { need: 'aidConduct' } },
      menu: '#menu',
    }),
    youngNotice: page('talk.youngNotice', { goOn: 'explain', line: '#young.line', menu: '#menu' }),
    explain: page('talk.explain', { next: 'theySee', no: 'declined' }),
    theySee: page('talk.theySee', { next: 'limits', no: 'declined' }),
    limits: page('talk.limits', { next: 'ask', no: 'declined' }),
    ask: page('talk.ask', { yes: 'need', no: 'declined', more: 'more' }, { onlyHere: true }),
    more: page('talk.more', { yes: 'need', no: 'declined' }, { onlyHere: true }),
    need: page(
      'talk.need',
      {
        health: kind('health'),
        feelings: kind('feelings'),
        safety: kind('safeSpace'),
        legal: kind('legal'),
        daily: kind('money'),
        other: kind('caseManagement'),
      },
      { onlyHere: true },
    ),
    soon: page(
      'talk.soon',
      {
        now: urgency('now'),
        within72h: urgency('within72h'),
        within120h: urgency('within120h'),
        usual: urgency('usual'),
      },
      { onlyHere: true },
    ),
    nudge: page(
      'talk.nudge',
      { yes: { target: 'phrase', set: { nudge: true } }, no: { target: 'phrase', set: { nudge: false } } },
      { onlyHere: true },
    ),
    phrase: page(
      'talk.phrase',
      { skip: { target: 'sent', run: 'nameCase', want: 'openCase' } },
      {
        onlyHere: true,
        asks: 'checkPhrase',
        answered: { target: 'sent', run: 'nameCase', want: 'openCase' },
      },
    ),
    sent: page('talk.sent', { calm: '#feelings.calm', menu: '#menu' }),
    /** A request that nobody has taken yet. */
    waiting: page(
      'talk.waiting',
      { takeBack: { target: 'takenBack', want: 'endCase', set: NO_CASE }, menu: '#menu' },
      { onlyHere: true },
    ),
    takenBack: page('talk.takenBack', { menu: '#menu' }),
    /** Back to the caseworker; after a long pause somebody else may hold the phone. */
    resume: junction({ when: 'phraseDue', target: 'phraseAgain' }, { target: 'active', want: 'hereAgain' }),
    phraseAgain: page(
      'talk.phraseAgain',
      { anew: { target: 'takenBack', want: 'endCase', set: NO_CASE }, menu: '#menu.start' },
      { onlyHere: true, asks: 'phraseAgain', answered: { target: 'active', want: 'hereAgain' } },
    ),
    active: page('talk.active', TALKING, WRITING),
    reply: page('talk.reply', TALKING, WRITING),
    released: page('talk.released', { menu: '#menu' }),
    unanswered: page(
      'talk.unanswered',
      { takeBack: { target: 'takenBack', want: 'endCase', set: NO_CASE }, menu: '#menu' },
      { onlyHere: true },
    ),
    ended: page('talk.ended', { calm: '#feelings.calm', menu: '#menu' }),
    declined: page('talk.declined', { lines: '#services.lines', menu: '#menu' }),
  },
  {
    said: { want: 'tellDesk' },
  },
)
