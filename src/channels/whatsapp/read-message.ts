import { sensitive } from '../../privacy/sensitive.ts'
import type { InboundContent } from '../channel.ts'
import type { WhatsappMessage } from './payload.ts'

/**
 * What a message says to us; undefined when it says nothing. Nothing is downloaded, and a kind that we do not know is
 * `unsupported`, so that a person who sends it gets a page and not silence.
 *
 * A reaction, a pin, a vote and a message taken back are no event: nobody wrote anything, and a reply could light up
 * the phone after an exit. `request_welcome` comes when somebody opens the chat for the first time, where that is
 * switched on in WhatsApp Manager (so say 360dialog and Gupshup, repeating Meta): it is read as a greeting, which shows
 * a stranger no more than typing "hi" would.
 */
export function readMessage(message: WhatsappMessage): InboundContent | undefined {
  switch (message.type) {
    case 'text':
      return text(message.text?.body)
    case 'interactive':
      return choice(
        message.interactive?.type === 'button_reply'
          ? message.interactive.button_reply?.id
          : message.interactive?.type === 'list_reply'
            ? message.interactive.list_reply?.id
            : undefined,
      )
    case 'button':
      return template(message.button)
    case 'location':
      return place(message.location)
    case 'request_welcome':
      return { kind: 'text', text: sensitive('hello') }
    case 'reaction':
    case 'revoke':
    case 'system':
      return undefined
    case 'unsupported':
      return SILENT.has(message.unsupported?.type ?? '') ? undefined : UNSUPPORTED
    default:
      return UNSUPPORTED
  }
}

const UNSUPPORTED = { kind: 'unsupported' } as const
/** Of the types that Meta lists for `unsupported.type`, those in which a person says nothing. */
const SILENT = new Set(['reaction', 'pin', 'keep_in_chat', 'poll_update'])

/** What Meta allows a text to have; more was never typed into WhatsApp. */
const LONGEST_TEXT = 4096
/** What Meta allows a button's id to have. */
const LONGEST_ID = 256

function text(body: string | undefined): InboundContent {
  if (body === undefined) return UNSUPPORTED
  return { kind: 'text', text: sensitive(body.slice(0, LONGEST_TEXT).toWellFormed()) }
}

function choice(id: string | undefined): InboundContent {
  return id !== undefined && id !== '' && id.length <= LONGEST_ID ? { kind: 'choice', id } : UNSUPPORTED
}

/** The answer to a template; we send none, but a number may have a past. */
function template(button: WhatsappMessage['button']): InboundContent {
  const pressed = choice(button?.payload)
  return pressed.kind === 'choice' ? pressed : text(button?.text)
}

function place(location: WhatsappMessage['location']): InboundContent {
  if (location === undefined) return UNSUPPORTED
  const { latitude, longitude } = location
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return UNSUPPORTED
  return { kind: 'place', place: { lat: coarse(latitude), lon: coarse(longitude) } }
}

/** About 1 km: the exact place is never needed, so it goes no further. */
function coarse(degrees: number): number {
  return Math.round(degrees * 100) / 100
}
