import { countedAfterExit } from './counted.ts'
import type { Filter } from './filters.ts'

/**
 * What a conversation remembers between two turns, besides the page that it is on. Everything here is sealed with the
 * conversation's own key before it is stored, and everything is small: ids, numbers and choices, never a text that a
 * person typed.
 */

/** The platform whose look, limits and deletion rules this phone has. */
export type Look = 'whatsapp' | 'telegram'

/** What a person looks for in the directory; the directory maps each need to service categories. */
export const NEEDS = [
  'health',
  'feelings',
  'safeSpace',
  'shelter',
  'caseManagement',
  'legal',
  'police',
  'money',
  'supplies',
  'work',
  'grants',
  'childcare',
  'trafficking',
  'young',
  'aidConduct',
  'registration',
  'hotline',
] as const
export type Need = (typeof NEEDS)[number]

/** What a disclosure word was about; the confirm page's "yes" leads to the flow of that topic. */
export const TOPICS = [
  'danger',
  'suicide',
  'strangulation',
  'partner',
  'sexual',
  'trafficking',
  'aidworker',
  'young',
  'control',
] as const
export type Topic = (typeof TOPICS)[number]

/** How soon a case must be seen; the order of the desk's queue. */
export type Urgency = 'now' | 'within72h' | 'within120h' | 'young' | 'usual'

/** A word of the person's own, kept only as an Argon2id hash inside the sealed record. */
export interface OwnSecret {
  /** base64url, 16 bytes */
  salt: string
  /** base64url, 32 bytes */
  hash: string
}

export interface Context {
  look: Look
  /** BCP 47 tag of the chosen language. */
  language: string
  /** False until the person has chosen or the only language was taken. */
  languageChosen: boolean
  /** The pages on leaving, erasing and what is kept were shown. */
  taught: boolean
  /** Country pack id, '' until one is chosen (never '' when only one is served). */
  pack: string
  /** Paths of the pages that `back` returns to, latest last, at most 8. */
  trail: string[]
  /** The page that an interruption (confirm, not understood, search) returns to; '' when none. */
  resume: string
  /** Messages in a row that were not understood. */
  unclear: number
  need: Need | ''
  /** Area id of the pack, '' when none was told. */
  area: string
  /** Index into the pack's areas of the first that is offered. */
  areasFrom: number
  /** What the list is narrowed by, until another need is chosen. */
  filters: Filter[]
  /** Service ids that the last search found, best first. */
  results: string[]
  /** Index into `results` of the first service shown. */
  offset: number
  /** The service whose card is open. */
  service: string
  /** Page paths and service ids that the search over titles offered. */
  offers: string[]
  topic: Topic | ''
  urgency: Urgency
  /** Under 18, by the person's own word. */
  young: boolean
  /** The case is about the conduct of an aid worker. */
  aidConduct: boolean
  /** The person allows one neutral message when an answer waits. */
  nudge: boolean
  /** Choices are written as numbered lines instead of buttons. */
  numbersOnly: boolean
  /** Pages that somebody has read aloud come as a voice message too. */
  voice: boolean
  /** The come-back word of her own, when one was chosen. */
  ownWord: OwnSecret | null
  /** Wrong tries at the own word since it last matched. */
  ownWordMisses: number
  /** The check phrase agreed for a case. */
  checkPhrase: OwnSecret | null
  /** The case that waits or that a caseworker has; '' when none. */
  case: string
  caseState: '' | 'waiting' | 'active'
  /** Something of the case waits until she may read it. */
  answerWaits: boolean
  /** The one plain line that she allowed was sent, and she has not been back since. */
  nudged: boolean
  /** Whole minutes since 1970 when something of the case was last on her screen; 0 when nothing was. */
  caseMinute: number
  /** Whole minutes since 1970 when the desk was last told that she is here. */
  hereMinute: number
  /** How often she left or came back after a silence: what was on its way to her before that was cancelled. */
  partings: number
  /** Whole minutes since 1970 of the last turn. */
  lastMinute: number
  /** What of it stands in the statistics already, as `counted.ts` writes it; '' for nothing. */
  counted: string
}

/** Nothing of a case any more. */
export const NO_CASE = {
  case: '',
  caseState: '',
  answerWaits: false,
  nudged: false,
  caseMinute: 0,
  hereMinute: 0,
} as const satisfies Partial<Context>

/** The context of a conversation that nobody has told anything yet. */
export function emptyContext(look: Look, language: string): Context {
  return {
    look,
    language,
    languageChosen: false,
    taught: false,
    pack: '',
    trail: [],
    resume: '',
    unclear: 0,
    need: '',
    area: '',
    areasFrom: 0,
    filters: [],
    results: [],
    offset: 0,
    service: '',
    offers: [],
    topic: '',
    urgency: 'usual',
    young: false,
    aidConduct: false,
    nudge: false,
    numbersOnly: false,
    voice: false,
    ownWord: null,
    ownWordMisses: 0,
    checkPhrase: null,
    case: '',
    caseState: '',
    answerWaits: false,
    nudged: false,
    caseMinute: 0,
    hereMinute: 0,
    partings: 0,
    lastMinute: 0,
    counted: '',
  }
}

/** What exit forgets: everything but language, settings, the come-back word, and the case that may still be answered. */
export function forgotten(context: Context): Context {
  return {
    ...emptyContext(context.look, context.language),
    languageChosen: context.languageChosen,
    taught: context.taught,
    pack: context.pack,
    nudge: context.nudge,
    numbersOnly: context.numbersOnly,
    voice: context.voice,
    ownWord: context.ownWord,
    ownWordMisses: context.ownWordMisses,
    checkPhrase: context.checkPhrase,
    case: context.case,
    caseState: context.caseState,
    answerWaits: context.answerWaits,
    nudged: context.nudged,
    caseMinute: context.caseMinute,
    hereMinute: 0,
    partings: context.partings + 1,
    lastMinute: context.lastMinute,
    counted: countedAfterExit(context.counted),
  }
}
