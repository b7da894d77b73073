import type { Filter } from '../../../flows/filters.ts'
import type { Opening } from '../directory.ts'
import type { Service } from '../service.ts'
import { isSecretPlace } from '../secret-place.ts'

/**
 * Whether a service fits what a person asks of it. Not knowing is not a no, and what it is taken for is decided by what a
 * wrong guess costs her.
 *
 * Left out unless it is known, since she would stand before a closed door or be turned away:
 * - open now: only a schedule that surely says so;
 * - no steps, women on the staff: only where the row says it; a line to call has no door;
 * - her language: only where it is spoken; where there are interpreters it is kept as unsure;
 * - men, boys: only where the row says whom it serves; one that names neither gender nor age is unsure;
 * - LGBTIQ+ people: only where they are named, or everyone is; the second is unsure, since a row often says everyone without
 *   having thought of them, and being seen there may be a danger.
 *
 * Kept as unsure, behind what is known, and shown with "ask first", since leaving it out could leave her without any:
 * - no papers, free: not known; with free also where it depends on means. Papers and a price that are asked for are a no;
 * - women, girls: a row that names another gender or age in their place is a no, one that does not say is unsure;
 * - people with disabilities, older people: not said;
 * - children with her: only a plain no is a no.
 *
 * Under 18 goes by ages and by whom it serves: a span that holds none of her years is a no, one that holds some is unsure
 * (her age was never asked), and a row for grown-ups only is a no. The ages of a nursery are those of the children.
 */
export type Fit = 'sure' | 'unsure' | 'no'

export interface Wishes {
  filters?: readonly Filter[]
  language?: string
  young?: boolean
}

/** How much is unsure about it; undefined when it does not fit. */
export function doubtsAbout(
  service: Service,
  { filters = [], language = '', young = false }: Wishes,
  opening: () => Opening,
): number | undefined {
  const fits = filters.map((filter) => fitOf(service, filter, { language, opening }))
  if (young) fits.push(fitsUnder18(service))
  return fits.includes('no') ? undefined : fits.filter((fit) => fit === 'unsure').length
}

export function fitOf(service: Service, filter: Filter, asker: Asker): Fit {
  return FITS[filter](service, asker)
}

interface Asker {
  language: string
  opening(): Opening
}

const FITS: Readonly<Record<Filter, (service: Service, asker: Asker) => Fit>> = {
  open: (_, { opening }) => only(isOpen(opening())),
  language: ({ languages, interpretation = 'none' }, { language }) =>
    languages.some((one) => baseOf(one) === baseOf(language))
      ? 'sure'
      : interpretation === 'none'
        ? 'no'
        : 'unsure',
  noPapers: ({ documents }) => (documents === 'none' ? 'sure' : documents === 'unknown' ? 'unsure' : 'no'),
  stepFree: (service) => only(service.accessibility.includes('step_free_entrance') || isLine(service)),
  femaleStaff: ({ femaleStaff }) => only(femaleStaff === true),
  free: ({ cost }) => (cost === 'free' ? 'sure' : cost === 'paid' ? 'no' : 'unsure'),
  women: (service) => among(service, 'women', 'unsure'),
  girls: (service) => among(service, 'girls', 'unsure'),
  men: (service) => among(service, 'men', 'no'),
  boys: (service) => among(service, 'boys', 'no'),
  lgbtiq: ({ serves, categories }) =>
    serves.includes('lgbtiq') || categories.includes('lgbtiq')
      ? 'sure'
      : serves.includes('everyone')
        ? 'unsure'
        : 'no',
  disabilities: ({ serves, categories }) =>
    serves.includes('people_with_disabilities') || categories.includes('disability') ? 'sure' : 'unsure',
  older: ({ serves, maxAge }) =>
    maxAge !== undefined && maxAge < OLDER
      ? 'no'
      : serves.includes('older_people') || serves.includes('everyone')
        ? 'sure'
        : 'unsure',
  children: (service) =>
    service.childrenWelcome === false
      ? 'no'
      : service.childrenWelcome === true || service.serves.includes('children_with_mother') || isLine(service)
        ? 'sure'
        : 'unsure',
}

/** An age that a row for everybody under it surely leaves out. */
const OLDER = 60

type Gender = 'women' | 'girls' | 'men' | 'boys'
const GENDERS: readonly string[] = ['women', 'girls', 'men', 'boys']

function among({ serves }: Service, whom: Gender, silent: Fit): Fit {
  if (serves.includes(whom) || serves.includes('everyone')) return 'sure'
  if (serves.some((one) => GENDERS.includes(one))) return 'no'
  return serves.length === 0 ? silent : 'unsure'
}

const CHILD_YEARS = { youngest: 6, oldest: 17 }

export function fitsUnder18({ minAge = 0, maxAge = 120, serves, categories }: Service): Fit {
  const { youngest, oldest } = CHILD_YEARS
  const isOfHers = categories[0] !== 'childcare'
  if (minAge > oldest || (isOfHers && maxAge < youngest)) return 'no'
  const named = serves.some((one) => one === 'girls' || one === 'boys' || one === 'everyone')
  if (!named && serves.some((one) => GROWN_UP.has(one))) return 'no'
  const isWhole = !isOfHers || (minAge <= youngest && maxAge >= oldest)
  return named && isWhole ? 'sure' : 'unsure'
}

/** The child of a mother comes with her, not alone. */
const GROWN_UP: ReadonlySet<string> = new Set(['women', 'men', 'older_people', 'children_with_mother'])

/** Called or written to only, and not the door of a house whose place is kept secret. */
function isLine(service: Service): boolean {
  return (
    service.access.length > 0 && service.access.every((one) => REMOTE.has(one)) && !isSecretPlace(service)
  )
}
export const REMOTE: ReadonlySet<string> = new Set(['phone', 'whatsapp', 'sms', 'email', 'web'])

export function isOpen({ kind }: Opening): boolean {
  return kind === 'open' || kind === 'always'
}

function only(isKnown: boolean): Fit {
  return isKnown ? 'sure' : 'no'
}

function baseOf(language: string): string {
  return language.split('-')[0] ?? ''
}
