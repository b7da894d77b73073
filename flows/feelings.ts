import { flow, page, ways } from './page.ts'

/**
 * Psychosocial support: an exercise of the senses, one step a message at the person's own pace (never by a timer, which
 * could write after an exit), and the ways to someone trained (reference 4.4).
 */
export const feelings = flow('feelings', 'start', {
  start: page('feelings.start', {
    calm: 'calm',
    react: 'react',
    trained: { target: '#services.chosen', set: { need: 'feelings' } },
    safeSpace: 'safeSpace',
    low: '#danger.low',
    ...ways,
  }),
  calm: page('feelings.calm', { next: 'see', stop: 'start' }),
  see: page('feelings.see', { next: 'touch', stop: 'after' }),
  touch: page('feelings.touch', { next: 'hear', stop: 'after' }),
  hear: page('feelings.hear', { next: 'smell', stop: 'after' }),
  smell: page('feelings.smell', { next: 'taste', stop: 'after' }),
  taste: page('feelings.taste', { next: 'after', stop: 'after' }),
  after: page('feelings.after', { again: 'see', lines: '#services.lines', ...ways }),
  react: page('feelings.react', {
    calm: 'calm',
    trained: { target: '#services.chosen', set: { need: 'feelings' } },
    ...ways,
  }),
  safeSpace: page('feelings.safeSpace', {
    find: { target: '#services.chosen', set: { need: 'safeSpace' } },
    ...ways,
  }),
})
