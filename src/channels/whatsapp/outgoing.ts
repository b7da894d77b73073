import { LIMITS, type Message } from '../../conversation/message.ts'

/**
 * Chooses the form in which WhatsApp shows one of our messages. What Meta would certainly refuse is refused here first,
 * without a call. WhatsApp can either offer choices or ask for a place, not both in one message: the choices win, and
 * the page's own text says how a place is shared by hand. No form previews a link, and none is a template: a template
 * would speak first, on a lock screen.
 */
export type Outgoing =
  | { kind: 'text'; text: string }
  | { kind: 'buttons'; text: string; buttons: Row[] }
  | { kind: 'list'; text: string; opener: string; rows: Row[] }
  | { kind: 'askPlace'; text: string }
  /** The id that Meta gave for the recording. */
  | { kind: 'voice'; media: string }

export interface Row {
  id: string
  title: string
}

const { whatsapp } = LIMITS
/** A text without buttons may be longer than what stands above some. */
const LONGEST_PLAIN = 4096

export function outgoingOf({ text, choices, layout, listLabel, placeLabel }: Message): Outgoing | 'refused' {
  if (layout === 'none' || choices.length === 0) {
    const asks = placeLabel !== undefined && choices.length === 0
    if (!fits(text, asks ? whatsapp.text : LONGEST_PLAIN)) return 'refused'
    return { kind: asks ? 'askPlace' : 'text', text }
  }
  const rows = choices.map(({ id, label }) => ({ id, title: label }))
  const most = layout === 'buttons' ? whatsapp.buttons : whatsapp.rows
  const longest = layout === 'buttons' ? whatsapp.buttonLabel : whatsapp.rowLabel
  const fine =
    fits(text, whatsapp.text) &&
    rows.length <= most &&
    rows.every(({ id, title }) => fits(title, longest) && id !== '' && bytes(id) <= whatsapp.choiceBytes) &&
    different(rows.map(({ id }) => id))
  if (!fine) return 'refused'
  // Two buttons of one name are refused; two rows are not, and two services may well be called alike.
  if (layout === 'buttons') {
    return different(rows.map(({ title }) => title)) ? { kind: 'buttons', text, buttons: rows } : 'refused'
  }
  if (listLabel === undefined || !fits(listLabel, whatsapp.listLabel)) return 'refused'
  return { kind: 'list', text, opener: listLabel, rows }
}

/** Meta counts characters; UTF-16 units are never fewer, so this is on the safe side. */
function fits(text: string, most: number): boolean {
  return text.trim() !== '' && text.length <= most
}

function bytes(id: string): number {
  return Buffer.byteLength(id)
}

function different(words: readonly string[]): boolean {
  return new Set(words).size === words.length
}
