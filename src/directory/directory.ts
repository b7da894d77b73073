import type { Need } from '../../flows/context.ts'
import type { HeldBack, PackStatement, Place, ServiceQuery } from '../../flows/facts.ts'
import type { Instant } from '../operations/environment.ts'
import type { Reason, Reasoned } from './search/reasons.ts'
import type { Service } from './service.ts'

/**
 * What is true in the places that this deployment serves. Pure: built once from loaded packs by `createDirectory`, asked
 * with the instant of the turn, so that a number that turns stale is withheld from that minute on.
 */
export interface Directory {
  /** Packs that may be served now: at least one fresh health service and one fresh hotline. */
  live(now: Instant): readonly string[]
  packName(pack: string, language: string): string
  /** Area ids in the pack's order. */
  areas(pack: string): readonly string[]
  areaName(pack: string, area: string, language: string): string
  /** The area a typed name means (any language's name, small mistakes allowed), undefined when unsure. */
  areaNamed(pack: string, text: string): string | undefined
  /** The area whose centre is nearest, undefined when every one is over 300 km away. */
  areaNear(pack: string, place: Place): string | undefined
  /**
   * Ids of fresh, active services for a need, best first, at most 12: same area, then distance bands, open now before
   * closed in each; country-wide phone lines are always appended. Without what does not fit the query's filters, and what
   * is unsure behind what is known (narrowing.ts).
   */
  search(query: ServiceQuery, now: Instant): readonly string[]
  service(pack: string, id: string, now: Instant): Service | undefined
  /** Plain lines for a card in a language: name, summary, hours now ("Open now until 16:00"), phone, address, cost... */
  card(pack: string, id: string, language: string, now: Instant): ServiceCard | undefined
  /** Why it stands in a list: known facts only, the distance coarse; none for a service that is not shown. */
  reasons(pack: string, id: string, wished: Reasoned, now: Instant): readonly Reason[]
  /** Whatever way led to the service: what has to be read before it is opened, or that its ages leave her out. */
  heldBack(
    pack: string,
    id: string,
    asker: { need: Need | ''; young: boolean },
    now: Instant,
  ): HeldBack | undefined
  /** Fresh hotlines of the pack for this need, best first, at most 2. `young` prefers a children's line. */
  hotlines(pack: string, language: string, now: Instant, wish?: HotlineWish): readonly Hotline[]
  /** The emergency number with its country's name ("112, Velmora"), undefined when the pack has none that is sourced. */
  emergency(pack: string, language: string): string | undefined
  /** Whether the people of the pack's desk are at work by its hours; undefined where it gives none. */
  desk(pack: string, now: Instant): DeskHours | undefined
  states(pack: string, statement: PackStatement): boolean
  /** The pack's own text on a rights topic with a source, undefined where it has none in this language. */
  rights(pack: string, topic: string, language: string): string | undefined
  /**
   * Names of the fresh services in a language, for the search over titles; the same array all day. Without the police and
   * the line about aid workers, which a page with a notice stands before; for somebody under 18 without what is not for them.
   */
  titles(
    pack: string,
    language: string,
    now: Instant,
    young?: boolean,
  ): readonly { id: string; title: string; words: string }[]
}

export interface DeskHours {
  open: boolean
  /** When they are back, by the pack's clock; absent while open, and where it is not sure. */
  opens?: Extract<Opening, { kind: 'closed' }>
}

export interface HotlineWish {
  young?: boolean
  trafficking?: boolean
  /** The area that was chosen; '' or absent while it is not known. */
  area?: string
}

export interface Hotline {
  id: string
  name: string
  number: string
  /** "24/7", "Mon-Fri 09:00-18:00", '' when not known. */
  hours: string
}

/** Facts of one service, already worded in the person's language, for `render` to lay out; absent when not known. */
export interface ServiceCard {
  id: string
  name: string
  summary: string
  opening: Opening
  /** The service's hours as its own people write them, else read from its schedule, '' when not known. */
  hoursText: string
  phones: readonly string[]
  whatsapp: readonly string[]
  sms: readonly string[]
  telegram: readonly string[]
  emails: readonly string[]
  websites: readonly string[]
  address: string
  /** With its country when it is not the pack's; '' for a line or a secret place. */
  areaName: string
  /** 'free' | 'paid' | 'means_tested' | 'unknown' */
  cost: Service['cost']
  documents: Service['documents']
  referralNeeded: boolean
  femaleStaff: boolean
  stepFree: boolean
  childrenWelcome: boolean
  /** Who runs it, only for the line about aid workers: it must not be the organisation that it is about. Else ''. */
  runBy: string
  /** Must be shown before a referral: "Health staff must report to police here". '' when none. */
  mandatoryReporting: string
  /** What to say at the door or on the phone. '' when none. */
  safetyNote: string
  /** ISO date of the last check. */
  checkedOn: string
  isPolice: boolean
}

/** Only said when sure. Times are HH:MM in the service's own zone; day is 0 (Monday) to 6. */
export type Opening =
  | { kind: 'always' }
  /** The first closed minute; on a later day only where it is open over midnight. */
  | { kind: 'open'; until: string }
  | { kind: 'closed'; opensDay: number; opensAt: string; today: boolean; tomorrow: boolean }
  /** `holiday`: because of today's, of which its hours say nothing. */
  | { kind: 'unknown'; holiday?: true }
