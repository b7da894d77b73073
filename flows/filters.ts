/** Whoever the place is for; the page of their own that these are switched on. */
export const FOR_WHOM = [
  'women',
  'girls',
  'men',
  'boys',
  'lgbtiq',
  'disabilities',
  'older',
  'children',
] as const

/**
 * What a person may narrow a list by. They are remembered as these small ids, sealed like everything else, until she
 * leaves or looks for something else. What each of them takes for known is decided in src/directory/search/narrowing.ts.
 */
export const FILTERS = [
  'open',
  'language',
  'noPapers',
  'stepFree',
  'femaleStaff',
  'free',
  ...FOR_WHOM,
] as const
export type Filter = (typeof FILTERS)[number]

/** A place for women and for men at once is hardly what anyone means: the later choice takes the place of the earlier. */
const ONE_OF: ReadonlySet<string> = new Set<Filter>(['women', 'girls', 'men', 'boys'])

/** Those that are on and exist today: a record may be older or newer than this list. */
export function filtersOn(remembered: readonly string[]): readonly Filter[] {
  return remembered.length === 0 ? NONE : FILTERS.filter((filter) => remembered.includes(filter))
}
const NONE: readonly Filter[] = []

export function switched(remembered: readonly string[], filter: Filter): Filter[] {
  const on = filtersOn(remembered)
  if (on.includes(filter)) return on.filter((one) => one !== filter)
  const kept = ONE_OF.has(filter) ? on.filter((one) => !ONE_OF.has(one)) : on
  return [...kept, filter]
}
