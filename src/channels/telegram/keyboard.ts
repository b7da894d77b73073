import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types'
import { LIMITS, type Message } from '../../conversation/message.ts'

/**
 * Turns the choices of a message into Telegram's inline keyboard, which stands under its message and is deleted with
 * it. `placeLabel` gets no button: Telegram can ask for a place by a reply keyboard only, and that one stays on the
 * screen after its message is deleted, can be called up again after an exit, and tells an onlooker what was asked. She
 * shares a place through the paperclip instead, or types its name; the page's own text says so.
 */

/** Two neighbours share a row when both are this short, so that "Yes" and "No" stand side by side. */
const SHORT = 12

/** undefined: no keyboard. 'refused': Telegram would not take it. */
export function keyboardOf(message: Message): InlineKeyboardMarkup | undefined | 'refused' {
  const { choices, layout } = message
  if (layout === 'none' || choices.length === 0) return undefined
  if (choices.length > LIMITS.telegram.rows) return 'refused'
  const rows: InlineKeyboardButton[][] = []
  let open: InlineKeyboardButton[] | undefined
  for (const { id, label } of choices) {
    const bytes = Buffer.byteLength(id)
    if (bytes < 1 || bytes > LIMITS.telegram.choiceBytes || label.trim() === '') return 'refused'
    const button = { text: label, callback_data: id }
    const short = label.length <= SHORT
    if (short && open !== undefined) {
      open.push(button)
      open = undefined
    } else {
      const row = [button]
      rows.push(row)
      open = short ? row : undefined
    }
  }
  return { inline_keyboard: rows }
}
