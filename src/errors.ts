/**
 * The catalogue of what can stop or disturb the service: who must act, whether trying again can help, and which page a
 * person sees meanwhile. Expected outcomes are returned by the functions themselves; a throw that is not listed here is
 * a bug. No text, number or name of a person ever stands in an error.
 */
export interface Problem {
  actor: 'person' | 'caseworker' | 'operator' | 'developer'
  retryable: boolean
  /** The page that the person sees, if any; nothing means that the platform keeps the message for us. */
  page?: 'privacy.wipeFailed'
}

export const PROBLEMS = {
  'config.faulty': { actor: 'operator', retryable: false },
  'locales.faulty': { actor: 'operator', retryable: false },
  'locales.unreviewed': { actor: 'operator', retryable: false },
  'packs.noneLive': { actor: 'operator', retryable: false },
  'folder.unusable': { actor: 'operator', retryable: false },
  'vault.busy': { actor: 'operator', retryable: true },
  'vault.shared': { actor: 'operator', retryable: false },
  'vault.apart': { actor: 'operator', retryable: false },
  'rootKey.refused': { actor: 'operator', retryable: false },
  'server.refused': { actor: 'operator', retryable: false },
  'backup.refused': { actor: 'operator', retryable: false },
  'restore.refused': { actor: 'operator', retryable: false },
  'server.portTaken': { actor: 'operator', retryable: false },
  'simulator.refused': { actor: 'operator', retryable: false },
  'telegram.tokenRefused': { actor: 'operator', retryable: false },
  'wipe.failed': { actor: 'operator', retryable: true, page: 'privacy.wipeFailed' },
  'turn.failed': { actor: 'developer', retryable: true },
  'record.newer': { actor: 'operator', retryable: true },
} as const satisfies Record<string, Problem>
export type ProblemCode = keyof typeof PROBLEMS

/** Stops the start; every line names what is wrong and what to do. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused'
  readonly code: ProblemCode
  readonly lines: readonly string[]

  constructor(code: ProblemCode, lines: readonly string[]) {
    super(lines.join('\n'))
    this.code = code
    this.lines = lines
  }
}

/**
 * A store could not do it now. That says nothing against what was asked for: one server of many may be away, or one disk full,
 * while the others work.
 */
export class StoreFailed extends Error {
  override readonly name: string = 'StoreFailed'
}

/**
 * What lies there was written by a newer Lantern, during an update: it is left as it is, the platform keeps the message, and
 * the newer process answers it (docs/decisions/0012-two-versions-side-by-side.md).
 */
export class WrittenByNewer extends Error {
  override readonly name = 'WrittenByNewer'
  readonly code: ProblemCode = 'record.newer'

  constructor() {
    super('a record was written by a newer Lantern')
  }
}
