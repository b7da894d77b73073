import type { Clock, Instant } from '../../operations/environment.ts'
import type { Sensitive } from '../../privacy/sensitive.ts'
import type { ReadVoice, SendOutcome } from '../channel.ts'
import { destinationOf } from './identity.ts'
import { outcomeOf, type Sending } from './send-message.ts'

/**
 * Sends a page as somebody read it aloud. Meta keeps a recording for 30 days after it was given one; its id is remembered
 * for a day, by the number of ours that sends it. It is the same for everyone and says nothing about anybody.
 */
const REMEMBERED_MS = 24 * 3_600_000

export function createSendVoice(sending: Sending, read: ReadVoice, clock: Clock) {
  const { api, ours, teller } = sending
  const uploaded = new Map<string, { id: string; at: Instant }>()
  return async (address: Sensitive<string>, voice: string): Promise<SendOutcome> => {
    const to = destinationOf(address)
    const sound = read(voice)
    if (to === undefined || !ours.has(to.ours) || sound === undefined) return { kind: 'refused' }
    const name = `${to.ours}/${voice}`
    const known = uploaded.get(name)
    let id = known !== undefined && clock.now() - known.at < REMEMBERED_MS ? known.id : undefined
    if (id === undefined) {
      const given = await api.upload(to.ours, sound)
      if (!given.ok) return outcomeOf(given.refusal, teller)
      id = given.id
      uploaded.set(name, { id, at: clock.now() })
    }
    const answer = await api.send(to, { kind: 'voice', media: id })
    if (answer.ok) return { kind: 'sent' }
    uploaded.delete(name)
    return outcomeOf(answer.refusal, teller)
  }
}
