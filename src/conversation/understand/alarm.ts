import type { Topic } from '../../../flows/context.ts'
import type { Found } from './compile-lexicon.ts'
import type { Reading } from './lexicon.ts'
import type { Hit } from './network-table.ts'
import type { Meaning, Tier } from './word-lists.ts'

/**
 * What a text says of danger or violence: one tier, one topic, and how it is said. Denying it and speaking of someone
 * else colour the answer and never suppress it. An everyday phrase around the words ("killing time") does.
 */
export interface Alarm {
  tier: Tier
  topic: Topic
  lang: string
  aboutOther: boolean
  negated: boolean
}

type AlarmHit = Hit<Found> & { tier: Tier; topic: Topic }

/** Which topic leads when a text holds several of one tier: the one whose page must warn or hurry most. */
const FIRST: readonly Topic[] = [
  'danger',
  'suicide',
  'strangulation',
  'young',
  'aidworker',
  'sexual',
  'trafficking',
  'partner',
  'control',
]
/** Topics that have their own notices, so that a longer phrase of another topic does not replace them. */
const ALWAYS: readonly Topic[] = ['young', 'aidworker']
/** A denial this many words before the phrase still belongs to it. */
const REACH = 3
/** Behind it, in a language that denies there: one word may stand between. Its `na` is a plain word elsewhere. */
const REACH_AFTER = 1

/** Hits of one tier that are weighed: a text with more has said enough, and the cost stays bounded. */
const MOST_HITS = 64

/** The gravest alarm in the text, or undefined. `tiers` says which ones to look for, gravest first. */
export function alarmIn(reading: Reading, tiers: readonly Tier[], language: string): Alarm | undefined {
  for (const tier of tiers) {
    const hits = alarms(reading, tier)
    if (hits.length > 0) return gravest(hits, reading, language)
  }
  return undefined
}

function alarms(reading: Reading, tier: Tier): AlarmHit[] {
  const found: AlarmHit[] = []
  for (const accept of reading.whole) {
    const alarm = alarmOf(accept.meaning)
    if (alarm?.tier === tier) found.push({ accept, start: 0, end: reading.words.length, ...alarm })
  }
  for (const hit of reading.inside) {
    const alarm = alarmOf(hit.accept.meaning)
    if (alarm?.tier !== tier || everyday(hit, reading)) continue
    found.push({ ...hit, ...alarm })
    if (found.length === MOST_HITS) break
  }
  return found
}

function everyday(hit: Hit<Found>, reading: Reading): boolean {
  return reading.inside.some(
    ({ accept, start, end }) => accept.meaning.kind === 'harmless' && start <= hit.start && hit.end <= end,
  )
}

function alarmOf(meaning: Meaning): { tier: Tier; topic: Topic } | undefined {
  return meaning.kind === 'alarm' ? { tier: meaning.tier, topic: meaning.topic } : undefined
}

function gravest(hits: readonly AlarmHit[], reading: Reading, language: string): Alarm | undefined {
  const ranked = hits
    .filter((hit) => ALWAYS.includes(hit.topic) || !hits.some((longer) => swallows(longer, hit)))
    .toSorted((a, b) => FIRST.indexOf(a.topic) - FIRST.indexOf(b.topic))
  const topic = ranked[0]?.topic
  const same = hits.filter((hit) => hit.topic === topic)
  const lead = same.find((hit) => hit.accept.lang === language) ?? same[0]
  if (lead === undefined) return undefined
  const colours = (kind: 'self' | 'other' | 'not' | 'notAfter') =>
    reading.inside.filter((hit) => hit.accept.meaning.kind === kind)
  const aboutSelf = colours('self').some((word) =>
    same.some((hit) => word.start <= hit.end && hit.start < word.end),
  )
  const denials = colours('not')
  const denialsAfter = colours('notAfter')
  const isDenied = (hit: AlarmHit) =>
    denials.some((no) => no.start >= hit.start - REACH && no.end <= hit.end) ||
    denialsAfter.some(
      ({ accept, start }) =>
        accept.lang === hit.accept.lang && start >= hit.end && start <= hit.end + REACH_AFTER,
    )
  return {
    tier: lead.tier,
    topic: lead.topic,
    lang: lead.accept.lang,
    aboutOther: !aboutSelf && colours('other').length > 0,
    negated: same.every((hit) => !hit.accept.denies && isDenied(hit)),
  }
}

/** A longer phrase over part of a shorter one says better what is meant ("he forced me to marry"). */
function swallows(longer: AlarmHit, hit: AlarmHit): boolean {
  return (
    longer.topic !== hit.topic && overlaps(longer, hit) && longer.end - longer.start > hit.end - hit.start
  )
}

function overlaps(a: { start: number; end: number }, b: { start: number; end: number }): boolean {
  return a.start < b.end && b.start < a.end
}
