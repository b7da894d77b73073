import type { Instant } from '../operations/environment.ts'

/**
 * The directory as it was published: numbered editions of each pack's services, and what waits for a second person. No
 * edition is ever changed; going back publishes the earlier services under a new number. A store keeps the services as JSON
 * and does not read them. Nothing here is about a person who writes, so nothing is sealed. Every method is atomic; a
 * promise that resolves means that the bytes are on the disk. The service and the command line may have it open at the
 * same time. docs/decisions/0010.
 */

/** So many editions of a pack can be looked up and gone back to; what is live is always among them. */
export const KEPT_EDITIONS = 50

/** Who did it: `desk:<account id>`, or `cli:<what was given with --by>`. */
export type Author = string & { readonly __author: unique symbol }

export interface EditionHead {
  pack: string
  /** From 1; 0 stands for the table in the pack's folder, which is served while there is no edition. */
  number: number
  at: Instant
  /** Who made the change, and who let it go live: two, except for a check of one service and for going back. */
  by: Author
  approvedBy: Author
  /** Where it came from, for whoever reads the list: "import of services.xlsx", "checked: clinic-1", "back to 3". */
  about: string
  /** The earlier edition whose services it has again; the next step back goes on from there. */
  backTo?: number
}
export interface Edition extends EditionHead {
  /** The pack's services as JSON. */
  content: string
}

export interface ProposalHead {
  id: number
  pack: string
  /** list: all services of a pack anew. correction: some fields of one service, as a caseworker proposes them. */
  kind: 'list' | 'correction'
  /** The edition that it was made on. */
  base: number
  by: Author
  at: Instant
  about: string
}
export interface Proposal extends ProposalHead {
  /** What would change, as JSON: the services, or the correction. */
  content: string
}

export interface Publishing {
  pack: string
  /** The edition that is live for the caller; another one by now is `stale`. */
  base: number
  content: string
  by: Author
  at: Instant
  about: string
  backTo?: number
  /** The proposal that this answers; it leaves the list with the same write. */
  proposal?: number
}

export interface Publications {
  propose(proposal: Omit<Proposal, 'id'>): Promise<number>
  /** What waits, oldest first. */
  waiting(pack?: string): Promise<ProposalHead[]>
  proposal(id: number): Promise<Proposal | undefined>
  /** false: it was answered already. */
  refuse(id: number): Promise<boolean>
  /**
   * Makes the next edition, and drops those that are older than the last `KEPT_EDITIONS` of the pack. samePerson: the
   * proposal is the publisher's own. gone: it was answered meanwhile, or is of another pack. The edition's `by` is the
   * proposal's where there is one.
   */
  publish(edition: Publishing): Promise<{ number: number } | 'stale' | 'samePerson' | 'gone'>
  /** Newest first. */
  editions(pack: string): Promise<EditionHead[]>
  edition(pack: string, number: number): Promise<Edition | undefined>
  /** undefined: the table in the folder is what is served. */
  live(pack: string): Promise<Edition | undefined>
  /** Grows with everything that goes live, whichever process did it; cheap enough to be asked each second. */
  version(): Promise<number>
  /** Where a store can tell it: calls back when something went live, in any process. */
  changedAnywhere?(listener: () => void): void
  close(): Promise<void>
}
