import { z } from 'zod'
import type { PackOfRow } from '../../pack/read-service.ts'
import type { Foreign, Format } from '../foreign.ts'
import { categoriesIn, dateIn, idOf, isSecret, reviewBy, servedIn } from './kinds.ts'
import { filledText, listOf, number, text } from './lenient.ts'
import { placeReader } from './place-cells.ts'
import { type RecordSheet, recordSheet } from './record-sheet.ts'
import { daysOf, type DayTimes, timeOf, weeklyHours } from './weekly-hours.ts'

/** Articles of Signpost, as its Directus gives them: `{ "data": [ … ] }`, or the list alone. */
export const signpost: Format = {
  name: 'Signpost, as JSON',
  isOne: (foreign) => articlesIn(foreign)?.some((entry) => isArticle(entry)) === true,
  read: (foreign, pack) => readArticles(articlesIn(foreign) ?? [], pack),
}

/** A name, or an object with one. */
const named = z
  .union([text.pipe(z.string().min(1)), z.object({ name: text }).transform(({ name }) => name)])
  .catch('')
const article = z.object({
  id: filledText,
  name: text,
  description: text,
  status: text,
  provider: named,
  address: text,
  city: named,
  region: named,
  country: named,
  categories: listOf(named),
  subcategories: listOf(named),
  Populations: listOf(named),
  Accessibility: listOf(named),
  addHours: listOf(z.object({ Day: text, open: text, close: text })),
  contactInfo: listOf(z.object({ channel: text, contact_details: filledText })),
  contactEmail: text,
  location: z
    .object({ coordinates: z.tuple([number, number]) })
    .transform(({ coordinates: [lon, lat] }) => ({ lat, lon }))
    .catch({ lat: undefined, lon: undefined }),
  date_updated: text,
  translations: listOf(
    z.object({
      languages_id: z.union([filledText, z.object({ code: filledText }).transform(({ code }) => code)]),
      name: text,
      description: text,
    }),
  ),
})
type Article = z.output<typeof article>

const OWN_FIELDS = ['addHours', 'contactInfo', 'Populations', 'subcategories', 'translations', 'date_updated']

function isArticle(entry: unknown): boolean {
  if (typeof entry !== 'object' || entry === null || !('id' in entry)) return false
  return OWN_FIELDS.filter((field) => Object.hasOwn(entry, field)).length >= 2
}

function articlesIn(foreign: Foreign): readonly unknown[] | undefined {
  if (foreign.kind !== 'json') return undefined
  const list = z.array(z.unknown())
  return z.union([list, z.object({ data: list }).transform(({ data }) => data)]).safeParse(foreign.value).data
}

function readArticles(entries: readonly unknown[], pack: PackOfRow): ReturnType<Format['read']> {
  const sheet = recordSheet()
  const place = placeReader(pack)
  for (const [at, entry] of entries.entries()) {
    const read = article.safeParse(entry)
    if (read.success) addArticle(read.data, at + 1, { pack, place, sheet })
    else
      sheet.say({
        row: at + 1,
        kind: 'refused',
        problem: 'is not an article with an id',
        remedy: 'Export it again.',
      })
  }
  return sheet.read()
}

interface Wish {
  pack: PackOfRow
  place: ReturnType<typeof placeReader>
  sheet: RecordSheet
}

/** No plain object: a file may say `__proto__`. */
const STATUS: ReadonlyMap<string, string> = new Map([
  ['published', 'active'],
  ['draft', 'draft'],
  ['archived', 'closed'],
])

function addArticle(read: Article, row: number, { pack, place, sheet }: Wish): void {
  const own = (pack.languages[0] ?? 'en').toLowerCase()
  const categories = categoriesIn([...read.subcategories, ...read.categories])
  if (categories.length === 0)
    sheet.say({
      row,
      column: 'categories',
      kind: 'note',
      problem: 'has no category that is known',
      remedy: 'It is "other"; set it after the import.',
    })
  const names = [read.name, ...read.translations.map(({ name }) => name)]
  const isHidden = isSecret(categories, names)
  if (isHidden)
    sheet.say({
      row,
      column: 'address',
      kind: 'quarantined',
      problem: 'may be of a secret place, so place and description are left out',
      remedy: 'Give its phone number only.',
    })
  const where = place.cells(
    {
      words: [read.city, read.region].filter((word) => word !== ''),
      country: read.country,
      address: read.address,
      ...read.location,
    },
    isHidden,
  )
  const verifiedOn = dateIn(read.date_updated)
  sheet.add(row, {
    service_id: idOf('signpost-', read.id),
    ...textCells(read, own, isHidden),
    categories: (categories.length === 0 ? ['other'] : categories).join(';'),
    org: read.provider,
    status: STATUS.get(read.status) ?? read.status,
    visibility: isHidden ? 'on_request' : 'public',
    ...where,
    coverage:
      where['address'] !== undefined || where['lat'] !== undefined
        ? 'site'
        : where['adm1_pcode'] === undefined
          ? 'country'
          : 'adm1',
    ...contactCells(read, row, sheet),
    hours: hoursOf(read, row, sheet),
    serves: servedIn(read.Populations).join(';'),
    accessibility: accessibilityIn(read.Accessibility).join(';'),
    verified_on: verifiedOn,
    verified_by: verifiedOn === '' ? '' : 'Signpost team',
    verified_method: verifiedOn === '' ? '' : 'partner',
    review_by: reviewBy(verifiedOn),
  })
}

