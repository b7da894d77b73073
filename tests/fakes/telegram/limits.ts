import { type ApiResult, isObject, type Payload, refuse } from './api-result.ts'

/** Telegram's published limits on what a message, a keyboard and a command may be; undefined where they are kept. */

export interface Button {
  text: string
  callback_data: string
}

export function checkText(text: string): ApiResult | undefined {
  if (text.trim() === '') return refuse(400, 'Bad Request: message text is empty')
  if (text.length > 4096) return refuse(400, 'Bad Request: message is too long')
  return undefined
}

export const PREVIEW_FIELDS = [
  'is_disabled',
  'url',
  'prefer_small_media',
  'prefer_large_media',
  'show_above_text',
]

export function checkPreview(options: unknown): ApiResult | undefined {
  if (options === undefined) return undefined
  const strange = Object.keys(isObject(options) ? options : {}).find((name) => !PREVIEW_FIELDS.includes(name))
  return strange === undefined
    ? undefined
    : refuse(400, `Bad Request: link_preview_options has no field ${strange}`)
}

/** The keyboard's rows, or why Telegram would not take it. Only inline keyboards of callback buttons are played. */
export function readKeyboard(markup: unknown): Button[][] | ApiResult {
  if (markup === undefined) return []
  if (!isObject(markup) || Object.keys(markup).join() !== 'inline_keyboard') {
    return refuse(400, 'Bad Request: the fake plays no reply_markup but inline_keyboard')
  }
  const rows = markup['inline_keyboard']
  if (!Array.isArray(rows)) return refuse(400, 'Bad Request: field "inline_keyboard" must be of type Array')
  const keyboard: Button[][] = []
  for (const row of rows as unknown[]) {
    if (!Array.isArray(row) || row.length === 0)
      return refuse(400, 'Bad Request: a keyboard row must be a filled Array')
    if (row.length > 8) return refuse(400, 'Bad Request: too many buttons in a row')
    const buttons: Button[] = []
    for (const button of row as unknown[]) {
      const read = readButton(button)
      if ('ok' in read) return read
      buttons.push(read)
    }
    keyboard.push(buttons)
  }
  if (keyboard.flat().length > 100) return refuse(400, 'Bad Request: reply markup is too long')
  if (Buffer.byteLength(JSON.stringify(markup)) > 10_240)
    return refuse(400, 'Bad Request: reply markup is too long')
  return keyboard
}

function readButton(button: unknown): Button | ApiResult {
  if (!isObject(button)) return refuse(400, 'Bad Request: InlineKeyboardButton must be an Object')
  const strange = Object.keys(button).find((name) => name !== 'text' && name !== 'callback_data')
  if (strange !== undefined) return refuse(400, `Bad Request: the fake does not play a button's ${strange}`)
  const { text, callback_data: data } = button
  if (typeof text !== 'string' || text.trim() === '') {
    return refuse(400, 'Bad Request: text of a button must be non-empty')
  }
  if (typeof data !== 'string')
    return refuse(400, 'Bad Request: text buttons are unallowed in the inline keyboard')
  const bytes = Buffer.byteLength(data)
  return bytes < 1 || bytes > 64
    ? refuse(400, 'Bad Request: BUTTON_DATA_INVALID')
    : { text, callback_data: data }
}

export const SCOPES: Readonly<Record<string, readonly string[]>> = {
  default: [],
  all_private_chats: [],
  all_group_chats: [],
  all_chat_administrators: [],
  chat: ['chat_id'],
  chat_administrators: ['chat_id'],
  chat_member: ['chat_id', 'user_id'],
}

export const COMMAND_FIELDS = ['command', 'description', 'is_ephemeral']

/** Two letters of ISO 639-1, or nothing. */
export function checkLanguage({ language_code: language = '' }: Payload): ApiResult | undefined {
  return typeof language === 'string' && /^([a-z]{2})?$/.test(language)
    ? undefined
    : refuse(400, 'Bad Request: invalid language code specified')
}

export function scopeKey({ scope }: Payload): string {
  return JSON.stringify(
    isObject(scope)
      ? Object.entries(scope).toSorted(([a], [b]) => a.localeCompare(b))
      : [['type', 'default']],
  )
}

export function checkCommands(payload: Payload): ApiResult | undefined {
  const commands = payload['commands']
  if (!Array.isArray(commands) || commands.length > 100)
    return refuse(400, 'Bad Request: BOT_COMMANDS_TOO_MUCH')
  for (const entry of commands as unknown[]) {
    if (!isObject(entry)) return refuse(400, 'Bad Request: expected an Object as command')
    const { command, description, ...rest } = entry
    if (typeof command !== 'string' || !/^[a-z0-9_]{1,32}$/.test(command)) {
      return refuse(400, 'Bad Request: BOT_COMMAND_INVALID')
    }
    if (typeof description !== 'string' || description.length < 1 || description.length > 256) {
      return refuse(400, 'Bad Request: BOT_COMMAND_DESCRIPTION_INVALID')
    }
    if (Object.keys(rest).some((name) => !COMMAND_FIELDS.includes(name))) {
      return refuse(400, 'Bad Request: BotCommand has no such field')
    }
  }
  const wrong = checkLanguage(payload)
  if (wrong !== undefined) return wrong
  const { type = 'default', ...place } = isObject(payload['scope']) ? payload['scope'] : {}
  const expected = typeof type === 'string' ? SCOPES[type] : undefined
  return expected === undefined || Object.keys(place).toSorted().join() !== expected.join()
    ? refuse(400, "Bad Request: can't parse BotCommandScope")
    : undefined
}
