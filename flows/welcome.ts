import { flow, junction, page } from './page.ts'

/**
 * The first minutes: language, country, is it safe to read now, how to leave, what is kept. Nothing here names a topic.
 * Until a person was told how to leave and what stays on the phone, other pages wait, except urgent help and a person
 * to talk to. Every return after an exit or a long silence starts here too, and shows nothing from before.
 */
export const welcome = flow(
  'welcome',
  'first',
  {
    first: junction(
      { when: 'languageMissing', target: 'language' },
      { when: 'packMissing', target: 'country' },
      { target: 'safeNow' },
    ),
    language: page('welcome.language', {}, { list: 'languages', picked: 'first', sensitive: false }),
    country: page('welcome.country', {}, { list: 'packs', picked: 'first', sensitive: false }),
    safeNow: page('welcome.safeNow', { yes: 'safe', no: 'notNow' }, { sensitive: false }),
    heard: page('welcome.heard', { yes: 'safe', no: 'notNow' }, { sensitive: false }),
    notNow: page('welcome.notNow', { yes: 'safe' }, { sensitive: false }),
    safe: junction({ when: 'taught', target: 'onward' }, { target: 'leaving' }),
    leaving: page('welcome.leaving', { next: { target: 'onward', set: { taught: true } }, more: 'kept' }),
    kept: page('welcome.kept', { next: { target: 'onward', set: { taught: true } } }),
    onward: junction(
      { when: 'caseActive', target: '#talk.resume' },
      { when: 'onSexual', target: '#health' },
      { when: 'onTrafficking', target: '#rights.signs' },
      { when: 'onAidworker', target: '#aidworkers' },
      { when: 'onYoung', target: '#young', set: { young: true } },
      { when: 'onControl', target: '#understand.control' },
      { when: 'onPartner', target: '#safety.believed' },
      { target: '#menu' },
    ),
  },
  {
    menu: {},
    found: {},
    unclear: {},
    unsupported: {},
    place: {},
    back: {},
    caseClaimed: { set: { caseState: 'active', answerWaits: true } },
    caseworkerWrote: [
      { when: 'mayNudge', set: { answerWaits: true, nudged: true }, want: 'nudge' },
      { set: { answerWaits: true } },
    ],
    disclosure: { target: '#welcome.heard', run: 'noteTopic' },
  },
)
