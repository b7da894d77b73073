import { computed, signal } from '@preact/signals'
import type { Entry, QueueEntry } from '../../../handoff/handoff.ts'
import type { DirectoryNotice } from '../../directory-wire.ts'
import type { Colleague, DeskEvent, Me } from '../../wire.ts'
import type { Failure } from '../server/api.ts'

/**
 * What the page knows, all of it in memory: closing the tab forgets it. Cases are looked up by id, and `forget` in
 * let-go.ts is the one place that lets go of one.
 */

/** covered: the session ended or nobody was here; nothing of a case is on the page. */
export type Phase = 'loading' | 'away' | 'signIn' | 'covered' | 'invite' | 'in'
export type View = 'queue' | 'case' | 'board' | 'directory' | 'accounts' | 'log' | 'months' | 'account'
export type Tool = 'phrases' | 'cards' | 'notes'

/** Written here, not yet taken by the server; `entry` stays the same however often it is sent. */
export interface Unsent {
  case: string
  entry: string
  kind: 'write' | 'card' | 'note'
  text: string
  service?: string
  refused?: Failure
}

export const phase = signal<Phase>('loading')
export const me = signal<Me | undefined>(undefined)
export const view = signal<View>('queue')
export const openId = signal<string | undefined>(undefined)
export const tool = signal<Tool | undefined>(undefined)
export const queue = signal<readonly QueueEntry[]>([])
export const queueKnown = signal(false)
export const colleagues = signal<readonly Colleague[]>([])
export const threads = signal<ReadonlyMap<string, readonly Entry[]>>(new Map())
export const drafts = signal<ReadonlyMap<string, string>>(new Map())
export const noteDrafts = signal<ReadonlyMap<string, string>>(new Map())
export const unsent = signal<readonly Unsent[]>([])
export const line = signal<'on' | 'reconnecting' | 'offline'>('on')
/** The open case was withdrawn, and the page says so until she goes on. */
export const withdrawn = signal(false)
/** Cases that alarmed, until somebody looks. */
export const alarms = signal<readonly { id: string; why: 'unanswered' | 'released' }[]>([])

/** What colleagues do that a second person is told of, until it is put away. */
export const watched = signal<readonly Watched[]>([])
export type Watched = Extract<DeskEvent, { kind: 'glass' | 'tripwire' }>
/** The server gives out a newer page than this one. */
export const older = signal(false)
/** Which part of the directory is looked at, and which service of it is open. */
export const directoryRoom = signal<DirectoryRoom>('services')
export type DirectoryRoom = 'services' | 'due' | 'proposals' | 'editions'
export const openService = signal<string | undefined>(undefined)
/** Grows when the server says that the directory is another one. */
export const directoryChanges = signal(0)
export const directoryNotice = signal<DirectoryNotice | undefined>(undefined)
/** A service that is to be sent into the open case, as soon as its card was looked at. */
export const cardWanted = signal<string | undefined>(undefined)

/** Something typed is here and nowhere else. */
export const hasWords = computed(
  () =>
    unsent.value.length > 0 ||
    [...drafts.value.values(), ...noteDrafts.value.values()].some((text) => text.trim() !== ''),
)

export const openCase = computed(() => queue.value.find(({ id }) => id === openId.value))

/** The other roles see no queue. */
export function worksOnCases(): boolean {
  return me.value?.role === 'caseworker' || me.value?.role === 'supervisor'
}

export function isMine(one: QueueEntry): boolean {
  return one.holder !== undefined && one.holder === me.value?.id
}

export function isOfferedToMe(one: QueueEntry): boolean {
  return one.state === 'offered' && one.offeredTo === me.value?.id
}

/** Until when a supervisor may read this case; undefined: not at all. */
export function glassUntil(id: string): number | undefined {
  return me.value?.glass.find((one) => one.id === id)?.until
}

/** Whether this case's words may be on this page. */
export function mayRead(one: QueueEntry): boolean {
  return isMine(one) || isOfferedToMe(one) || glassUntil(one.id) !== undefined
}

export function colleagueName(id: string | undefined): string {
  return colleagues.value.find((one) => one.id === id)?.name ?? '…'
}

export function without<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  const rest = new Map(map)
  rest.delete(key)
  return rest
}
