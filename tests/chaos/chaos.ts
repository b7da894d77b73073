import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startOnCluster } from './on-cluster.ts'
import { startOnePrimary } from './one-primary.ts'
import { startWithSentinels } from './with-sentinels.ts'
import { runOne } from './run-one.ts'
import { chaosTable } from './table.ts'
import type { Topology } from './topology.ts'
import type { Verdict } from './checker.ts'

/**
 * `npm run test:chaos [-- --minutes N --seed S --topology NAME --people N]`: runs each topology, prints one table, and ends
 * with 1 where a promise was broken. The same seed does the same harms in the same order; what they meet is left to chance.
 */
const TOPOLOGIES: Readonly<Record<string, () => Promise<Topology>>> = {
  primary: startOnePrimary,
  sentinel: startWithSentinels,
  cluster: startOnCluster,
}
const BY_DEFAULT = ['sentinel', 'cluster']
const SHOWN = 20

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '3' },
    seed: { type: 'string', default: String(1 + Math.floor(Math.random() * 999_999)) },
    topology: { type: 'string', multiple: true, default: BY_DEFAULT },
    people: { type: 'string', default: '40' },
  },
})
const seed = Number(values.seed)
const runs: { name: string; verdict: Verdict }[] = []
for (const name of values.topology) {
  const start = TOPOLOGIES[name]
  if (start === undefined) throw new Error(`no topology ${name}: ${Object.keys(TOPOLOGIES).join(', ')}`)
  const topology = await start()
  const reports = join(import.meta.dirname, '../../reports/chaos', `${seed}-${name}`)
  process.stdout.write(`${topology.name}: seed ${seed}, ${values.minutes} min, ${values.people} people\n`)
  const verdict = await runOne({
    topology,
    minutes: Number(values.minutes),
    seed,
    people: Number(values.people),
    reports,
  })
  for (const { what, person, at, text } of verdict.found.slice(0, SHOWN))
    process.stdout.write(`  ${what} ${person} at ${(at / 1_000).toFixed(1)} s: ${text.slice(0, 60)}\n`)
  runs.push({ name: topology.name, verdict })
}
process.stdout.write(`\n${chaosTable(runs)}\n\nseed ${seed}; histories in reports/chaos/\n`)
process.exit(runs.some(({ verdict }) => verdict.found.length > 0) ? 1 : 0)
