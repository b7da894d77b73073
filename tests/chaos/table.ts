import type { Verdict, Violation } from './checker.ts'
import { VIOLATIONS } from './checker.ts'

/** What `npm run test:chaos` shows in the end: a column for each topology, what happened first, then what must be 0. */
export function chaosTable(runs: readonly { name: string; verdict: Verdict }[]): string {
  const rows: [string, (verdict: Verdict) => number][] = [
    ['messages', ({ counts }) => counts.messages],
    ['turns acknowledged', ({ counts }) => counts.turns],
    ['kills (SIGKILL)', ({ counts }) => counts.kills],
    ['stops (SIGSTOP)', ({ counts }) => counts.pauses],
    ['lines cut, slow, refused, half open', ({ counts }) => counts.faults],
    ['servers restarted', ({ counts }) => counts.restarts],
    ['fail-overs', ({ counts }) => counts.failovers],
    ['clock jumps', ({ counts }) => counts.jumps],
    ['exits', ({ counts }) => counts.exits],
    ['wipes asked for', ({ counts }) => counts.wipes],
    ['wipes whose line the platform did not take', ({ counts }) => counts.unsaid],
    ['calls for a person', ({ counts }) => counts.cases],
    ['repeats: sender killed', ({ counts }) => counts.repeats.kill],
    ['repeats: sender stopped', ({ counts }) => counts.repeats.pause],
    ["repeats: platform's answer lost", ({ counts }) => counts.repeats.answerLost],
    ['repeats: store away after the send', ({ counts }) => counts.repeats.storeAway],
    ...VIOLATIONS.map((what): [string, (verdict: Verdict) => number] => [
      `! ${WORDS[what]}`,
      ({ found }) => found.filter((one) => one.what === what).length,
    ]),
  ]
  const cells = [
    ['', ...runs.map(({ name }) => name)],
    ...rows.map(([name, of]) => [name, ...runs.map(({ verdict }) => of(verdict).toLocaleString('en'))]),
  ]
  const width = (column: number) => Math.max(...cells.map((row) => row[column]?.length ?? 0))
  return cells
    .map((row) =>
      row.map((cell, at) => (at === 0 ? cell.padEnd(width(0)) : cell.padStart(width(at)))).join('  '),
    )
    .join('\n')
}

const WORDS: Readonly<Record<Violation, string>> = {
  lost: 'acknowledged and lost',
  neverTaken: 'never acknowledged',
  reordered: 'reordered',
  repeated: 'repeated without a cause',
  afterExit: 'left after exit',
  afterWipe: 'left after a wipe',
  notErased: 'still there after a wipe',
  casesTwice: 'cases twice',
  casesLost: 'cases lost',
  unexpected: 'not an answer',
}
