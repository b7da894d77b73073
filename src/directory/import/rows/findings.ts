import type { Finding } from '../finding.ts'

/** Collects what is said of a sheet; what holds of many rows alike is said once for its column. */
export interface Findings {
  add(finding: Finding): void
  once(finding: Finding): void
  all(): Finding[]
}

export function createFindings(begun: readonly Finding[]): Findings {
  const found = [...begun]
  /** Most of what is said of a long sheet is the same of each row: its words are kept once. */
  const words = new Map<string, string>()
  const kept = (text: string) => {
    const known = words.get(text)
    if (known === undefined) words.set(text, text)
    return known ?? text
  }
  const said = new Set<string>()
  return {
    add: (finding) =>
      void found.push({ ...finding, problem: kept(finding.problem), remedy: kept(finding.remedy) }),
    once(finding) {
      const key = `${finding.column ?? ''}\n${finding.kind}\n${finding.problem}`
      if (said.has(key)) return
      said.add(key)
      found.push(finding)
    },
    /** By row; what is said of the whole file first. */
    all: () => found.toSorted((a, b) => (a.row ?? 0) - (b.row ?? 0)),
  }
}
