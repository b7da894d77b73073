import type { Clock } from '../../../src/operations/environment.ts'
import type { Button } from './limits.ts'
import { accept, type ApiResult, type Payload, refuse } from './api-result.ts'

/** Who talks with the bot, what stands in each chat now, and what Telegram lets the bot do there. */

export interface Posted {
  id: number
  from: 'person' | 'bot'
  /** Undefined where the person sent something that is no text. */
  text: string | undefined
  /** A voice message of the bot's: the id of its recording. */
  voice?: string
  buttons: Button[][]
  /** Milliseconds since 1970. */
  at: number
}

export interface Chat {
  id: number
  type: 'private' | 'group' | 'supergroup' | 'channel'
  /** A bot may write in a private chat only after the person did. */
  open: boolean
  blocked: boolean
  deactivated: boolean
  posted: Map<number, Posted>
}

export interface Chats {
  person(id: number): Chat
  group(id: number, type: Exclude<Chat['type'], 'private'>): Chat
  find(id: unknown): Chat | undefined
  post(chat: Chat, message: Omit<Posted, 'id' | 'at'>): Posted
  /** The chat as Telegram would accept a message for it, or its refusal. */
  writable(id: unknown): Chat | ApiResult
  deleteOne(id: unknown, messageId: number): ApiResult
  deleteMany(id: unknown, messageIds: unknown): ApiResult
  leave(id: unknown): ApiResult
}

export const DELETABLE_MS = 48 * 3_600_000

/** `lastMessage`: the id that was given last before this fake began. */
export function createChats(clock: Clock, lastMessage = 4_100): Chats {
  const chats = new Map<number, Chat>()
  // One bot has one sequence of message ids over all of its private chats.
  let last = lastMessage

  const find = (id: unknown) => chats.get(Number(id))
  const tooOld = (message: Posted) => clock.now() - message.at >= DELETABLE_MS

  function make(id: number, type: Chat['type']): Chat {
    const chat: Chat = { id, type, open: false, blocked: false, deactivated: false, posted: new Map() }
    chats.set(id, chat)
    return chat
  }

  return {
    find,
    person: (id) => find(id) ?? make(id, 'private'),
    group: (id, type) => find(id) ?? make(id, type),
    post(chat, message) {
      last += 1
      const posted = { id: last, at: clock.now(), ...message }
      chat.posted.set(posted.id, posted)
      return posted
    },
    writable(id) {
      const chat = find(id)
      if (chat === undefined) return refuse(400, 'Bad Request: chat not found')
      if (chat.deactivated) return refuse(403, 'Forbidden: user is deactivated')
      if (chat.blocked) return refuse(403, 'Forbidden: bot was blocked by the user')
      if (chat.type === 'private' && !chat.open) {
        return refuse(403, "Forbidden: bot can't initiate conversation with a user")
      }
      return chat
    },
    deleteOne(id, messageId) {
      const chat = find(id)
      if (chat === undefined) return refuse(400, 'Bad Request: chat not found')
      const message = chat.posted.get(messageId)
      if (message === undefined) return refuse(400, 'Bad Request: message to delete not found')
      if (tooOld(message)) return refuse(400, "Bad Request: message can't be deleted for everyone")
      chat.posted.delete(messageId)
      return accept(true)
    },
    deleteMany(id, messageIds) {
      const chat = find(id)
      const ids = Array.isArray(messageIds) ? (messageIds as unknown[]) : []
      if (ids.length === 0) return refuse(400, 'Bad Request: message identifiers are not specified')
      if (ids.length > 100) return refuse(400, 'Bad Request: too many message identifiers specified')
      if (!ids.every((one) => Number.isSafeInteger(one) && Number(one) > 0)) {
        return refuse(400, 'Bad Request: invalid message identifier specified')
      }
      if (chat === undefined) return refuse(400, 'Bad Request: chat not found')
      const known = ids.map((one) => chat.posted.get(Number(one))).filter((one) => one !== undefined)
      if (known.some(tooOld)) return refuse(400, "Bad Request: message can't be deleted for everyone")
      for (const message of known) chat.posted.delete(message.id)
      return accept(true)
    },
    leave(id) {
      const chat = find(id)
      if (chat === undefined) return refuse(400, 'Bad Request: chat not found')
      if (chat.type === 'private') {
        return refuse(400, "Bad Request: chat member status can't be changed in private chats")
      }
      if (!chat.open) return refuse(403, 'Forbidden: bot is not a member of the chat')
      chat.open = false
      return accept(true)
    },
  }
}

/** Names that Telegram sends along and nobody of ours may keep. */
export const FIRST_NAME = 'Firstname-that-nobody-keeps'

export function userOf(id: number): Payload {
  return {
    id,
    is_bot: false,
    first_name: FIRST_NAME,
    username: 'username_that_nobody_keeps',
    language_code: 'en',
  }
}

export function chatOf({ id, type }: Chat): Payload {
  return type === 'private' ? { id, type, first_name: FIRST_NAME } : { id, type, title: 'A group' }
}

export const BOT: Payload = {
  id: 900_001,
  is_bot: true,
  first_name: 'Word of the day',
  username: 'word_of_the_day_bot',
}

export function messageOf(chat: Chat, message: Posted): Payload {
  return {
    message_id: message.id,
    from: message.from === 'bot' ? BOT : userOf(chat.id),
    chat: chatOf(chat),
    date: Math.floor(message.at / 1000),
    ...(message.text === undefined ? {} : { text: message.text }),
    ...(message.buttons.length === 0 ? {} : { reply_markup: { inline_keyboard: message.buttons } }),
  }
}
