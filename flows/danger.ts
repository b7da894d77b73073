import { flow, junction, page, ways } from './page.ts'

/**
 * Urgent help. Reached by the help words from every page, and by danger words wherever they are typed: then the numbers
 * come first and "Carry on" stands below them, in case the words were misread (reference 1.1 UN-2 to UN-7).
 */
export const danger = flow(
  'danger',
  'start',
  {
    start: page('danger.start', { steps: 'steps', ...ways }),
    read: junction(
      { when: 'saysSuicide', target: 'low' },
      { when: 'saysNeck', target: 'neck' },
      { target: 'heard' },
    ),
    heard: page('danger.heard', { steps: 'steps', talk: '#talk', carryOn: {} }),
    steps: page('danger.steps', { leavingNow: 'leavingNow', neck: 'neck', lines: 'start', ...ways }),
    leavingNow: page('danger.leavingNow', {
      lines: 'start',
      shelter: { target: '#services.chosen', set: { need: 'shelter' } },
      ...ways,
    }),
    neck: page('danger.neck', {
      findClinic: { target: '#services.chosen', set: { need: 'health' } },
      talk: '#talk',
      carryOn: {},
      menu: '#menu',
    }),
    low: page('danger.low', { talk: '#talk', calm: '#feelings.calm', carryOn: {} }),
  },
  {
    /** The numbers stay on the screen; a caseworker's answer waits beside them until she goes on. */
    caseClaimed: { set: { caseState: 'active', answerWaits: true } },
    caseworkerWrote: { set: { answerWaits: true } },
  },
)
