/**
 * Counts a run from vitest's JSON report. A skipped test, a file that could not be loaded, a failed check and a run
 * that went wrong outside its tests each count as failed, and so does a run without a single test.
 */
export interface Report {
  testResults: readonly { status: string; assertionResults: readonly { status: string }[] }[]
}

export function tally(
  report: Report | undefined,
  green: boolean,
  failedChecks: number,
): { passed: number; failed: number } {
  const files = report?.testResults ?? []
  const results = files.flatMap(({ assertionResults }) => assertionResults)
  const passed = results.filter(({ status }) => status === 'passed').length
  const broken = files.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((result) => result.status === 'failed'),
  ).length
  const failed = results.length - passed + broken + failedChecks
  const unexplained = failed === failedChecks && (!green || passed === 0)
  return { passed, failed: failed + (unexplained ? 1 : 0) }
}
