import { flow, junction, page } from './page.ts'

/** Where everything begins, and where a person lands who was not understood twice. */
export const menu = flow('menu', 'entry', {
  /** An answer that waits comes first. Whoever came in through urgent help learns first how to leave and what stays on the phone. */
  entry: junction(
    { when: 'answerWaits', target: '#talk.resume' },
    { when: 'taught', target: 'start' },
    { target: '#welcome.leaving' },
  ),
  start: page('menu.start', {
    now: '#danger',
    health: '#health',
    feelings: '#feelings',
    services: '#services',
    rights: '#rights',
    livelihood: '#livelihood',
    safety: '#safety',
    talk: '#talk',
    more: 'more',
  }),
  more: page('menu.more', {
    aidworkers: '#aidworkers',
    friend: '#friend',
    understand: '#understand',
    young: { target: '#young', set: { young: true } },
    privacy: '#privacy',
    settings: '#settings',
    menu: 'start',
  }),
  withPerson: page('menu.withPerson', { talk: '#talk', lines: '#services.lines', menu: 'start' }),
})
