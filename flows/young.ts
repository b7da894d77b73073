import { flow, page, ways } from './page.ts'

/**
 * Under 18: shorter words, a children's line first, an adult of the young person's own choice, and the notice about
 * reporting before anything is told. Nobody has to prove an age (reference 3.4, 1.3 PG-7).
 */
export const young = flow('young', 'start', {
  start: page('young.start', {
    unsafe: 'unsafe',
    adult: 'adult',
    feel: 'feel',
    body: 'body',
    line: 'line',
    ...ways,
  }),
  unsafe: page('young.unsafe', { adult: 'adult', line: 'line', ...ways }),
  adult: page('young.adult', { notice: 'notice', line: 'line', ...ways }),
  notice: page('young.notice', { line: 'line', ...ways }),
  feel: page('young.feel', { calm: '#feelings.calm', line: 'line', ...ways }),
  body: page('young.body', { findClinic: '#services.health', notice: 'notice', ...ways }),
  line: page('young.line', { find: { target: '#services.chosen', set: { need: 'young' } }, ...ways }),
})
