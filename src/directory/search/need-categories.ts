import type { Need } from '../../../flows/context.ts'
import type { Category } from '../service.ts'

/** Which kinds of service answer a need, the best first. */
export const NEED_CATEGORIES: Readonly<Record<Need, readonly Category[]>> = {
  health: ['cmr', 'health'],
  feelings: ['mhpss', 'case_management', 'safe_space'],
  safeSpace: ['safe_space'],
  shelter: ['shelter'],
  caseManagement: ['case_management', 'family_tracing', 'disability', 'lgbtiq'],
  legal: ['legal'],
  police: ['police'],
  money: ['cash', 'food'],
  supplies: ['dignity_kit', 'nfi'],
  work: ['livelihood', 'education'],
  grants: ['business_grant'],
  childcare: ['childcare'],
  trafficking: ['anti_trafficking'],
  young: ['child_protection'],
  aidConduct: ['psea'],
  registration: ['registration_asylum'],
  hotline: ['hotline'],
}
