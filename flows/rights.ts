import { flow, junction, page, ways } from './page.ts'
import type { Go } from './page.ts'

/**
 * Rights: general by default, and country-scoped only where the pack states something with a source (reference 3). The
 * self-recognition page shows no score, keeps no answer and never gives a verdict.
 */
const legal: Go = { target: '#services.chosen', set: { need: 'legal' } }
const trafficking: Go = { target: '#services.chosen', set: { need: 'trafficking' } }

export const rights = flow('rights', 'start', {
  start: page('rights.start', {
    care: 'caring',
    residence: 'residing',
    signs: 'signs',
    documents: 'documents',
    family: 'family',
    home: 'home',
    travel: 'travel',
    legal,
    menu: '#menu',
  }),
  caring: junction({ when: 'careWithoutPolice', target: 'care' }, { target: 'careUnsure' }),
  care: page('rights.care', { legal, lines: '#services.lines', report: '#services.policeFirst', ...ways }),
  careUnsure: page('rights.careUnsure', {
    legal,
    lines: '#services.lines',
    report: '#services.policeFirst',
    ...ways,
  }),
  residing: junction({ when: 'councilOfEurope', target: 'residenceEurope' }, { target: 'residence' }),
  residence: page('rights.residence', { legal, protection: 'protection', ...ways }),
  residenceEurope: page('rights.residenceEurope', { legal, protection: 'protection', ...ways }),
  protection: page('rights.protection', {
    legal,
    asylum: { target: '#services.chosen', set: { need: 'registration' } },
    ...ways,
  }),
  signs: page('rights.signs', { fits: 'signsNext', notSure: 'signsNext', no: 'start' }),
  signsNext: page('rights.signsNext', { rest: 'resting', find: trafficking, ...ways }),
  resting: junction({ when: 'councilOfEurope', target: 'restEurope' }, { target: 'rest' }),
  rest: page('rights.rest', { find: trafficking, legal, ...ways }),
  restEurope: page('rights.restEurope', { find: trafficking, legal, ...ways }),
  documents: page('rights.documents', { legal, ...ways }),
  family: page('rights.family', {
    legal,
    childcare: { target: '#services.chosen', set: { need: 'childcare' } },
    ...ways,
  }),
  home: page('rights.home', { legal, signs: 'signs', ...ways }),
  travel: page('rights.travel', { documents: 'documents', signs: 'signs', ...ways }),
})
