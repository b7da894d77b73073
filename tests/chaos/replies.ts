import type { Event } from './history.ts'

/**
 * Lays what one person read beside what she said. Each reply is known by its text: a run takes care that no text comes
 * again within a few turns of hers. What she said before she left may stay unanswered, since leaving cancels it.
 */
export interface Shown {
  at: number
  text: string
  by: string
}
export interface Unanswered {
  at: number
  text: string
  n: number
}
export interface Repeat {
  first: Shown
  again: Shown
}
export interface Aligned {
  lost: Unanswered[]
  neverTaken: Unanswered[]
  reordered: Shown[]
  afterExit: Shown[]
  afterWipe: Shown[]
  unexpected: Shown[]
  repeats: Repeat[]
}

type Said = Extract<Event, { kind: 'said' }>
interface Awaited {
  said: Said
  takenAt: number | undefined
  /** When it was shown, each time. */
  shown: Shown[]
}

/** So far back a text is known as an older reply. */
const WINDOW = 6
/** A send is given up after 30 s. */
const LONGEST_SEND_MS = 35_000

export function alignReplies(hers: readonly Event[]): Aligned {
  const result: Aligned = {
    lost: [],
    neverTaken: [],
    reordered: [],
    afterExit: [],
    afterWipe: [],
    unexpected: [],
    repeats: [],
  }
  const all = awaitedIn(hers)
  /** How many of `all` lie behind. */
  let passed = 0
  for (const shown of hers) {
    if (shown.kind !== 'shown') continue
    const place = placeOf(all, passed, shown)
    const awaited = place === undefined ? undefined : all[place]
    if (place === undefined || awaited === undefined) {
      result.unexpected.push(shown)
      continue
    }
    const [first] = awaited.shown
    awaited.shown.push(shown)
    if (place >= passed) passed = place + 1
    else judgeLate(result, all, { place, passed, shown, first })
  }
  for (const { stragglers, asks, since } of leavings(all)) {
    const isUnderWay = ({ at }: Shown, n: number) => n === 0 && at <= since + LONGEST_SEND_MS
    if (asks === 'exit') result.afterExit.push(...stragglers.filter((one, n) => !isUnderWay(one, n)))
    else result.afterWipe.push(...stragglers)
  }
  for (const [place, { said, takenAt, shown }] of all.entries()) {
    const line = { at: said.at, text: said.text, n: said.n }
    if (takenAt === undefined) result.neverTaken.push(line)
    else if (shown.length === 0 && said.reads.length > 0 && !isCancelled(all, place)) result.lost.push(line)
  }
  return result
}

function awaitedIn(hers: readonly Event[]): Awaited[] {
  const taken = new Map<number, number>()
  for (const event of hers) if (event.kind === 'taken' && !taken.has(event.n)) taken.set(event.n, event.at)
  return hers
    .filter((event) => event.kind === 'said')
    .map((said) => ({ said, takenAt: taken.get(said.n), shown: [] }))
}

/** The next one that it may answer, of those that she has said; or the latest of a few behind. */
function placeOf(all: readonly Awaited[], passed: number, shown: Shown): number | undefined {
  const answers = ({ said }: Awaited) => said.at <= shown.at && said.reads.includes(shown.text)
  const isLast = passed > 0 && all[passed - 1]?.shown.some(({ text }) => text === shown.text) === true
  const ahead = all.findIndex((one, place) => place >= passed && answers(one))
  if (ahead >= 0 && !isLast) return ahead
  const behind = all
    .slice(0, passed)
    .findLastIndex((one, place) => place >= passed - WINDOW && answers(one) && isSame(one, shown))
  if (behind >= 0) return behind
  return ahead >= 0 ? ahead : undefined
}

/** A line that can have several texts is shown again only by the one that it had. */
const isSame = ({ shown }: Awaited, { text }: Shown) =>
  shown.length === 0 || shown.some((before) => before.text === text)

interface Late {
  place: number
  passed: number
  shown: Shown
  first: Shown | undefined
}

function judgeLate(result: Aligned, all: readonly Awaited[], { place, passed, shown, first }: Late): void {
  if (first !== undefined) result.repeats.push({ first, again: shown })
  // The stragglers of one who left are counted with her leaving.
  const left = all.slice(place + 1, passed).some(({ said }) => leaves(said))
  if (place < passed - 1 && !left) result.reordered.push(shown)
}

const leaves = ({ asks }: Said) => asks === 'exit' || asks === 'wipe'
const isCancelled = (all: readonly Awaited[], place: number) =>
  all.slice(place + 1).some(({ said }) => leaves(said))

/** For each time that she left: what came of before, once her leaving was acknowledged or its line was there. */
function leavings(all: readonly Awaited[]): { asks: 'exit' | 'wipe'; since: number; stragglers: Shown[] }[] {
  return all.flatMap(({ said, takenAt, shown: lines }, place) => {
    if (said.asks !== 'exit' && said.asks !== 'wipe') return []
    const line = lines[0]?.at ?? Number.POSITIVE_INFINITY
    // A wipe stands from its line on: until then the send under way may end.
    const since = said.asks === 'wipe' ? line : Math.min(takenAt ?? Number.POSITIVE_INFINITY, line)
    const earlier = all.slice(0, place).flatMap(({ shown }) => shown)
    const stragglers = earlier.filter(({ at }) => at > since).toSorted((a, b) => a.at - b.at)
    return [{ asks: said.asks, since, stragglers }]
  })
}