/** Of a secret place the name stands for its description, which may say where it is. */
function textCells(
  { name, description, translations }: Article,
  own: string,
  isHidden: boolean,
): Record<string, string> {
  const cells: Record<string, string> = {}
  for (const one of [{ languages_id: own, name, description }, ...translations]) {
    const tag = languageOf(one.languages_id)
    if (tag === undefined || one.name === '') continue
    cells[`name_${tag}`] ??= one.name
    cells[`description_${tag}`] ??= isHidden ? one.name : one.description || one.name
  }
  return cells
}

/** "en-US" is en here: what differs between countries is not the language of a directory. A script stays. */
function languageOf(code: string): string | undefined {
  const [, language, script] =
    /^([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_][a-z]{2}|[-_]\d{3})?$/u.exec(code.toLowerCase()) ?? []
  return language === undefined || script === undefined ? language : `${language}-${script}`
}

const CHANNELS: readonly (readonly [RegExp, string])[] = [
  [/whats ?app/iu, 'whatsapp'],
  [/telegram/iu, 'telegram'],
  [/sms|text/iu, 'sms'],
  [/toll.?free/iu, 'tollfree'],
  [/e-?mail/iu, 'email'],
  [/web|site|url/iu, 'website'],
  [/phone|call|mobile|hotline/iu, 'phone'],
]

function contactCells(
  { contactInfo, contactEmail }: Article,
  row: number,
  sheet: RecordSheet,
): Record<string, string> {
  const found = new Map<string, string[]>()
  for (const { channel, contact_details: value } of contactInfo) {
    const [, column] = CHANNELS.find(([pattern]) => pattern.test(channel)) ?? []
    if (column === undefined)
      sheet.say({
        row,
        column: 'contactInfo',
        kind: 'note',
        problem: 'has a channel without a column here',
        remedy: 'Add another way to reach it.',
      })
    else found.set(column, [...(found.get(column) ?? []), value.replaceAll(';', ' ')])
  }
  if (contactEmail !== '' && !found.has('email')) found.set('email', [contactEmail])
  return Object.fromEntries([...found].map(([column, values]) => [column, [...new Set(values)].join(';')]))
}

function hoursOf({ addHours }: Article, row: number, sheet: RecordSheet): string {
  const times: DayTimes[] = []
  let isWhole = true
  for (const { Day, open, close } of addHours) {
    if (open === '' && close === '') continue
    const [days, from, to] = [daysOf(Day), timeOf(open), timeOf(close)]
    if (days === undefined || from === undefined || to === undefined) isWhole = false
    else times.push(...days.map((day) => ({ day, from, to })))
  }
  if (isWhole && times.length === 0) return ''
  const hours = isWhole ? weeklyHours(times) : undefined
  if (hours === undefined)
    sheet.say({
      row,
      column: 'hours',
      kind: 'note',
      problem: 'has hours that are not understood',
      remedy: 'They are left out; add them after the import.',
    })
  return hours ?? ''
}

const ACCESSIBILITY_WORDS: readonly (readonly [string, RegExp])[] = [
  ['step_free_entrance', /step.?free|ramp|wheelchair|elevators? and ramps/iu],
  ['lift', /\blift|elevator/iu],
  ['accessible_toilet', /toilet|restroom|bathroom/iu],
  ['sign_language', /sign language/iu],
  ['braille', /braille/iu],
  ['hearing_loop', /hearing loop/iu],
]

function accessibilityIn(said: readonly string[]): string[] {
  return ACCESSIBILITY_WORDS.filter(([, pattern]) => said.some((words) => pattern.test(words))).map(
    ([one]) => one,
  )
}
