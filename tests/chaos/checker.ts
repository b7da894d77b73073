import type { Event } from './history.ts'
import { alignReplies, type Aligned } from './replies.ts'
import { causeOf, type Cause } from './causes.ts'

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
    cases: number
  }
  found: Found[]
}

export function check(events: readonly Event[]): Verdict {
  const people = Map.groupBy(events.filter(isOfPerson), ({ person }) => person)
  const aligned = [...people].map(([person, hers]) => ({ person, hers, of: alignReplies(hers) }))
  const repeats: Verdict['counts']['repeats'] = { kill: 0, pause: 0, answerLost: 0, storeAway: 0 }
  const found: Found[] = []
  for (const { person, hers, of } of aligned) {
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
    counts: { ...counted(events), repeats },
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

/** Each call for help stands at the desk once, with each line once; what was erased does not. */
function ofCases(person: string, hers: readonly OfPerson[]): Found[] {
  const found: Found[] = []
  const erasedAt = Math.max(-1, ...saidIn(hers, 'wipe').map(({ n }) => n))
  const asked = saidIn(hers, 'case').filter(({ n }) => n > erasedAt && isTaken(hers, n))
  const cases = hers.filter((event) => event.kind === 'case')
  const at = hers.at(-1)?.at ?? 0
  if (cases.length < asked.length) found.push({ what: 'casesLost', person, at, text: 'its case' })
  if (cases.length > asked.length && asked.length > 0)
    found.push({ what: 'casesTwice', person, at, text: cases.map((one) => one.case).join(' ') })
  for (const said of hers) {
    if (said.kind !== 'said' || said.tells === undefined || said.n < erasedAt) continue
    const { tells } = said
    const times = hers.filter((event) => event.kind === 'told' && event.tells === tells).length
    if (times > 1) found.push({ what: 'casesTwice', person, at: said.at, text: tells })
    if (times === 0 && isTaken(hers, said.n))
      found.push({ what: 'casesLost', person, at: said.at, text: tells })
  }
  return found
}

function ofErasing(person: string, hers: readonly OfPerson[]): Found[] {
  return hers.flatMap((event) =>
    event.kind === 'remains' ? [{ what: 'notErased' as const, person, at: event.at, text: event.what }] : [],
  )
}

function saidIn(events: readonly OfPerson[], asks: 'exit' | 'wipe' | 'case') {
  return events.filter((event) => event.kind === 'said').filter((said) => said.asks === asks)
}

const isTaken = (events: readonly OfPerson[], n: number) =>
  events.some((event) => event.kind === 'taken' && event.n === n)

function counted(events: readonly Event[]): Omit<Verdict['counts'], 'repeats'> {
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
