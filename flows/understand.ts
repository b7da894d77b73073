import { flow, page, ways } from './page.ts'

/** What gender-based violence is, care and control, what people say, and the root causes: awareness without verdicts. */
export const understand = flow('understand', 'start', {
  start: page('understand.start', {
    what: 'what',
    control: 'control',
    myths: 'myths',
    roots: 'roots',
    fault: 'fault',
    ...ways,
  }),
  what: page('understand.what', { control: 'control', fault: 'fault', ...ways }),
  control: page('understand.control', {
    safety: '#safety',
    trained: { target: '#services.chosen', set: { need: 'feelings' } },
    ...ways,
  }),
  myths: page('understand.myths', { roots: 'roots', fault: 'fault', ...ways }),
  roots: page('understand.roots', { myths: 'myths', friend: '#friend', ...ways }),
  fault: page('understand.fault', { feelings: '#feelings', services: '#services', ...ways }),
})
