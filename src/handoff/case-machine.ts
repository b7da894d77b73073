import { assign, setup, transition } from 'xstate'
import type { AccountId, CaseState } from '../storage/cases.ts'

/**
 * How a case goes from hand to hand, and who may move it: pure, without clock or store. A case that is offered stays
 * with its holder until the other accepts; a refusal or the end of the offer gives it back. Nothing leads out of
 * `withdrawn`, and out of `closed` only her withdrawal does.
 */
export interface Standing {
  state: CaseState
  holder: AccountId | undefined
  offeredTo: AccountId | undefined
}

export type CaseEvent =
  | { type: 'claim' | 'release' | 'accept' | 'reject' | 'close'; by: AccountId }
  | { type: 'offer'; by: AccountId; to: AccountId }
  /** Nobody accepted in time. */
  | { type: 'offerExpired' }
  /** The holder has not written within the set time after claiming. */
  | { type: 'silent' }
  | { type: 'withdraw' }

type Hands = Omit<Standing, 'state'>
const TYPES: { context?: Hands; events?: CaseEvent } = {}

export const caseMachine = setup({
  types: TYPES,
  guards: {
    byHolder: ({ context, event }) => 'by' in event && event.by === context.holder,
    byInvited: ({ context, event }) => 'by' in event && event.by === context.offeredTo,
    byEither: ({ context, event }) =>
      'by' in event && (event.by === context.holder || event.by === context.offeredTo),
    toAnother: ({ context, event }) =>
      event.type === 'offer' && event.by === context.holder && event.to !== context.holder,
  },
  actions: {
    take: assign(({ context, event }) => ({
      holder: 'by' in event ? event.by : context.holder,
      offeredTo: undefined,
    })),
    invite: assign(({ event }) => (event.type === 'offer' ? { offeredTo: event.to } : {})),
    keep: assign({ offeredTo: undefined }),
    drop: assign({ holder: undefined, offeredTo: undefined }),
  },
}).createMachine({
  id: 'case',
  context: { holder: undefined, offeredTo: undefined },
  initial: 'waiting',
  states: {
    waiting: {
      on: {
        claim: { target: 'active', actions: 'take' },
        withdraw: { target: 'withdrawn', actions: 'drop' },
      },
    },
    active: {
      on: {
        release: { guard: 'byHolder', target: 'waiting', actions: 'drop' },
        silent: { target: 'waiting', actions: 'drop' },
        offer: { guard: 'toAnother', target: 'offered', actions: 'invite' },
        close: { guard: 'byHolder', target: 'closed', actions: 'drop' },
        withdraw: { target: 'withdrawn', actions: 'drop' },
      },
    },
    offered: {
      on: {
        accept: { guard: 'byInvited', target: 'active', actions: 'take' },
        // The holder may take the offer back in the same way.
        reject: { guard: 'byEither', target: 'active', actions: 'keep' },
        offerExpired: { target: 'active', actions: 'keep' },
        release: { guard: 'byHolder', target: 'waiting', actions: 'drop' },
        close: { guard: 'byHolder', target: 'closed', actions: 'drop' },
        withdraw: { target: 'withdrawn', actions: 'drop' },
      },
    },
    closed: { on: { withdraw: { target: 'withdrawn', actions: 'drop' } } },
    withdrawn: { type: 'final' },
  },
})

/** Neither closed nor withdrawn. */
export const isOpen = ({ state }: Pick<Standing, 'state'>) => state !== 'closed' && state !== 'withdrawn'

/** Where the case stands after the event; undefined when the event has no place in this state or comes from another. */
export function moveCase({ state, holder, offeredTo }: Standing, event: CaseEvent): Standing | undefined {
  const before = caseMachine.resolveState({ value: state, context: { holder, offeredTo } })
  if (!before.can(event)) return undefined
  const [after] = transition(caseMachine, before, event)
  return { state: after.value, ...after.context }
}
