import { z } from 'zod'
import type { PackOfRow } from '../../pack/read-service.ts'
import type { Foreign, Format } from '../foreign.ts'
import { categoriesIn, dateIn, idOf, isSecret, servedIn } from './kinds.ts'
import { filledText, number, text } from './lenient.ts'
import { placeReader } from './place-cells.ts'
import { type RecordSheet, recordSheet } from './record-sheet.ts'
import { daysOf, timeOf, weeklyHours } from './weekly-hours.ts'

/**
 * Services as ActivityInfo gives them and UNHCR's Services Advisor shows them: features with groups of ticked values. Their
 * comments are never carried over: half of a published export held mailboxes and numbers of staff. They say no phone and no
 * check either, so that an officer has to add both before anything is shown.
 */
export const activityInfo: Format = {
  name: 'ActivityInfo or Services Advisor, as GeoJSON',
  isOne: (foreign) => featuresIn(foreign)?.some((entry) => feature.safeParse(entry).success) === true,
  read: (foreign, pack) => readFeatures(featuresIn(foreign) ?? [], pack),
}

const properties = z.looseObject({
  activityName: text,
  activityCategory: text,
  partnerName: text,
  locationName: text,
  comments: text,
  startDate: text,
  endDate: text,
})
const feature = z.object({
  id: filledText.optional().catch(undefined),
  geometry: z
    .object({ coordinates: z.tuple([number, number]) })
    .transform(({ coordinates: [lon, lat] }) => ({ lat, lon }))
    .catch({ lat: undefined, lon: undefined }),
  properties: properties.refine(
    (one) => 'partnerName' in one && ('activityName' in one || 'activityCategory' in one),
  ),
})
type Feature = z.output<typeof feature>

function featuresIn(foreign: Foreign): readonly unknown[] | undefined {
  if (foreign.kind !== 'json') return undefined
  const list = z.array(z.unknown())
  const collection = z.object({ features: list }).transform(({ features }) => features)
  const entries = z.union([list, collection]).safeParse(foreign.value).data
  return entries?.some((entry) => typeof entry === 'object' && entry !== null && 'properties' in entry) ===
    true
    ? entries
    : undefined
}

function readFeatures(entries: readonly unknown[], pack: PackOfRow): ReturnType<Format['read']> {
  const sheet = recordSheet()
  const place = placeReader(pack)
  for (const [at, entry] of entries.entries()) {
    const read = feature.safeParse(entry)
    const isNamed =
      read.success && (read.data.properties.activityName || read.data.properties.activityCategory) !== ''
    if (isNamed) addFeature(read.data, at + 1, { pack, place, sheet })
    else
      sheet.say({
        row: at + 1,
        kind: 'refused',
        problem: 'has no partner or no activity',
        remedy: 'Correct it in ActivityInfo and export it again.',
      })
  }
  return sheet.read()
}

interface Wish {
  pack: PackOfRow
  place: ReturnType<typeof placeReader>
  sheet: RecordSheet
}

