import type { Clock } from '../../operations/environment.ts'
import type { Author, EditionHead, ProposalHead, Publications } from '../../storage/publications.ts'
import type { Changes } from './changes.ts'
import type { CheckWish, Due } from '../checks/due.ts'
import type { Correction } from './edition-content.ts'
import type { Pack } from '../pack/pack.ts'
import type { Service } from '../service.ts'
import type { ServiceFault } from '../checks/service-faults.ts'

/**
 * Everything that is done to the published directory, for the desk and the command line alike: what is served, what waits,
 * letting a proposal go live, a check of one service, one step back. Expected outcomes are returned. `by` is believed: who
 * somebody is has been found out before. docs/decisions/0010.
 */
export interface PublishingParts {
  publications: Publications
  /** As their folders have them: what is served while nothing is published. */
  packs: readonly Pack[]
  clock: Clock
  /** After something went live, before the caller hears of it. */
  published?: () => Promise<void>
}

/** What is served of one pack. */
export interface Served {
  /** With the services that are live. */
  pack: Pack
  /** 0: the table in the folder. */
  number: number
}

/** Why nothing was done. */
export type NotDone =
  | { kind: 'unknownPack' }
  | { kind: 'unknownService' }
  /** A check makes no draft go live: that is said in the table and published by a second person. */
  | { kind: 'draft' }
  /** The live edition, or what should become live, cannot be read. */
  | { kind: 'unreadable' }
  /** Answered by somebody else meanwhile. */
  | { kind: 'gone' }
  /** Whoever proposed it cannot let it go live. */
  | { kind: 'samePerson' }
  /** Another edition went live since the caller looked: look again. */
  | { kind: 'stale' }
  /** What it was made on is not kept any more: propose it again. */
  | { kind: 'outdated' }
  /** It and a later edition changed the same of these services: propose it again. */
  | { kind: 'clash'; services: readonly string[] }
  /** New or changed services that must be mended first. */
  | { kind: 'faulty'; faults: readonly ServiceFault[] }
  /** The pack would have no fresh service of these kinds and not be served; `evenSo` does it all the same. */
  | { kind: 'notServed'; missing: readonly ('health' | 'hotline')[] }
  | { kind: 'noChange' }
  /** There is no earlier edition, or it is not kept any more. */
  | { kind: 'nothingBefore' }
  /** A step back would show what is secret or withdrawn now of these services: propose a correction. */
  | { kind: 'wouldShow'; services: readonly string[] }
  /** A check cannot hold longer than `latest`, nor end before today. */
  | { kind: 'wrongDate'; latest: string }
  /** The service itself ends before a check would: correct its end first. */
  | { kind: 'ended'; endsOn: string }

export interface PublishedEdition {
  kind: 'published'
  pack: string
  number: number
  changes: Changes
  /** For `back`: the edition whose services are live again; 0 for the table in the folder. */
  backTo?: number
}
export type Outcome = PublishedEdition | NotDone

/** A proposal as it would go live now. */
export interface Review {
  kind: 'review'
  proposal: ProposalHead
  /** Of a correction. */
  note: string
  /** The edition that is live; hand it back as `on`. */
  live: number
  changes: Changes
  /** Why it could not go live as it is; undefined when it could. */
  hindrance?: NotDone
}

export interface Approval {
  by: Author
  /** The edition that was live when they looked; without it whatever is live now. */
  on?: number
  evenSo?: boolean
}

export interface Publishing {
  packs(): readonly string[]
  /** 'unreadable': the live edition cannot be read. */
  served(pack: string): Promise<Served | 'unknownPack' | 'unreadable'>
  waiting(pack?: string): Promise<ProposalHead[]>
  editions(pack: string): Promise<EditionHead[]>
  /** A whole list of a pack, as an import makes it. */
  proposeList(wish: ProposedList): Promise<{ kind: 'proposed'; id: number } | NotDone>
  proposeCorrection(
    wish: Correction & { pack: string; by: Author },
  ): Promise<{ kind: 'proposed'; id: number } | NotDone>
  review(id: number): Promise<Review | NotDone>
  approve(id: number, approval: Approval): Promise<Outcome>
  /** By anybody, its proposer too. */
  refuse(id: number): Promise<'refused' | 'gone'>
  /** Somebody has dialled the service today and all of it is right. */
  check(wish: CheckWish & { pack: string; service: string; by: Author }): Promise<Outcome>
  /** The services of the edition before; a second time the one before that. */
  back(pack: string, approval: Approval): Promise<Outcome>
  /** What must be dialled within so many days, of one pack or all. */
  due(days: number, pack?: string): Promise<Due[]>
}

export interface ProposedList {
  pack: string
  services: readonly Service[]
  by: Author
  about: string
}
