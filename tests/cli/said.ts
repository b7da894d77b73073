import { afterEach, beforeEach, vi } from 'vitest'

/** For a file of tests: every line that a command prints or complains, since the test began; nothing reaches the terminal. */
export function whatIsSaid(): { lines(): string[]; forget(): void } {
  let said: string[] = []
  beforeEach(() => {
    said = []
    for (const how of ['log', 'error'] as const)
      vi.spyOn(console, how).mockImplementation((line: string) => void said.push(line))
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })
  return { lines: () => said, forget: () => void (said = []) }
}
