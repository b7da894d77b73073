import { type Category, CATEGORIES, SERVED } from '../../service.ts'

/**
 * Words of other systems for what a service is and whom it serves. A place is taken for a secret one when its category or
 * its name says so: its address, coordinates and comments are never carried over (reference directory-and-interop 0.2).
 */
const CATEGORY_WORDS: readonly (readonly [Category, RegExp])[] = [
  ['hotline', /hot ?line|help ?line/u],
  ['cmr', /clinical management of rape|\bcmr\b|post.?rape|sexual assault care/u],
  ['safe_space', /safe ?(?:space|cent)|wom[ae]n'?s? (?:and girls'? )?(?:space|cent)|\bwgss\b/u],
  ['shelter', /shelter|safe ?house|refuge\b|accommodation|housing/u],
  ['case_management', /case ?management|gender.?based violence|\bs?gbv\b/u],
  ['mhpss', /mental|psycho|counsel|\bmhpss\b/u],
  ['health', /health|medical|clinic|hospital|doctor/u],
  ['legal', /legal|lawyer|justice/u],
  ['police', /police/u],
  ['cash', /\bcash\b|financial (?:aid|assistance|support)/u],
  ['dignity_kit', /dignity|hygiene kit/u],
  ['nfi', /non.?food|\bnfis?\b|core relief|clothes|clothing/u],
  ['food', /\bfood\b|nutrition|meals/u],
  ['livelihood', /livelihood|employment|vocational|\bjobs?\b/u],
  ['business_grant', /business grant|small business/u],
  ['childcare', /child ?care|day ?care|nursery|kindergarten/u],
  ['child_protection', /child protection|unaccompanied|child friendly/u],
  ['education', /education|school|language course|literacy/u],
  ['anti_trafficking', /traffick/u],
  ['psea', /\bpsea\b|sexual exploitation/u],
  ['family_tracing', /family tracing|reunification/u],
  ['registration_asylum', /registration|asylum|documentation/u],
  ['disability', /disabilit/u],
  ['lgbtiq', /lgbt/u],
]

/** Ours, in the order in which they are said; empty where nothing is known. */
export function categoriesIn(said: readonly string[]): Category[] {
  const found = said.flatMap((words) => {
    const plain = words.toLowerCase()
    const own = CATEGORIES.find((one) => one === plain.replaceAll(/[ -]/gu, '_'))
    if (own !== undefined) return [own]
    return CATEGORY_WORDS.filter(([, pattern]) => pattern.test(plain)).map(([category]) => category)
  })
  return [...new Set(found)]
}

const SERVED_WORDS: readonly (readonly [(typeof SERVED)[number], RegExp])[] = [
  ['women', /\bwom[ae]n/u],
  ['girls', /\bgirls?\b/u],
  ['men', /\bmen\b/u],
  ['boys', /\bboys?\b/u],
  ['lgbtiq', /lgbt/u],
  ['older_people', /elder|older|aged over/u],
  ['people_with_disabilities', /disabilit|special needs/u],
  ['refugees', /refugee/u],
  ['asylum_seekers', /asylum/u],
  ['migrants', /\bmigrant/u],
  ['undocumented', /undocumented|without (?:papers|documents)/u],
  ['idps', /\bidps?\b|internally displaced/u],
  ['host_community', /host communit|local communit/u],
  ['everyone', /everyone|everybody|anyone|\ball\b/u],
]

export function servedIn(said: readonly string[]): string[] {
  const found = said.flatMap((words) => {
    const plain = words.toLowerCase()
    const own = SERVED.find((one) => one === plain.replaceAll(/[ -]/gu, '_'))
    return own === undefined
      ? SERVED_WORDS.filter(([, pattern]) => pattern.test(plain)).map(([one]) => one)
      : [own]
  })
  return [...new Set(found)]
}

const SECRET_NAME =
  /shelter|safe ?(?:house|home|haven|space|cent)|refuge\b|wom[ae]n'?s? (?:and girls'? )?(?:space|cent|house)|girls'? (?:space|cent)/iu

export function isSecret(categories: readonly string[], names: readonly string[]): boolean {
  return (
    categories.includes('shelter') ||
    categories.includes('safe_space') ||
    names.some((name) => SECRET_NAME.test(name))
  )
}

/** A stable id of ours from theirs. */
export function idOf(prefix: string, id: string): string {
  const plain = `${prefix}${id}`
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-|-$/gu, '')
  return plain.length <= 40 ? plain : plain.slice(-40).replace(/^-/u, '')
}

/** "2026-10-01" from "2026-10-01T09:00:00Z"; '' where it begins with no date. */
export function dateIn(value: string): string {
  return /^(\d{4}-\d{2}-\d{2})(?:\D|$)/u.exec(value)?.[1] ?? ''
}

/** Days for which a check of somebody else's holds when they name no end. */
const CHECK_HOLDS_DAYS = 90

export function reviewBy(verifiedOn: string): string {
  const at = Date.parse(verifiedOn)
  return Number.isNaN(at) ? '' : new Date(at + CHECK_HOLDS_DAYS * 86_400_000).toISOString().slice(0, 10)
}
