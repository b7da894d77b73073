import type { Message } from '../../conversation/message.ts'
import type { Sensitive } from '../../privacy/sensitive.ts'
import type { SendOutcome } from '../channel.ts'
import type { Teller } from './events.ts'
import type { GraphApi } from './graph-api.ts'
import { destinationOf } from './identity.ts'
import { outgoingOf } from './outgoing.ts'
import type { Refusal } from './refusal.ts'

/**
 * Sends one message from the number of ours that the person wrote to. A line that is cut after Meta took the message
 * gives `later`, so a message can arrive twice, never not at all. The id under which Meta knows the message is not
 * kept: WhatsApp lets nobody delete by it, so it would be a trace and nothing else.
 */
export interface Sending {
  api: GraphApi
  ours: ReadonlySet<string>
  teller: Teller
}

export async function sendMessage(
  { api, ours, teller }: Sending,
  address: Sensitive<string>,
  message: Message,
): Promise<SendOutcome> {
  const to = destinationOf(address)
  const outgoing = outgoingOf(message)
  if (to === undefined || !ours.has(to.ours) || outgoing === 'refused') return { kind: 'refused' }
  const answer = await api.send(to, outgoing)
  if (answer.ok) {
    teller.line('whatsapp.sending')
    return { kind: 'sent' }
  }
  return outcomeOf(answer.refusal, teller)
}

/** While the operator has to act first, messages wait. */
const OPERATOR_MS = 60_000

export function outcomeOf(refusal: Refusal, teller: Teller): SendOutcome {
  switch (refusal.kind) {
    case 'token':
      teller.line('whatsapp.tokenRefused')
      return { kind: 'later', afterMs: OPERATOR_MS }
    case 'account':
      teller.line('whatsapp.accountTrouble')
      return { kind: 'later', afterMs: OPERATOR_MS }
    case 'unreachable':
      teller.line('whatsapp.unreachable')
      return later(refusal.afterMs)
    case 'flood':
      teller.tell('whatsapp.slowedDown')
      return later(refusal.afterMs)
    case 'windowClosed':
      return { kind: 'windowClosed' }
    case 'never':
      return { kind: 'refused' }
  }
}

function later(afterMs: number | undefined): SendOutcome {
  return afterMs === undefined ? { kind: 'later' } : { kind: 'later', afterMs }
}