function addFeature(
  { id, geometry, properties: given }: Feature,
  row: number,
  { pack, place, sheet }: Wish,
): void {
  const tag = (pack.languages[0] ?? 'en').toLowerCase()
  const ticked = (name: RegExp) => tickedIn(given, name)
  const name = given.activityName || given.activityCategory
  const indicators = ticked(/^indicators$/iu)
  const ofCategory = categoriesIn([given.activityCategory, given.activityName])
  const categories = ofCategory.length > 0 ? ofCategory : categoriesIn(indicators)
  const say = (kind: 'quarantined' | 'note', column: string, problem: string, remedy: string) => {
    sheet.say({ row, column, kind, problem, remedy })
  }
  if (categories.length === 0)
    say('note', 'categories', 'has no category that is known', 'It is "other"; set it after the import.')
  const isHidden = isSecret(categories, [name, given.locationName, ...indicators])
  if (given.comments !== '')
    say(
      'quarantined',
      'comments',
      'is left out: such comments often name people',
      'Write what people must know into the description.',
    )
  if (isHidden && geometry.lat !== undefined)
    say(
      'quarantined',
      'geometry',
      'may be of a secret place, so place and description are left out',
      'Give its phone number only.',
    )
  const where = place.cells(
    { words: [given.locationName].filter((word) => word !== ''), country: '', address: '', ...geometry },
    isHidden,
  )
  const access = ticked(/accessibility/iu).join(' ')
  const nationality = ticked(/nationality/iu)
  const papers = ticked(/registration type/iu)
  const criteria = ticked(/intake criteria/iu)
  const isOpenToAll = (words: readonly string[]) =>
    words.some((word) => /^(?:all|any|none|no requirement|not required)\b/iu.test(word))
  sheet.add(row, {
    service_id: idOf('activityinfo-', id ?? `${name}-${given.locationName}-${given.partnerName}`),
    [`name_${tag}`]:
      given.activityName === '' || given.locationName === '' || isHidden
        ? name
        : `${name}, ${given.locationName}`,
    [`description_${tag}`]: isHidden || indicators.length === 0 ? name : indicators.join('. '),
    categories: (categories.length === 0 ? ['other'] : categories).join(';'),
    org: given.partnerName,
    status: 'active',
    visibility: isHidden ? 'on_request' : 'public',
    ...where,
    [`place_${tag}`]: isHidden ? '' : given.locationName,
    coverage: coverageOf(ticked(/coverage/iu).join(' '), where),
    hours: hoursOf(given, (problem) =>
      say('note', 'hours', problem, 'They are left out; add them after the import.'),
    ),
    serves: servedIn([...criteria, ...papers]).join(';'),
    [`nationality_${tag}`]:
      nationality.length === 0 || isOpenToAll(nationality) ? '' : nationality.join(', '),
    [`conditions_${tag}`]: criteria.length === 0 || isOpenToAll(criteria) ? '' : criteria.join(', '),
    documents: papers.length === 0 ? '' : isOpenToAll(papers) ? 'none' : 'some',
    [`documents_text_${tag}`]: isOpenToAll(papers) ? '' : papers.join(', '),
    how_to_access: [
      ...(/walk.?in/iu.test(access) ? ['walk_in'] : []),
      ...(/hot ?line|phone/iu.test(access) ? ['phone'] : []),
      ...(/outreach/iu.test(access) ? ['outreach'] : []),
      ...(/referral/iu.test(access) ? ['referral'] : []),
    ].join(';'),
    referral_needed: /referrals? only/iu.test(access) && !/walk.?in/iu.test(access) ? 'yes' : '',
    ends_on: dateIn(given.endDate),
  })
}

/** The values of a group whose tick is set: `{ "Walk-in": true }`, or a number that is not nought. */
function tickedIn(given: Feature['properties'], name: RegExp): string[] {
  return Object.entries(given)
    .filter(([group]) => name.test(group))
    .flatMap(([, values]) =>
      typeof values === 'object' && values !== null && !Array.isArray(values)
        ? Object.entries(values)
            .filter(([, tick]) => tick === true || tick === 'true' || (typeof tick === 'number' && tick > 0))
            .map(([label]) => text.parse(label))
        : [],
    )
    .filter((label) => label !== '')
}

function coverageOf(said: string, where: Readonly<Record<string, string>>): string {
  if (/country ?wide|national/iu.test(said)) return 'country'
  if (where['lat'] !== undefined) return 'site'
  return where['adm1_pcode'] === undefined ? 'country' : 'adm1'
}

/** "Sun-Thurs", "Open at 9:00", "Close at 15:00". Offices of some days of the week only ("weekly") have no hours. */
function hoursOf(given: Feature['properties'], say: (problem: string) => void): string {
  const days = tickedIn(given, /availability day/iu)
  const often = tickedIn(given, /availability$/iu)
  if (often.some((word) => !/^(?:every ?day|daily|weekly|every week|week ?days)$/iu.test(word))) {
    say('has hours that are not of every week')
    return ''
  }
  const [opens, opensToo] = tickedIn(given, /open at/iu)
  const [closes, closesToo] = tickedIn(given, /close at/iu)
  if (days.length === 0 && opens === undefined && closes === undefined) return ''
  const read = daysOf(days.join(','))
  const from = timeOf((opens ?? '').replace(/^.*open at/iu, ''))
  const to = timeOf((closes ?? '').replace(/^.*close at/iu, ''))
  const isOne = opensToo === undefined && closesToo === undefined
  const hours =
    read === undefined || from === undefined || to === undefined || !isOne
      ? undefined
      : weeklyHours(read.map((day) => ({ day, from, to })))
  if (hours === undefined) say('has hours that are not understood')
  return hours ?? ''
}
