import type { Reporter, TestCase, TestModule } from 'vitest/node'
import type { TestContext } from 'vitest'

/**
 * What `npm run test:faults` shows in the end: one line for each measure, with figures that the tests took themselves. A
 * test that failed without a figure, or outside of what it counted, stands there with one failure.
 */
export interface Measure {
  measure: string
  runs: number
  failures: number
}

declare module 'vitest' {
  interface TaskMeta {
    measures?: Measure[]
  }
}

/** Called before the expectation, so that a failure is in the table too. */
export function measured({ task }: TestContext, measure: Measure): void {
  task.meta.measures = [...(task.meta.measures ?? []), measure]
}

export function rowsOf(test: {
  name: string
  passed: boolean
  measures: readonly Measure[]
}): readonly Measure[] {
  const { name, passed, measures } = test
  const counted = measures.reduce((sum, { failures }) => sum + failures, 0)
  const uncounted = passed ? 0 : 1
  if (measures.length === 0) return [{ measure: name, runs: 1, failures: uncounted }]
  return counted > 0 || passed ? measures : [...measures, { measure: name, runs: 1, failures: 1 }]
}

export function tableOf(rows: readonly Measure[]): string {
  const total = {
    measure: 'all',
    runs: rows.reduce((sum, { runs }) => sum + runs, 0),
    failures: rows.reduce((sum, { failures }) => sum + failures, 0),
  }
  const cells = [
    ['measure', 'runs', 'failures'],
    ...[...rows, total].map(({ measure, runs, failures }) => [
      measure,
      runs.toLocaleString('en'),
      failures.toLocaleString('en'),
    ]),
  ]
  const width = (column: number) => Math.max(...cells.map((row) => row[column]?.length ?? 0))
  const line = ([measure = '', runs = '', failures = '']: string[]) =>
    `${measure.padEnd(width(0))}  ${runs.padStart(width(1))}  ${failures.padStart(width(2))}`
  const [head = [], ...body] = cells
  return [line(head), '-'.repeat(line(head).length), ...body.map(line)].join('\n')
}

export default class FaultsTable implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const rows = tests.flatMap((test) => rowsOf(figuresOf(test)))
    const broken = modules.filter(
      (module) => module.state() === 'failed' && [...module.children.allTests()].every(hasPassed),
    )
    const loading = broken.map(({ relativeModuleId }) => ({
      measure: relativeModuleId,
      runs: 1,
      failures: 1,
    }))
    process.stdout.write(`\n${tableOf([...rows, ...loading])}\n`)
  }
}

function figuresOf(test: TestCase) {
  return { name: test.fullName, passed: hasPassed(test), measures: test.meta().measures ?? [] }
}

const hasPassed = (test: TestCase) => test.result().state === 'passed'
