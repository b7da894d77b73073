import type { Look } from '../../../flows/context.ts'
import { LIMITS, type Message } from '../../conversation/message.ts'

/**
 * Refuses what the platform would refuse, so that a page that is too long fails here and not on a survivor's phone.
 * Lengths are UTF-16 units: never shorter than what a platform counts.
 */

export type Fault =
  | 'text.empty'
  | 'text.long'
  | 'buttons.many'
  | 'rows.many'
  | 'label.empty'
  | 'label.long'
  | 'listLabel.empty'
  | 'listLabel.long'
  | 'placeLabel.long'
  | 'id.empty'
  | 'id.long'
  | 'id.twice'

export function faults(message: Message, look: Look): Fault[] {
  const limits = LIMITS[look]
  const found: Fault[] = []
  if (message.text.trim() === '') found.push('text.empty')
  if (message.text.length > limits.text) found.push('text.long')
  if ((message.placeLabel ?? '').length > limits.buttonLabel) found.push('placeLabel.long')
  if (message.layout === 'none') return found

  const list = message.layout === 'list'
  if (message.choices.length > (list ? limits.rows : limits.buttons))
    found.push(list ? 'rows.many' : 'buttons.many')
  for (const { id, label } of message.choices) {
    if (label.trim() === '') found.push('label.empty')
    if (label.length > (list ? limits.rowLabel : limits.buttonLabel)) found.push('label.long')
    if (id === '') found.push('id.empty')
    if (Buffer.byteLength(id) > limits.choiceBytes) found.push('id.long')
  }
  if (new Set(message.choices.map(({ id }) => id)).size < message.choices.length) found.push('id.twice')
  // Telegram has no list: its rows stand in the keyboard, and the name of the list is never shown.
  if (list && look === 'whatsapp') {
    if ((message.listLabel ?? '').trim() === '') found.push('listLabel.empty')
    if ((message.listLabel ?? '').length > limits.listLabel) found.push('listLabel.long')
  }
  return found
}
