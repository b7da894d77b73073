import type { Field } from '../directory/publishing/service-cells.ts'
import type { Opening } from '../directory/directory.ts'
import type { NotDone } from '../directory/publishing/publishing.ts'
import type { Category, Contact, Service } from '../directory/service.ts'

/**
 * What the desk's page and its server say about the directory, as wire.ts does about the rest. Nothing here is about a
 * person who writes. Names come in the reader's language where there are any; codes are worded by the page.
 */

/** Why people in the chat see a service, or do not. overdue: not checked in time. ended: its last day is over. */
export const SERVICE_STATES = [
  'shown',
  'overdue',
  'ended',
  'closedForNow',
  'closed',
  'draft',
  'notPublic',
] as const
export type ServiceState = (typeof SERVICE_STATES)[number]

/** GET /desk/api/directory?pack=&area=&need=&state=&text=&most= (not auditors) */
export interface DirectoryAnswer {
  services: DirectoryRow[]
  /** Services that were found; `services` are the first of them. */
  total: number
  packs: DirectoryPack[]
}
export interface DirectoryPack {
  id: string
  name: string
  areas: { id: string; name: string }[]
  /** false: without a fresh health service and hotline nobody is served from it. */
  served: boolean
}
export interface DirectoryRow {
  /** `demo/clinic-1` */
  id: string
  name: string
  /** '' for a place that stays secret, and for a line that is for everywhere. */
  area: string
  kinds: Category[]
  /** Phone, free phone, WhatsApp and SMS, each once. */
  numbers: string[]
  opening: Opening
  hours: string
  checkedOn: string
  reviewBy: string
  state: ServiceState
}

/** GET /desk/api/directory/services/:pack/:service (not auditors) */
export interface ServiceAnswer {
  row: DirectoryRow
  /** Everything that is known of it; a text in one language, the reader's where there is one. */
  facts: Fact[]
  /** Corrections of it that wait for a second person. */
  waiting: { id: number; at: number; by: string; mine: boolean }[]
  /** What a correction begins with. */
  form: CorrectionForm
}
export interface Fact {
  field: Field
  /** Of a text that is not in the reader's language. */
  language?: string
  value: string
}
export const NUMBER_KINDS = ['phone', 'tollfree', 'whatsapp', 'sms'] as const satisfies Contact['kind'][]
export type NumberKind = (typeof NUMBER_KINDS)[number]

export interface CorrectionForm {
  status: Service['status']
  numbers: { kind: NumberKind; value: string }[]
  /** The notation; '' when there is none. */
  hours: string
  /** Written hours, which leave with the notation that they say in words. */
  hoursNote: string
  /** Absent where the place stays secret. */
  address?: { language: string; value: string }[]
  endsOn: string
}

/** POST /desk/api/directory/services/:pack/:service/correct (caseworker, supervisor) -> Corrected. What is left out stays. */
export interface CorrectionPost {
  status?: Exclude<Service['status'], 'draft'> | undefined
  /** `from` '': a new one. `to` '': it is taken out. */
  numbers?: { kind: NumberKind; from: string; to: string }[] | undefined
  hours?: string | undefined
  address?: { language: string; value: string }[] | undefined
  endsOn?: string | undefined
  /** For whoever approves. */
  note: string
}
export type FormField = 'status' | 'numbers' | 'hours' | 'address' | 'endsOn' | 'note' | 'other'
export type Corrected =
  /** `hours`: the notation of hours that were written in words, as it was understood. */
  | { kind: 'proposed'; id: number; hours?: string }
  /** What must be mended before it can be proposed; `detail` in English. */
  | { kind: 'wrong'; fields: { field: FormField; detail: string }[] }
  /** The same waits already. */
  | { kind: 'waits' }
  | NotDone

/**
 * POST .../checked {} -> Done: somebody dialled it today and all of it is right.
 * POST .../stopped {} -> Corrected: it does not answer any more. That it is closed for now waits for a supervisor.
 */
export type Done = { kind: 'published'; number: number } | NotDone

/** GET /desk/api/directory/due (caseworker, supervisor) -> { due }: within a week and overdue, the most urgent first. */
export interface DueRow {
  id: string
  name: string
  numbers: string[]
  /** The page that its numbers were read on, where nobody has dialled them yet. */
  source?: string
  /** '' for one that nobody ever dialled, like its dates. */
  checkedBy: string
  checkedOn: string
  /** The last day on which it is shown, and which of its dates that is. */
  date: string
  why: 'review' | 'ends' | 'never'
  passed: boolean
  /** Somebody said that it does not answer, and a supervisor has not looked yet. */
  stopped: boolean
}

/** GET /desk/api/directory/notice (caseworker, supervisor) */
export interface DirectoryNotice {
  /** Not checked in time, so that nobody sees them. */
  overdue: number
  /** To be dialled within a week, these among them. */
  due: number
  /** Proposals that this reader may decide on; 0 for a caseworker. */
  waiting: number
  /** Of these, services that are said not to answer. */
  stopped: number
}

/** GET /desk/api/directory/proposals (supervisor) -> { proposals }: services that are said not to answer come first. */
export interface ProposalRow {
  id: number
  pack: string
  kind: 'list' | 'correction'
  /** Of a correction: the service's id and its name. */
  service: string
  name: string
  /** A service is closed by it. */
  closes: boolean
  by: string
  mine: boolean
  at: number
  /** Where a list came from. */
  about: string
}

/** GET /desk/api/directory/proposals/:id (supervisor) */
export interface ReviewAnswer {
  proposal: ProposalRow
  note: string
  /** Comes back with the approval. */
  live: number
  counts: Record<ServiceChangeRow['kind'], number>
  before: { services: number; shown: number }
  after: { services: number; shown: number }
  /** The first of them; what people no longer see stands first. */
  changes: ServiceChangeRow[]
  hindrance?: NotDone
}
export interface ServiceChangeRow {
  id: string
  name: string
  kind: 'new' | 'left' | 'changed' | 'checked'
  shown: { before: boolean; after: boolean }
  fields: { field: Field; language?: string; from: string; to: string }[]
}

/** POST .../proposals/:id/approve { on, evenSo } -> Done ; .../refuse {} -> {} ; both after a fresh touch. */

/** GET /desk/api/directory/editions (supervisor) -> { packs } */
export interface PackEditions {
  pack: string
  name: string
  editions: EditionRow[]
}
export interface EditionRow {
  number: number
  at: number
  by: string
  approvedBy: string
  about: string
}
/** POST /desk/api/directory/back { pack, on, evenSo } (supervisor, after a fresh touch) -> Done */
