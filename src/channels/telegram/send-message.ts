import { LIMITS, type Message } from '../../conversation/message.ts'
import { type Sensitive, sensitive } from '../../privacy/sensitive.ts'
import type { SendOutcome } from '../channel.ts'
import type { BotApi } from './bot-api.ts'
import { keyboardOf } from './keyboard.ts'
import type { Refusal } from './refusal.ts'

/**
 * Sends one message as plain text: no parse mode, so nothing in a text can be read as markup, and no link preview, so
 * no site is fetched and shown. What Telegram would refuse is refused here first. A line that is cut after Telegram
 * took the message gives `later`, so a message can arrive twice, never not at all.
 */
export async function sendMessage(
  api: BotApi,
  to: Sensitive<string>,
  message: Message,
): Promise<SendOutcome> {
  const chat = chatId(to)
  const keyboard = keyboardOf(message)
  if (chat === undefined || keyboard === 'refused' || !isText(message.text)) return { kind: 'refused' }
  const answer = await api.sendMessage(chat, message.text, keyboard)
  if (!answer.ok) return outcomeOf(answer.refusal)
  return answer.result === undefined
    ? { kind: 'sent' }
    : { kind: 'sent', messageId: sensitive(String(answer.result)) }
}

/** A private chat's id is a whole positive number; anything else was never one of our addresses. */
export function chatId(address: Sensitive<string>): number | undefined {
  const text = address.reveal()
  return /^[1-9]\d{0,15}$/.test(text) ? Number(text) : undefined
}

/** Telegram counts characters; UTF-16 units are never fewer, so this is on the safe side. */
function isText(text: string): boolean {
  return text.trim() !== '' && text.length <= LIMITS.telegram.text
}

/** While the token is refused or someone else polls, messages wait: the operator must act first. */
const OPERATOR_MS = 60_000

export function outcomeOf(refusal: Refusal): SendOutcome {
  switch (refusal.kind) {
    case 'gone':
      return { kind: 'gone' }
    case 'never':
      return { kind: 'refused' }
    case 'flood':
      return { kind: 'later', ...(refusal.afterMs === undefined ? {} : { afterMs: refusal.afterMs }) }
    case 'token':
    case 'conflict':
      return { kind: 'later', afterMs: OPERATOR_MS }
    default:
      return { kind: 'later' }
  }
}
