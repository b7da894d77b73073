import type { Need } from './context.ts'
import { flow, page, ways } from './page.ts'
import type { Go } from './page.ts'

/** Cash, dignity kits and lanterns, childcare, benefits, skills and business grants. */
const find = (need: Need): Go => ({ target: '#services.chosen', set: { need } })

export const livelihood = flow('livelihood', 'start', {
  start: page('livelihood.start', {
    money: 'money',
    supplies: 'supplies',
    childcare: 'childcare',
    benefits: 'benefits',
    skills: 'skills',
    grants: 'grants',
    ...ways,
  }),
  money: page('livelihood.money', { find: find('money'), aidworkers: '#aidworkers', ...ways }),
  supplies: page('livelihood.supplies', { find: find('supplies'), ...ways }),
  childcare: page('livelihood.childcare', { find: find('childcare'), ...ways }),
  benefits: page('livelihood.benefits', { find: find('money'), legal: find('legal'), ...ways }),
  skills: page('livelihood.skills', { find: find('work'), ...ways }),
  grants: page('livelihood.grants', { find: find('grants'), ...ways }),
})
