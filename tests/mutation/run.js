import { Stryker } from '@stryker-mutator/core'
import { GROUPS, LEAST } from './groups.js'

/**
 * `npm run test:mutation [-- GROUP ...]`: changes the code that safety rests on, one small change at a time, and sees
 * whether a test fails. Prints one table; fails when a group stays below its score.
 */
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !Object.hasOwn(GROUPS, name))
if (unknown.length > 0) {
  console.error(`There is no group ${unknown.join(', ')}. There are: ${Object.keys(GROUPS).join(', ')}.`)
  process.exit(1)
}
const rows = []
for (const name of wanted.length > 0 ? wanted : Object.keys(GROUPS)) {
  process.env.LANTERN_MUTATION_GROUP = name
  const results = await new Stryker({
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'tests/mutation/vitest-config.js', related: false },
    mutate: GROUPS[name].mutate,
    coverageAnalysis: 'perTest',
    ignorePatterns: ['data', 'vault', 'bench', 'reports', 'docs', 'biome.json', '.oxlintrc.json'],
    tsconfigFile: 'none',
    checkers: [],
    concurrency: 1,
    timeoutMS: 20_000,
    // What is set up once for all tests cannot be told to one of them.
    ignoreStatic: true,
    incremental: true,
    incrementalFile: `reports/mutation/${name}.incremental.json`,
    reporters: ['clear-text', 'json', 'progress-append-only'],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: false },
    jsonReporter: { fileName: `reports/mutation/${name}.json` },
    tempDirName: 'reports/stryker-tmp',
  }).runMutationTest()
  const of = (...statuses) => results.filter(({ status }) => statuses.includes(status)).length
  const [killed, left] = [of('Killed', 'Timeout'), of('Survived', 'NoCoverage')]
  rows.push({
    name,
    changes: killed + left,
    killed,
    left,
    score: (100 * killed) / Math.max(1, killed + left),
  })
}

console.log(
  `\n${'group'.padEnd(16)}${'changes'.padStart(8)}${'noticed'.padStart(9)}${'not'.padStart(6)}${'score'.padStart(9)}`,
)
for (const { name, changes, killed, left, score } of rows)
  console.log(
    `${name.padEnd(16)}${String(changes).padStart(8)}${String(killed).padStart(9)}${String(left).padStart(6)}${`${score.toFixed(1)} %`.padStart(9)}`,
  )
if (rows.some(({ changes, score }) => changes === 0 || score < LEAST)) process.exitCode = 1
