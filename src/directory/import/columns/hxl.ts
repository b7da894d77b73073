import { isShown } from './beside.ts'

/**
 * HXL hashtags to the template's columns: the tag with the most attributes that are all there. `+i_ar` names the language.
 * Attributes that nobody here knows are passed over where a cell holds one of a few words; where it would be shown as it
 * stands, `+private` may be one of them.
 */
const TAGS: readonly (readonly [tag: string, column: string])[] = [
  ['#service+id', 'service_id'],
  ['#service+code', 'service_id'],
  ['#service+name', 'name'],
  ['#service', 'name'],
  ['#service+type', 'categories'],
  ['#service+type+code', 'categories'],
  ['#sector', 'categories'],
  ['#activity', 'categories'],
  ['#description', 'description'],
  ['#service+description', 'description'],
  ['#description+safety', 'safe_note'],
  ['#org', 'org'],
  ['#org+name', 'org'],
  ['#org+id', 'org_id'],
  ['#org+code', 'org_id'],
  ['#status', 'status'],
  ['#meta+visibility', 'visibility'],
  ['#country', 'country'],
  ['#country+code', 'country'],
  ['#adm1', 'adm1_pcode'],
  ['#adm1+code', 'adm1_pcode'],
  ['#adm2', 'adm2_pcode'],
  ['#adm2+code', 'adm2_pcode'],
  ['#loc', 'place'],
  ['#loc+name', 'place'],
  ['#loc+address', 'address'],
  ['#meta+address+public', 'address_public'],
  ['#geo+lat', 'lat'],
  ['#geo+lon', 'lon'],
  ['#geo+coord', 'geopoint'],
  ['#geo+precision', 'location_precision'],
  ['#service+coverage', 'coverage'],
  ['#contact+phone', 'phone'],
  ['#contact+phone+whatsapp', 'whatsapp'],
  ['#contact+phone+sms', 'sms'],
  ['#contact+phone+tollfree', 'tollfree'],
  ['#contact+phone+abroad', 'phone_abroad'],
  ['#contact+phone+abroad+note', 'phone_abroad_note'],
  ['#contact+hours', 'phone_hours'],
  ['#contact+telegram', 'telegram'],
  ['#contact+email', 'email'],
  ['#contact+url', 'website'],
  ['#access+hours', 'hours'],
  ['#access+hours+zone', 'time_zone'],
  ['#access+languages', 'languages'],
  ['#access+interpretation', 'interpretation'],
  ['#access+group', 'serves'],
  ['#population', 'serves'],
  ['#access+age+min', 'min_age'],
  ['#access+age+max', 'max_age'],
  ['#access+documents', 'documents'],
  ['#access+cost', 'cost'],
  ['#access+type', 'how_to_access'],
  ['#access+disability', 'accessibility'],
  ['#access+nationality', 'nationality'],
  ['#access+conditions', 'conditions'],
  ['#access+referral', 'referral_needed'],
  ['#access+female_staff', 'female_staff'],
  ['#access+children', 'children_welcome'],
  ['#access+reporting', 'mandatory_reporting'],
  ['#service+gbv+trained', 'gbv_trained'],
  ['#service+keywords', 'keywords'],
  ['#date+verified', 'verified_on'],
  ['#date+updated', 'verified_on'],
  ['#meta+verified_by', 'verified_by'],
  ['#meta+verified_method', 'verified_method'],
  ['#date+review', 'review_by'],
  ['#date+end', 'ends_on'],
  ['#meta+url', 'source_url'],
  ['#meta+date', 'source_on'],
  ['#meta+confidence', 'confidence'],
]
/** What a tag means as soon as it has a language. */
const AS_TEXT: Readonly<Record<string, string>> = {
  hours: 'hours_note',
  documents: 'documents_text',
  cost: 'cost_text',
}
const PARSED = TAGS.map(([tag, column]) => {
  const [base = '', ...attributes] = tag.split('+')
  return { base, attributes, column }
})

export function isHxlRow(cells: readonly string[]): boolean {
  const given = cells.filter((cell) => cell !== '')
  return given.length > 0 && given.every((cell) => /^#[a-z][\w +]*$/iu.test(cell))
}

/** What says nothing of who may see it. */
const HARMLESS = /^(?:code|name|type|text|num|label|list|public|main|primary|office|iso[23]|v_\w+|i_\w+)$/u

export interface TaggedColumn {
  column: string
  /** The language of a text. */
  tag?: string
  /** Some attribute is not known, and the cells would be shown as they stand. */
  isDoubtful?: true
}

export function hxlColumn(cell: string): TaggedColumn | undefined {
  const [base = '', ...attributes] = cell.toLowerCase().replace(/\s/gu, '').split('+')
  const language = attributes
    .find((one) => /^i_[a-z]{2,3}(?:_[a-z]{2,8})?$/u.test(one))
    ?.slice(2)
    .replace('_', '-')
  const [found] = PARSED.filter(
    (one) => one.base === base && one.attributes.every((attribute) => attributes.includes(attribute)),
  ).toSorted((a, b) => b.attributes.length - a.attributes.length)
  if (found === undefined) return undefined
  const column = language === undefined ? found.column : (AS_TEXT[found.column] ?? found.column)
  const isKnown = (attribute: string) => found.attributes.includes(attribute) || HARMLESS.test(attribute)
  return {
    column,
    ...(language === undefined ? {} : { tag: language }),
    ...(isShown(column) && !attributes.every(isKnown) ? { isDoubtful: true } : {}),
  }
}
