import { flow, junction, page, ways } from './page.ts'
import type { Target } from './page.ts'

/**
 * Care after unwanted sex, by the time windows of reference 2.1. The range is asked once, never a date, and can be
 * skipped; 72 hours still count as inside the first window and 120 hours as inside the second. Nothing here excludes
 * anyone, names a dose or counts the hours that are left.
 */
const care = { findClinic: '#services.health', told: 'told', proof: 'proof', ...ways } satisfies Record<
  string,
  Target
>

export const health = flow('health', 'safeNow', {
  safeNow: page('health.safeNow', { yes: 'howLong', no: '#danger' }),
  howLong: page(
    'health.howLong',
    {
      day: { target: 'within24h', set: { urgency: 'within72h' } },
      threeDays: { target: 'within72h', set: { urgency: 'within72h' } },
      fiveDays: { target: 'within120h', set: { urgency: 'within120h' } },
      longer: 'later',
      unsure: { target: 'unsure', set: { urgency: 'within120h' } },
      other: 'other',
      menu: '#menu',
    },
    {
      asks: 'elapsed',
      answered: [
        { when: 'underOneDay', target: 'within24h', set: { urgency: 'within72h' } },
        { when: 'within72h', target: 'within72h', set: { urgency: 'within72h' } },
        { when: 'within120h', target: 'within120h', set: { urgency: 'within120h' } },
        { target: 'later' },
      ],
    },
  ),
  within24h: page('health.within24h', care),
  within72h: page('health.within72h', care),
  within120h: page('health.within120h', care),
  later: page('health.later', care),
  unsure: page('health.unsure', care),
  told: junction({ when: 'careWithoutPolice', target: 'noReport' }, { target: 'maybeReport' }),
  noReport: page('health.noReport', { findClinic: '#services.health', back: {}, menu: '#menu' }),
  maybeReport: page('health.maybeReport', { findClinic: '#services.health', back: {}, menu: '#menu' }),
  proof: page('health.proof', { findClinic: '#services.health', back: {}, menu: '#menu' }),
  other: page('health.other', {
    injuries: 'injuries',
    neck: '#danger.neck',
    pregnancy: 'pregnancy',
    findClinic: '#services.health',
    feelings: '#feelings',
    back: {},
  }),
  injuries: page('health.injuries', { findClinic: '#services.health', neck: '#danger.neck', ...ways }),
  pregnancy: page('health.pregnancy', { findClinic: '#services.health', howLong: 'howLong', ...ways }),
})
