import type { Category } from '../directory/service.ts'

/** The word of the desk for a kind of service: the need that it answers has one already. */
const NEED: Partial<Record<Category, string>> = {
  health: 'health',
  mhpss: 'feelings',
  case_management: 'caseManagement',
  safe_space: 'safeSpace',
  shelter: 'shelter',
  legal: 'legal',
  police: 'police',
  cash: 'money',
  nfi: 'supplies',
  livelihood: 'work',
  business_grant: 'grants',
  childcare: 'childcare',
  anti_trafficking: 'trafficking',
  child_protection: 'young',
  psea: 'aidConduct',
  hotline: 'hotline',
  registration_asylum: 'registration',
}

export function kindKey(kind: Category): string {
  const need = NEED[kind]
  return need === undefined ? `directory.kind.${kind}` : `need.${need}`
}
