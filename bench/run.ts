import { cpus } from 'node:os'
import type { Row } from './row.ts'

/**
 * `npm run bench [-- NAME ...]`: measures on this machine and prints one table. Exit code 1 when a goal is missed. Each
 * bench is loaded only when it runs, so that none disturbs another's memory. `endurance` takes half an hour and runs only
 * when it is named.
 */
const BENCHES: Readonly<Record<string, () => Promise<Row[]>>> = {
  engine: async () => (await import('./engine.ts')).engineRows(),
  machine: async () => (await import('./machine-step.ts')).machineStepRows(),
  understand: async () => understanding((await import('./understand.ts')).understandRows()),
  languages: async () => (await import('./languages.ts')).languageRows(),
  sqlite: async () => (await import('./sqlite-turn.ts')).sqliteTurnRows(),
  start: async () => (await import('./start.ts')).startRows(),
  memory: async () => (await import('./memory.ts')).memoryRows(),
  webhook: async () => (await import('./webhook.ts')).webhookRows(),
  refusals: async () => (await import('./webhook/refusals.ts')).refusalRows(),
  rotation: async () => (await import('./rotation.ts')).rotationRows(),
  wipe: async () => (await import('./wipe.ts')).wipeRows(),
  scale: async () => (await import('./scale.ts')).scaleRows(),
  endurance: async () => (await import('./scale/endurance.ts')).enduranceRows(),
  bytes: async () => (await import('./redis-bytes.ts')).redisBytesRows(),
  desk: async () => (await import('./desk.ts')).deskRows(),
  import: async () => (await import('./import.ts')).importRows(),
}

/** What a bad input may cost (5 ms), in microseconds. */
const MOST = 5_000

function understanding(
  rows: readonly { text: string; medianMicroseconds: number; p99Microseconds: number }[],
): Row[] {
  return rows.map(({ text, medianMicroseconds, p99Microseconds }) => ({
    measure: `reading ${text}`,
    value: `${medianMicroseconds.toLocaleString('en')} µs`,
    beside: `99 of 100 within ${p99Microseconds.toLocaleString('en')} µs`,
    ratio: '',
    goal: `< ${MOST.toLocaleString('en')} µs`,
    ok: p99Microseconds < MOST,
  }))
}

const COLUMNS = ['measure', 'value', 'beside', 'ratio', 'goal', 'ok'] as const

function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => COLUMNS.map((column) => cellOf(row, column)))
  const widths = COLUMNS.map((column, n) =>
    Math.max(column.length, ...cells.map((cell) => cell[n]?.length ?? 0)),
  )
  const line = (cell: readonly string[]) =>
    `| ${cell.map((text, n) => text.padEnd(widths[n] ?? 0)).join(' | ')} |`
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [line(COLUMNS), rule, ...cells.map(line)].join('\n')
}

function cellOf(row: Row, column: (typeof COLUMNS)[number]): string {
  if (column !== 'ok') return row[column]
  if (row.goal === '') return ''
  return row.ok ? 'yes' : 'NO'
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !Object.hasOwn(BENCHES, name))
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}.`)
  process.exitCode = 1
} else {
  const rows: Row[] = []
  for (const [name, measured] of Object.entries(BENCHES)) {
    if (wanted.length > 0 ? !wanted.includes(name) : name === 'endurance') continue
    process.stderr.write(`${name} ...\n`)
    rows.push(...(await measured()))
  }
  console.log(`node ${process.versions.node}, ${process.platform} ${process.arch}, ${cpus().length} cores\n`)
  console.log(table(rows))
  if (rows.some(({ ok }) => !ok)) process.exitCode = 1
}
