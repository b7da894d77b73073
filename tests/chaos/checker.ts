import type { Event } from './history.ts'
import { alignReplies, type Aligned } from './replies.ts'
import { type Cause, causeOf, concerns } from './causes.ts'

/**
 * Judges a history by what people were promised. Pure: the same history gives the same verdict, and each violation names
 * the person and the moment, so that it can be looked up.
 */
export const VIOLATIONS = [
  /** Acknowledged, and its page never came. */
  'lost',
  /** Never acknowledged, though all had healed. */
  'neverTaken',
  'reordered',
  /** Sent again though its sender lived and all its lines were whole. */
  'repeated',
  /** More than the one send that was under way when she left. */
  'afterExit',
  'afterWipe',
  /** Of somebody who erased all: a record, a key, a case. */
  'notErased',
  'casesTwice',
  'casesLost',
  /** A text that answers nothing that she said. */
  'unexpected',
] as const
export type Violation = (typeof VIOLATIONS)[number]

export interface Found {
  what: Violation
  person: string
  at: number
  text: string
}

export interface Verdict {
  counts: {
    messages: number
    turns: number
    kills: number
    pauses: number
    failovers: number
    restarts: number
    faults: number
    jumps: number
    repeats: Record<Cause, number>
    exits: number
    wipes: number
    /** Wipes that were done, and whose one line met a platform that was away: there is no record to keep it in. */
    unsaid: number
    cases: number
  }
  found: Found[]
}

export function check(events: readonly Event[]): Verdict {
  const people = Map.groupBy(events.filter(isOfPerson), ({ person }) => person)
  const aligned = [...people].map(([person, hers]) => ({ person, hers, of: alignReplies(hers) }))
  const repeats: Verdict['counts']['repeats'] = { kill: 0, pause: 0, answerLost: 0, storeAway: 0 }
  const found: Found[] = []
  let unsaid = 0
  for (const { person, hers, of } of aligned) {
    const isUnsaid = (said: { n: number; at: number }) => wasUnsaid(events, hers, said)
    unsaid += of.lost.filter(isUnsaid).length
    of.lost = of.lost.filter((said) => !isUnsaid(said))
    found.push(...ofReplies(person, of), ...ofCases(person, hers), ...ofErasing(person, hers))
    for (const repeat of of.repeats) {
      const cause = causeOf(events, repeat)
      if (cause === undefined)
        found.push({ what: 'repeated', person, at: repeat.again.at, text: repeat.again.text })
      else repeats[cause] += 1
    }
  }
  for (const event of events)
    if (event.kind === 'strayCase')
      found.push({ what: 'casesTwice', person: '', at: event.at, text: event.case })
  return {
    counts: { ...counted(events), unsaid, repeats },
    found: found.toSorted((a, b) => a.at - b.at),
  }
}

type OfPerson = Extract<Event, { person: string }>
const isOfPerson = (event: Event): event is OfPerson => 'person' in event

function ofReplies(person: string, of: Aligned): Found[] {
  const named = (what: Violation, all: readonly { at: number; text: string }[]) =>
    all.map(({ at, text }) => ({ what, person, at, text }))
  return [
    ...named('lost', of.lost),
    ...named('neverTaken', of.neverTaken),
    ...named('reordered', of.reordered),
    ...named('afterExit', of.afterExit),
    ...named('afterWipe', of.afterWipe),
    ...named('unexpected', of.unexpected),
  ]
}

/** Each call for help stands at the desk once; what was erased does not. */
function ofCases(person: string, hers: readonly OfPerson[]): Found[] {
  const found: Found[] = []
  const erasedAt = Math.max(-1, ...saidIn(hers, 'wipe').map(({ n }) => n))
  const asked = saidIn(hers, 'case').filter(({ n }) => n > erasedAt && isTaken(hers, n))
  const cases = hers.filter((event) => event.kind === 'case')
  const at = hers.at(-1)?.at ?? 0
  if (cases.length < asked.length) found.push({ what: 'casesLost', person, at, text: 'its case' })
  if (cases.length > asked.length && asked.length > 0)
    found.push({ what: 'casesTwice', person, at, text: cases.map((one) => one.case).join(' ') })
  return found
}

function ofErasing(person: string, hers: readonly OfPerson[]): Found[] {
  return hers.flatMap((event) =>
    event.kind === 'remains' ? [{ what: 'notErased' as const, person, at: event.at, text: event.what }] : [],
  )
}

/** The line after a wipe is said past the outbox: what was to keep it is erased. */
function wasUnsaid(
  events: readonly Event[],
  hers: readonly OfPerson[],
  { n, at }: { n: number; at: number },
): boolean {
  const taken = hers.find((event) => event.kind === 'taken' && event.n === n)
  if (taken?.kind !== 'taken' || !saidIn(hers, 'wipe').some((said) => said.n === n)) return false
  return events.some(
    (event) =>
      event.kind === 'faulted' &&
      event.line === 'platform' &&
      concerns(event, taken.by) &&
      event.at <= taken.at &&
      event.until >= at,
  )
}

function saidIn(events: readonly OfPerson[], asks: 'exit' | 'wipe' | 'case') {
  return events.filter((event) => event.kind === 'said').filter((said) => said.asks === asks)
}

const isTaken = (events: readonly OfPerson[], n: number) =>
  events.some((event) => event.kind === 'taken' && event.n === n)

function counted(events: readonly Event[]): Omit<Verdict['counts'], 'repeats' | 'unsaid'> {
  const count = (is: (event: Event) => boolean) => events.filter(is).length
  const faulted = (how: 'failover' | 'restart') =>
    count((event) => event.kind === 'faulted' && event.how === how)
  const asks = (what: 'exit' | 'wipe' | 'case') =>
    count((event) => event.kind === 'said' && event.asks === what)
  return {
    messages: count(({ kind }) => kind === 'said'),
    turns: count(({ kind }) => kind === 'taken'),
    kills: count(({ kind }) => kind === 'killed'),
    pauses: count(({ kind }) => kind === 'paused'),
    failovers: faulted('failover'),
    restarts: faulted('restart'),
    faults: count(({ kind }) => kind === 'faulted') - faulted('failover') - faulted('restart'),
    jumps: count(({ kind }) => kind === 'clock'),
    exits: asks('exit'),
    wipes: asks('wipe'),
    cases: asks('case'),
  }
}
